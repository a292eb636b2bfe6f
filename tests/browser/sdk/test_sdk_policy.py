"""quality.md E2: every layout works, and looks the same, under every policy a page may have; nothing is reported."""

import pytest
from playwright.sync_api import expect
from sdk_shop import Shop

POLICIES = {
    "none": "",
    "nonce": "default-src 'none'; script-src 'nonce-n'; style-src 'self'; img-src 'self'",
    "strict-dynamic": "default-src 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'self'; img-src 'self'",
    "trusted types": "script-src 'nonce-n'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
}
NO_STYLES = (
    "default-src 'none'; script-src 'nonce-n'; style-src 'none'; connect-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)

# The page itself does everything, since a page under a policy cannot be driven from outside without bending it.
ALL = """<script nonce="n">
  const text = '<b style="color: rgb(1, 2, 3)">Hello</b> <a href="/x">there</a>';
  pathfora.initializeWidgets(['modal', 'slideout', 'bar', 'button', 'inline'].map((layout) => pathfora.Message({
    id: layout, layout, headline: text, msg: text, footerText: text, theme: 'dark', okMessage: text,
    image: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', variant: 2,
    displayConditions: {showDelay: 0}, confirmAction: {callback() { window.pressed = true; }},
  })));
</script>"""


def check(shop: Shop) -> None:
    shop.tick(50)
    for layout in ("modal", "slideout", "bar", "button", "inline"):
        widget = shop.page.locator(f"#{layout}")
        expect(widget).to_have_css("visibility", "visible")
        expect(widget).to_have_css("z-index", "9999")
        expect(widget.locator(".pf-widget-message b")).to_have_css("color", "rgb(1, 2, 3)")
    expect(shop.page.locator("#slideout")).to_have_css("background-color", "rgb(51, 51, 51)")
    expect(shop.page.locator("#slideout")).to_have_css("width", "350px")


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_is_reported(shop: Shop, policy: str) -> None:
    body = '<div id="host"></div>' + ALL
    shop.open(body=body, policy=POLICIES[policy].replace("img-src 'self'", "img-src 'self' data:"))
    check(shop)
    assert shop.run("violations") == []


def test_without_any_style_source_the_sheet_is_adopted(shop: Shop) -> None:
    shop.open(body='<div id="host"></div>' + ALL, policy=NO_STYLES.replace("connect-src", "img-src data:; connect-src"))
    check(shop)
    # The browser tells of the link that it blocked, and of nothing else.
    assert shop.run("violations") == ["style-src-elem http://127.0.0.1:8999/static/pathfora.min.css"]
    rules = shop.run("document.adoptedStyleSheets.map((sheet) => sheet.cssRules.length)")
    assert max(rules) > 50


def test_a_stylesheet_that_nobody_has_is_said(shop: Shop) -> None:
    shop.open(before="window.PathforaCSS = '/none.txt'")
    shop.page.wait_for_function("logged.length > 0")
    assert "no styles from /none.txt (Error: status 404)" in shop.run("logged")[0]


STRICT = (
    "default-src 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'none'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# Every type in every layout that it comes in, with all that a template can hold, then a press on everything.
TEMPLATES = """<script nonce="n">
  const text = '<b>Hello</b> <i style="color: red">there</i>';
  const pairs = { Message: ['modal', 'slideout', 'bar', 'button', 'inline'], Form: ['modal', 'slideout', 'inline'],
    Subscription: ['modal', 'slideout', 'bar', 'inline'], SiteGate: ['modal'] };
  window.made = [];
  pathfora.initializeWidgets(Object.entries(pairs).flatMap(([type, layouts]) => layouts.map((layout) => {
    const id = type + '-' + layout;
    made.push(id);
    return pathfora[type]({ id, layout, position: layout === 'inline' ? '#host' : '', headline: text, msg: text,
      theme: 'custom', colors: { background: '#123456', text: '#fedcba', required: '#ff0000' }, branding: true,
      image: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', variant: 2, okMessage: text, cancelMessage: text,
      formStates: { success: { headline: text, msg: text, okShow: true }, error: { headline: text } },
      ...(type === 'Form' && { formElements: [
        { type: 'text', name: 'a' + id, label: text, required: true, pattern: '^x$' },
        { type: 'date', name: 'd' + id, maxDate: 'today' },
        { type: 'select', name: 's' + id, values: [{ label: text, value: '1' }] },
        { type: 'radio-group', name: 'r' + id, label: 'r', values: [{ label: 'x', value: '1' }] }] }) });
  })));
  window.pressAll = () => {
    document.querySelector('#Message-slideout .pf-widget-cancel').click();
    for (const control of document.querySelectorAll('.pf-message .pf-widget-ok')) control.click();
    for (const control of document.querySelectorAll('.pf-widget form .pf-widget-ok')) control.click();
    for (const field of document.querySelectorAll('.pf-widget input:not([type=radio], [type=date])')) {
      field.value = field.type === 'email' ? 'a@b.example' : 'x';
      field.onchange?.(new Event('change'));
    }
    for (const control of document.querySelectorAll('.pf-widget form .pf-widget-ok')) control.click();
  };
</script>"""


@pytest.mark.parametrize("policy", [*POLICIES, "strict"])
def test_every_template_works_under(shop: Shop, policy: str) -> None:
    value = {**POLICIES, "strict": STRICT}[policy].replace("img-src 'self'", "img-src 'self' data:")
    shop.open(body='<div id="host"></div>' + TEMPLATES, policy=value)
    shop.tick(50)
    made = shop.run("made")
    assert len(made) == 13
    for widget in made:
        assert shop.explain(widget)["verdict"] == "shown", widget
        expect(shop.page.locator(f"#{widget}")).to_have_css("opacity", "1")
    for node in shop.page.locator(".pf-widget-slideout, .pf-widget-inline").all():
        expect(node).to_have_css("background-color", "rgb(18, 52, 86)")
    shop.run("pressAll()")
    events = set(shop.events())
    assert {"submit", "subscribe", "unlock", "confirm:default confirm", "cancel:default cancel"} <= events
    shop.tick(4000)
    blocked = ["style-src-elem http://127.0.0.1:8999/static/pathfora.min.css"] if policy == "strict" else []
    assert shop.run("violations") == blocked


def test_a_frame_without_an_origin(shop: Shop) -> None:
    inner = '<script src="/static/pathfora.js"></script>' + ALL.replace(' nonce="n"', "")
    source = inner.replace('"', "&quot;")
    shop.open(body=f'<iframe sandbox="allow-scripts" srcdoc="{source}"></iframe>')
    shop.tick(50)
    frame = shop.page.frame_locator("iframe")
    expect(frame.locator("#slideout")).to_have_count(1)
    expect(frame.locator("#bar.opened")).to_have_count(1)
    expect(frame.locator("#slideout")).to_have_css("background-color", "rgb(51, 51, 51)")
    expect(frame.locator("#slideout")).to_have_css("position", "fixed")
    inside = next(one for one in shop.page.frames if one != shop.page.main_frame)
    inside.evaluate("document.querySelector('#slideout .pf-widget-ok').click()")
    assert inside.evaluate("pressed") is True
    assert inside.evaluate("pathfora.explain('slideout').verdict") == "closed"
