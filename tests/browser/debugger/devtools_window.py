"""The browser's own developer tools, which open in headless Chromium too but which Playwright does not drive."""

import json
from collections.abc import Callable
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext

SECONDS = 30  # as long as a machine under load may take to open a window
VIEWS = """import('./ui/legacy/legacy.js').then(
  ({ ViewManager }) => [...ViewManager.ViewManager.instance().views.keys()], () => [])"""
SHOW = "import('./ui/legacy/legacy.js').then(({{ ViewManager }}) => ViewManager.ViewManager.instance().showView({}))"


class DevTools:
    """Sends expressions to windows of the developer tools, and to what extensions show in them."""

    def __init__(self, context: BrowserContext) -> None:
        assert context.browser is not None
        self.session = context.browser.new_browser_cdp_session()
        self.answers: dict[int, Any] = {}
        self.asked = 0
        self.session.on("Target.receivedMessageFromTarget", self._heard)

    def _heard(self, event: dict[str, str]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self.answers[message["id"]] = message.get("result", {}).get("result", {}).get("value")

    def attach(self, part: str) -> str:
        """The session of the first target whose address has `part`, once there is one."""
        found = self._until(lambda: [one for one in self._targets() if part in one["url"]])
        sent = {"targetId": found[0]["targetId"], "flatten": False}
        return str(self.session.send("Target.attachToTarget", sent)["sessionId"])

    def evaluate(self, session: str, expression: str) -> Any:
        """What an expression gives there."""
        self.asked += 1
        asked = self.asked
        params = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        message = json.dumps({"id": asked, "method": "Runtime.evaluate", "params": params})
        self.session.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})
        self._until(lambda: asked in self.answers)
        return self.answers.pop(asked)

    def until(self, session: str, expression: str, fits: Callable[[Any], Any]) -> Any:
        """What `fits` makes of an expression's value, once that is something."""
        return self._until(lambda: fits(self.evaluate(session, expression)))

    def _targets(self) -> list[dict[str, str]]:
        return list(self.session.send("Target.getTargets")["targetInfos"])

    def _until(self, look: Callable[[], Any]) -> Any:
        end = monotonic() + SECONDS
        while monotonic() < end:
            if found := look():
                return found
            self._targets()  # lets the browser's messages in
        raise AssertionError(f"not found among {[one['url'] for one in self._targets()]}")
