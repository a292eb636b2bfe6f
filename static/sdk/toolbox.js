/** @import { Feature } from "./types" */
import { clearAll } from "./clear.js";
import { dismiss } from "./live.js";
import { warn } from "./log.js";
import { rules } from "./rules.js";
import { show } from "./showing.js";
import { dependencies, liveWidgets, parts } from "./state.js";
import { traceEntries } from "./trace.js";
import { track } from "./tracking.js";
import { utils } from "./utils.js";

/**
 * Run a function when the document is parsed, at once if it is.
 * @this {any}
 * @param {() => void} action
 */
function onDOMready(action) {
  const run = () => {
    this.DOMLoaded = true;
    action();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run, { once: true });
  else run();
}

/**
 * @param {string} id
 * @param {boolean} [silent]
 */
function closeWidget(id, silent) {
  const live = liveWidgets.get(id);
  if (!live?.node || live.closing) return warn(`closeWidget: no widget ${id} is open`);
  if (!silent) track(live.widget, "close", live.widget.closeAction?.name || "close");
  dismiss(live, "by closeWidget");
}

/** What pages call by themselves (widgets.md 1.2-1.4, 1.6, 4.3), and the defaults that they may look at. @type {Feature} */
export const toolbox = {
  api: () => ({
    dateOptions: {},
    DOMLoaded: false,
    customData: {},
    onDOMready,
    showWidget: show,
    closeWidget,
    clearAll,
    getWidgetDependencies: () => dependencies,
    utils,
    rules,
  }),
  // An app that runs for days may never use an id twice.
  begin: () => {
    for (const id of [...traceEntries.keys()].slice(0, -999)) traceEntries.delete(id);
  },
  dress: (_node, { position, layout }) => {
    if (position && parts.layouts.get(layout)?.positions?.test(position) === false) warn(`${position} is not a valid position for ${layout}`);
  },
  defaults: () => ({
    displayConditions: {
      showOnInit: true,
      showOnExitIntent: false,
      showDelay: 0,
      hideAfter: 0,
      displayWhenElementVisible: "",
      scrollPercentageToDisplay: 0,
    },
  }),
};
