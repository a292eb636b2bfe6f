/** Shapes that the panel's modules share; never linked into the script. */

import type { Stored, WorkspaceView } from "./types_server";
import type { LogView } from "./types_log";
import type { Launch, Overrides, PageView, ShowOptions, StorageItem, WidgetsView, WorldState } from "./types_page";

export * from "./types_server";
export * from "./types_log";
export * from "./types_page";

export type Topic =
  | "tag" | "log" | "entity" | "decision" | "workspace" | "connection" | "persona" | "problems" | "receipt" | "moved" | "override" | "storage" | "server";

export interface Signal {
  listen(topics: Topic[], listener: (detail: unknown) => void): () => void;
  fire(topic: Topic, detail?: unknown): void;
}

/** What a page can be asked, and told to do. Arguments and answers are plain data. */
export interface Answers {
  page(): PageView;
  config(): Record<string, unknown> | null;
  /** Look into a frame, or for a tag under another name. */
  look(place: string, name: string): void;
  entity(): { user: Record<string, unknown> | null; segments: string[] | null };
  widgets(): WidgetsView;
  /** How much of the page moved by itself; null where the browser does not say. */
  steadiness(): Promise<{ score: number; times: number } | null>;
  /** The lines that changed after a revision; all of them when the epoch is another. */
  log(since: number, epoch: number): LogView;
  clearLog(): void;
  /** Lines for events that the server stored and this log did not see. */
  addStored(events: Stored[]): void;
  keepsLog(): boolean;
  keepLog(on: boolean): void;
  /** What the page's address asked of the debugger. */
  launch(): Launch;
  storage(): StorageItem[];
  /** With null, the item is removed. */
  store(area: StorageItem["area"], key: string, value: string | null): void;
  /** Have the profile fetched and the widgets decided anew. */
  decideAgain(): void;
  persona(): { id: string | null; busy: boolean };
  become(id: string): Promise<void>;
  /** The same, and wait until everything has been decided for the persona. */
  visit(id: string): Promise<void>;
  leave(): Promise<void>;
  reset(): Promise<void>;
  overrides(): Overrides;
  override(patch: Partial<Overrides>): void;
  clock(): { time: number; real: number; set: boolean; frozen: boolean };
  /** Null is the real time. */
  setClock(time: number | null, frozen?: boolean): void;
  pretends(): { overrides: boolean; clock: boolean; persona: string | null; world: WorldState };
  /** Back to the browser's own visitor, profile and time. */
  truth(): Promise<void>;
  trigger(ids: string[]): void;
  exitIntent(): void;
  /** Show a widget now that waits for its `showDelay`. */
  skipDelay(id: string): void;
  scrollTo(percent: number): void;
  force(id: string, options: ShowOptions): void;
  unforce(): void;
  outlines(): boolean;
  outline(on: boolean): void;
  go(address: string): void;
  /** Send an event as the page would. */
  send(stream: string, data: Record<string, unknown>): void;
}

export interface Source {
  shell: "page" | "remote";
  ask<K extends keyof Answers>(question: K, ...given: Parameters<Answers[K]>): Promise<Awaited<ReturnType<Answers[K]>>>;
  listen(topics: Topic[], listener: () => void): () => void;
}

export interface ChannelMessage {
  id?: number;
  ask?: string;
  given?: unknown[];
  answer?: unknown;
  error?: string;
  topic?: Topic;
}

/** Anything that carries JSON both ways. */
export interface Channel {
  post(message: ChannelMessage): void;
  hear(listener: (message: ChannelMessage) => void): () => void;
}

/** One part of the panel. */
export interface Section {
  id: string;
  label: string;
  topics: Topic[];
  build(room: Room): Built;
}

export interface Built {
  node: HTMLElement;
  refresh(): void | Promise<void>;
}

export interface Server {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  put(path: string, body: object): Promise<unknown>;
  workspace(): Promise<WorkspaceView>;
  renew(): void;
  stream: string;
}

export type Connection = "connecting" | "connected" | "lost" | "blocked";

/** What every section gets, in every shell: see `source.js`. */
export interface Room {
  signal: Signal;
  source: Source;
  server: Server;
  connection(): Connection;
}

/** What a page has of the panel before it is opened for the first time. */
export interface Launcher {
  launcher: HTMLElement;
  badge: ReturnType<typeof import("./badge.js").createBadge>;
}

/** The panel in a page. */
export interface Shell {
  toggle(): void;
  /** At a section, or with another word at the first one. */
  open(section: string): void;
}

export type LiveHandlers = Record<string, (message: import("./types_server").LiveMessage) => void | Promise<void>>;

/** What watches a page from its start. */
export type WatchedPage = ReturnType<typeof import("./page/page_parts.js").createPageParts> & {
  launch: Launch;
  tab: ReturnType<typeof import("./page/tab_visitor.js").createTabVisitor>;
};

/** What a page has once it was asked something. */
export interface Inside {
  answers: Answers;
  testApi: Omit<import("./testing/types").TestApi, "version">;
  live: LiveHandlers;
}

export type InsideMaker = (
  page: WatchedPage,
  more: { id: string; server: Server; layer: Element; refusal: string; connection(): Connection },
) => Inside;

export type PanelMaker = (room: Room, place: ReturnType<typeof import("./page/host.js").createHost>, launcher: Launcher) => Shell;
