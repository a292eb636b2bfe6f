"""A section runs wherever a source can be made: in the page, and at a channel's other end (debugger.md 7.2, 23)."""

from playwright.sync_api import Page

from understudy.server.bundling.bundle import bundle

ENTRY = """
import { createSource, remoteSource, answerSource } from "./source.js";
import { createSignal } from "./signal.js";
import { plainCopy } from "./plain.js";
window.lib = { createSource, remoteSource, answerSource, createSignal, plainCopy };
"""
CHANNEL = """async () => {
  const pair = () => {
    const ends = [new Set(), new Set()];
    const end = (own, other) => ({
      post: (message) => queueMicrotask(() => ends[other].forEach((hear) => hear(JSON.parse(JSON.stringify(message))))),
      hear: (listener) => { ends[own].add(listener); return () => ends[own].delete(listener); },
    });
    return [end(0, 1), end(1, 0)];
  };
  const [near, far] = pair();
  const [here, there] = [lib.createSignal(), lib.createSignal()];
  const answers = { page: () => ({ title: "Shop" }), force: (id) => { throw new Error(`no ${id}`); }, clearLog() {} };
  const source = lib.createSource(answers, here);
  const stop = lib.answerSource(source, near, ["log", "entity"]);
  const remote = lib.remoteSource(far, there);
  const heard = [];
  remote.listen(["log"], () => heard.push("log"));
  const said = [];
  said.push((await remote.ask("page")).title);
  said.push(await remote.ask("force", "x").catch((error) => error.message));
  said.push(await remote.ask("nothing").catch((error) => error.message));
  said.push(await remote.ask("clearLog"));
  said.push(await source.ask("nothing").catch((error) => error.message));
  here.fire("log");
  here.fire("tag");
  await new Promise((done) => setTimeout(done));
  stop();
  here.fire("log");
  await new Promise((done) => setTimeout(done));
  return { said, heard, shells: [source.shell, remote.shell] };
}"""
PLAIN = """() => {
  const cycle = { a: 1 };
  cycle.self = cycle;
  const throwing = Object.defineProperty({}, "bad", { enumerable: true, get() { throw new Error("no"); } });
  return lib.plainCopy({ cycle, throwing, when: new Date(0), call: function hello() {}, node: document.body,
    win: window, big: 10n, none: undefined, nan: NaN, list: [1, [2]], sign: Symbol("s") });
}"""


def test_7_2_23_a_remote_source_asks_answers_and_hears_as_the_page_s_own(page: Page) -> None:
    page.goto("about:blank")
    page.evaluate(bundle(ENTRY, "debugger"))
    assert page.evaluate(CHANNEL) == {
        "said": [
            "Shop",
            "no x",
            'This page cannot be asked "nothing".',
            None,
            'This page cannot be asked "nothing".',
        ],
        "heard": ["log"],
        "shells": ["page", "remote"],
    }


def test_2_4_whatever_a_page_holds_becomes_plain_data(page: Page) -> None:
    page.goto("about:blank")
    page.evaluate(bundle(ENTRY, "debugger"))
    found = page.evaluate(PLAIN)
    found.pop("none", None)
    assert found == {
        "cycle": {"a": 1, "self": "(contains itself)"},
        "throwing": {"bad": "(Error: no)"},
        "when": "1970-01-01T00:00:00.000Z",
        "call": "ƒ hello",
        "node": "<body>",
        "win": "window",
        "big": "10",
        "nan": "NaN",
        "list": [1, [2]],
        "sign": "Symbol(s)",
    }
