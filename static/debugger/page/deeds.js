/** @import { Answers } from "../types" */
import { currentSdk, currentTag } from "./page_globals.js";

/** What a visitor or the page could do, done for them. @type {Pick<Answers, "trigger" | "exitIntent" | "scrollTo" | "go" | "send">} */
export const deeds = {
  trigger(ids) {
    const sdk = /** @type {any} */ (currentSdk());
    if (!sdk?.triggerWidgets) throw new Error("The widget SDK on this page has no triggerWidgets(): it was built without the conditions that wait.");
    sdk.triggerWidgets(ids);
  },
  exitIntent: () => leavePage(),
  scrollTo: (percent) => window.scrollTo({ top: ((document.documentElement.scrollHeight - innerHeight) * percent) / 100 }),
  go: (address) => location.assign(address),
  send(stream, data) {
    const tag = /** @type {any} */ (currentTag());
    if (!tag?.send) throw new Error("There is no tag on this page that could send it.");
    tag.send(...(stream && stream !== "default" ? [stream] : []), data);
  },
};

/** What a pointer does that leaves the page at its top, as the browser tells of it. */
function leavePage() {
  const tell = (/** @type {string} */ type, /** @type {number} */ clientY) =>
    document.documentElement.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: innerWidth / 2, clientY, relatedTarget: null }));
  tell("mousemove", 60);
  tell("mousemove", 4);
  tell("mouseout", -1);
}
