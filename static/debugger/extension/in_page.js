/** @import { Answers, Channel, Launch, Topic } from "../types" */
import { jsonText } from "../json.js";
import { answersOf } from "../page/answers.js";
import { createHost } from "../page/host.js";
import { createOutlines } from "../page/outlines.js";
import { createPageParts } from "../page/page_parts.js";
import { createTabVisitor } from "../page/tab_visitor.js";
import { createVisitor } from "../page/visitor.js";
import { createSignal } from "../signal.js";
import { answerSource, createSource } from "../source.js";
import { createNoServer } from "./no_server.js";
import { offerPort } from "./port_handover.js";

const TAKEN = Symbol.for("understudy.extension");
/** @type {Topic[]} */
const TOLD = ["tag", "log", "entity", "decision", "persona", "moved", "override", "storage"];
/** @type {Launch} */
const NO_LAUNCH = { open: "", filter: "", find: "", pretend: "", late: null, persona: "", show: "", layout: "", theme: "" };

/** In the page's own world, before its first script: see everything, and answer who asks through the extension. */
export function startInPage() {
  if (window.top !== window || Reflect.has(window, TAKEN)) return;
  Object.defineProperty(window, TAKEN, { value: true });
  const signal = createSignal();
  const parts = createPageParts(signal, "", "");
  const visitor = createVisitor(createNoServer(), signal, createTabVisitor());
  const outlines = createOutlines();
  const source = createSource(withHost(answersOf({ ...parts, outlines, launch: NO_LAUNCH, visitor }), outlines.node), signal);
  offerPort((port) => answerSource(source, channelOf(port), TOLD));
}

/**
 * Nothing of ours is in the page's document before outlines are asked for.
 * @param {Answers} answers
 * @param {Node} outlines
 * @returns {Answers}
 */
function withHost(answers, outlines) {
  /** @type {ReturnType<typeof createHost> | null} */
  let place = null;
  return {
    ...answers,
    outline(on) {
      if (!place) {
        place = createHost();
        place.root.append(outlines);
      }
      answers.outline(on);
    },
  };
}

/** @param {MessagePort} port @returns {Channel} */
function channelOf(port) {
  return {
    post: (message) => port.postMessage(JSON.parse(jsonText(message))),
    hear(listener) {
      port.onmessage = ({ data }) => listener(data);
      return () => port.close();
    },
  };
}
