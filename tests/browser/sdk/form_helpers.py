"""What the tests of forms, subscriptions and gates share."""

from typing import Any

from sdk_shop import Shop

SHOW = """([factory, config]) => {
  window.calls = [];
  const log = (which) => (name, payload, ...rest) => {
    calls.push([which, name, Object.keys(payload), payload.data ?? null, rest.length]);
    window.answer = rest[0];
  };
  const told = {onSubmit: log('onSubmit'), onModalClose: log('onModalClose')};
  for (const action of ['confirmAction', 'cancelAction'])
    config[action] = {callback: log(action), ...config[action]};
  for (const state of Object.values(config.formStates ?? {}))
    for (const action of ['confirmAction', 'cancelAction'])
      state[action] = {callback: log('state ' + action), ...state[action]};
  window.w = pathfora[factory]({id: 'w', ...told, ...config});
  pathfora.initializeWidgets([w]);
}"""

LEGACY = {"username": "Ada", "email": "ada@example.com"}


def present(shop: Shop, factory: str, **config: Any) -> None:
    """Show a widget that writes its callbacks down in `calls`, and keeps the last answer function as `answer`."""
    shop.run(SHOW, [factory, config])
    shop.tick(50)


def fill(shop: Shop, **values: str) -> None:
    """Set values of named fields, without events."""
    shop.run(
        "(values) => { for (const [name, value] of Object.entries(values))"
        " document.querySelector(`#w [name=${name}]`).value = value; }",
        values,
    )


def press(shop: Shop, selector: str = "form .pf-widget-ok") -> None:
    """Click within the widget."""
    shop.run("(selector) => document.querySelector('#w ' + selector).click()", selector)


def send(shop: Shop, **values: str) -> None:
    """Fill and press ok."""
    fill(shop, **values)
    press(shop)


def called(shop: Shop) -> list[str]:
    """Which callbacks were called, in order."""
    return [call[0] for call in shop.run("calls")]


def has_class(shop: Shop, name: str) -> bool:
    """Whether the widget's root has a class."""
    return bool(shop.run("(name) => document.getElementById('w').classList.contains(name)", name))


def last(shop: Shop, event: str) -> dict[str, Any]:
    """The payload of the last tracked event of a kind."""
    return dict(shop.run("(event) => sent.filter((p) => p['pf-widget-event'] === event).pop()", event))
