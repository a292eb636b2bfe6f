/** @import { InsideMaker, Room } from "./types" */
import { answersOf } from "./page/answers.js";
import { createBridge } from "./page/bridge.js";
import { launchWidget } from "./page/launch_widget.js";
import { liveUpdates } from "./page/live_updates.js";
import { createOutlines } from "./page/outlines.js";
import { createVisitor } from "./page/visitor.js";
import { createSource } from "./source.js";
import { createTestApi } from "./testing/test_api.js";

/**
 * All that a page does only when somebody asks for it: a test, the panel, a dashboard, or a file that has changed.
 * @type {InsideMaker}
 */
export function createInside(page, { id, server, layer, refusal, connection }) {
  const { signal, launch } = page;
  const outlines = createOutlines();
  layer.append(outlines.node);
  const answers = answersOf({ ...page, outlines, visitor: createVisitor(server, signal, page.tab), visit: (id) => testApi.setPersona(id).then(() => undefined) });
  /** @type {Room} */
  const room = { signal, server, source: createSource(answers, signal), connection };
  const testApi = createTestApi(room, page.log, refusal);
  const { answer, follow } = createBridge(id, room, testApi);
  launchWidget(launch, signal, answers.force);
  return { answers, testApi, live: { ...liveUpdates, ask: answer, follow } };
}
