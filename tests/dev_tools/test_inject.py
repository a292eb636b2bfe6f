"""Where the debugger's script goes in a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.dev_tools.inject import clock_face, inject, insertion_point, script_tag
from understudy.server.platform.clock import VirtualClock

TAG = "<script src=x></script>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html><html><head>", "<title>a</title></head><body></body></html>"),
        ("<!DOCTYPE HTML>\n<HTML LANG=en>\n<HEAD>", "</HEAD><BODY>"),
        ("<!doctype html><html data-x=\"a>b\"><head data-y='<head>' >", "<p>no end of body"),
        ("<!-- <head> --><!doctype html><!-- <html><head> --><html><!-- <head> --><head>", "</head>"),
        ("<!--><head>", "</head>"),
        ("<!-- a --!><head>", "</head>"),
        ("<head\n>", "<meta charset=utf-8>"),
        ("<head/>", "<body>"),
        ("<!doctype html>\n<html>", "\n<body><header><h1>Not a head</h1></header></body></html>"),
        ("<!doctype html>", "\n<header>Not a head</header>"),
        ("<html>", "<title>no head tag</title>"),
        ("<!doctype html>", "<!-- never closed <head>"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html xmlns="x"><head>', "</head>"),
        ("\ufeff<!doctype html><head>", "</head>"),
        ("\ufeff", "plain text"),
        ("", "Just words, then <head> in the middle"),
        ("", "<script>'<head>'</script>"),
        ("", "<header>first thing in the page</header>"),
        ("", "<heading><head>"),
        ("<html>", "<body><template><head></head></template>"),
        ("", ""),
        ("", "<!-- quirks --><p>words"),
        ("<html>", "<!-- after html --><p>words"),
        ("", "<head unclosed"),
        ("<!doctype html>", '<html lang="never closed'),
    ],
)
def test_the_tag_goes_to_the_start_of_the_head(before: str, after: str) -> None:
    expected = before + TAG + after
    assert inject(before + after, TAG) == expected
    assert inject((before + after).encode(), TAG) == expected.encode()
    assert insertion_point(before + after) == len(before)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_page_keeps_its_encoding_and_its_mark(encoding: str) -> None:
    page = "<!-- é --><!doctype html><html><head><title>Café</title>"
    injected = inject(page.encode(encoding), TAG)
    assert injected.decode(encoding) == page.replace("<head>", "<head>" + TAG)


def test_bytes_that_are_no_text_pass_through() -> None:
    assert inject(b"<head>\xff\xfe\x00</head>", TAG) == b"<head>" + TAG.encode() + b"\xff\xfe\x00</head>"


def test_the_default_tag_is_the_debugger() -> None:
    assert script_tag("run-7") == '<script src="/__understudy__/debugger.js" data-since="run-7"></script>'


PIECES = st.sampled_from(
    [
        "<!doctype html>",
        "<html>",
        "<HEAD>",
        "<head a='>'>",
        "<header>",
        "<!-- <head> -->",
        "<!--",
        "\n",
        "\ufeff",
        "é",
        "<p>",
        "<?x?>",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_twice_is_once_and_nothing_else_changes(page: str) -> None:
    once = inject(page, TAG)
    assert inject(once, TAG) == once
    at = insertion_point(page)
    assert once == page[:at] + TAG + page[at:]


@given(st.binary())
def test_any_bytes_keep_every_byte(page: bytes) -> None:
    once = inject(page, TAG)
    assert len(once) - len(page) in {len(TAG), 2 * len(TAG)}
    assert inject(once, TAG) == once


def test_a_page_is_told_the_clock_of_its_world() -> None:
    clock = VirtualClock()
    assert clock_face(clock) == ""
    clock.set(86_400_000.0)
    assert clock_face(clock).startswith("offset -")
    clock.freeze()
    number = clock_face(clock).removeprefix("frozen ")
    assert abs(int(number) - 86_400_000) < 60_000
    assert script_tag("run-7", "frozen 5").endswith(' data-since="run-7" data-clock="frozen 5"></script>')
