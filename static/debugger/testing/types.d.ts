/** What `window.__understudy__` takes and gives, and the same below `/__understudy__/api/pages/`: version 1. */
import type { Gate, ServerClock } from "../types";

export type WidgetState = "shown" | "waiting" | "hidden" | "failed" | "closed" | "not evaluated";

/** How a page stands, once everything has been decided for its visitor. */
export interface ReadyState {
  version: number;
  page: { address: string; title: string; load: string };
  tag: { state: string; version: string | null; account: string | null };
  sdk: string | null;
  visitor: { uid: string | null; persona: string | null; audiences: string[] };
  widgets: { id: string; state: WidgetState }[];
}

/** Why a widget is as it is. */
export interface Explanation {
  id: string;
  state: WidgetState;
  reason: string;
  type: string;
  layout: string;
  /** The first gate that stops it, or the one that it waits for. */
  stopped: Gate | null;
  /** In the order in which they were asked. */
  gates: Gate[];
  /** When it was decided, unix milliseconds by the page's clock; null when it was not. */
  time: number | null;
}

/** A line of the log: a request, a note of the tag, or an event that the server stored. */
export interface SeenEvent {
  key: number;
  kind: string;
  title: string;
  state: string;
  time: number;
  route: string;
  method: string;
  url: string;
  transport: string;
  status: number | null;
  data: unknown;
  stored: { event_id: string | number; changed: Record<string, [unknown, unknown]>; entered: string[]; left: string[] } | null;
}

/** All that is given has to fit. */
export interface EventFilter {
  /** As it is typed in the panel, such as `kind:collect widget:offer`. */
  text?: string;
  kind?: string;
  /** The `pf-widget-id`. */
  widget?: string;
  /** The `pf-widget-event`, or `_e`. */
  event?: string;
  /** Whether the server has stored it. */
  stored?: boolean;
  /** Members that the payload has to have. */
  data?: Record<string, unknown>;
}

export interface ClockWish {
  set?: string | number;
  advance?: string | number;
  mode?: "real" | "offset" | "frozen";
}

export interface Patience {
  /** Milliseconds. */
  timeout?: number;
}

export interface TestApi {
  version: number;
  ready(patience?: Patience): Promise<ReadyState>;
  explain(): Promise<Explanation[]>;
  explain(id: string): Promise<Explanation>;
  events(filter?: string | EventFilter): Promise<SeenEvent[]>;
  setPersona(id: string | null, patience?: Patience): Promise<ReadyState>;
  clock(wish?: ClockWish, patience?: Patience): Promise<ServerClock>;
  reset(patience?: Patience): Promise<ReadyState>;
  waitForWidget(id: string, state?: WidgetState, patience?: Patience): Promise<Explanation>;
}
