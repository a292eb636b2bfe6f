/** The log and what feeds it; never linked into the script. */

import type { Stored } from "./types";

/** What a request is for; `tag` notes of the tag and `stored` events of the server are lines of the log too. */
export type CallKind =
  | "tag" | "profile" | "collect" | "sdk" | "css" | "experiences" | "campaigns" | "preview" | "recommend" | "content" | "id" | "other" | "stored" | "note";

/** One line of the log. */
export interface LogEntry {
  key: number;
  /** Grows with every change of any line. */
  rev: number;
  kind: CallKind;
  /** `unseen`: it has ended, but the other side does not let the page know how. */
  state: "sending" | "done" | "failed" | "unseen" | "note";
  title: string;
  /** Of a note: the tag's topic. */
  topic: string;
  /** Unix milliseconds by the browser's clock, which no override changes. */
  time: number;
  /** The page load it belongs to; `before` is before this one. */
  load: string;
  /** Path and query of the page at that time. */
  route: string;
  transport: string;
  method: string;
  url: string;
  status: number | null;
  duration: number | null;
  size: number | null;
  error: string;
  data: unknown;
  body: string | null;
  note: string;
  stored: Stored | null;
  timed: boolean;
}

export interface LogView {
  entries: LogEntry[];
  rev: number;
  /** Another one after the log was cleared. */
  epoch: number;
  /** The oldest key that is still kept. */
  first: number;
  total: number;
  limit: number;
}

export interface Timing {
  url: string;
  transport: string;
  time: number;
  duration: number;
  status: number | null;
  size: number | null;
}

export interface Outcome {
  state: "done" | "failed" | "unseen";
  status?: number;
  error?: string;
}

/** Who is told of a page's requests. */
export interface Witness {
  wants(url: string): boolean;
  begin(request: { transport: string; method: string; url: string; body: import("./log/payload.js").Body | Promise<import("./log/payload.js").Body> }): (outcome: Outcome) => void;
}

export interface EventLog {
  limit: number;
  /** Leave it to be done, in this order, when somebody reads: what it takes must be at hand by then. */
  later(work: () => void): void;
  add(entry: Partial<LogEntry>): LogEntry;
  change(entry: LogEntry, given: Partial<LogEntry>): void;
  store(stored: Stored): void;
  /** The latest line that is so, among the last hundreds. */
  findRecent(isWanted: (entry: LogEntry) => unknown): LogEntry | undefined;
  all(): LogEntry[];
  since(rev: number, epoch: number): LogView;
  clear(): void;
}
