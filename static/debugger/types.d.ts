/** Shapes that the panel's modules share; never linked into the script. */

/** What the panel uses of the tag (tag.md 3); anything may be missing on a page with another tag. */
export interface Tag {
  config?: TagConfig;
  isLoaded?: boolean;
  on?: (topic: string, listener: (topic: string, ...payload: unknown[]) => void) => unknown;
  history?: () => TagEvent[];
  getEntity?: () => { data?: { user?: Record<string, unknown> } } | undefined;
  getSegments?: () => string[];
  getid?: (callback: (id: string) => void) => void;
  loadEntity?: () => void;
  setCookie?: (name: string, value: string, seconds?: number) => void;
  deleteCookie?: (name: string) => void;
}

export interface TagConfig {
  [key: string]: unknown;
  cid?: string | string[];
  url?: string;
  stream?: string;
  cookie?: string;
  sesname?: string;
  sessecs?: number;
  version?: string;
  loadid?: boolean;
  src?: string;
  byFieldKey?: string;
  entity?: { byFieldKey?: string };
  segments?: { storageKey?: string };
  pathfora?: { publish?: { src?: string; priority?: string; candidates?: { experiences?: Candidate[] } } };
}

export interface TagEvent {
  topic: string;
  time: number;
  payload?: unknown;
}

/** The widget SDK, as far as the panel uses it. */
export interface Sdk {
  version?: string;
  explain?: (id?: string) => Decision[];
  replaceWidget?: (widget: object) => void;
  clearById?: (ids: string[]) => void;
  initializePageViews?: () => void;
  initializeWidgets?: (widgets: object, config?: object, options?: object) => void;
  Message?: (config: object) => object;
  Form?: (config: object) => object;
  Subscription?: (config: object) => object;
  SiteGate?: (config: object) => object;
}

export interface Gate {
  gate: string;
  pass: boolean | null;
  actual?: unknown;
  required?: unknown;
  /** When time alone changes the answer, in ms since 1970. */
  until?: number | null;
}

export interface Decision {
  id: string;
  type: string;
  layout: string;
  verdict: string;
  reason: string;
  gates: Gate[];
  time: number;
}

export interface WidgetConfig {
  [key: string]: unknown;
  id: string;
  type: string;
}

/** An item of the candidate script. */
export interface Candidate {
  id: string;
  type: string;
  audience: string;
  exclude: string[];
  widget: WidgetConfig;
  inverse: WidgetConfig | null;
}

/** `GET api/workspace`. */
export interface WorkspaceView {
  account: string;
  name: string;
  experiences: ExperienceView[];
  scripts: string[];
  personas: PersonaView[];
  audiences: AudienceView[];
  problems: Problem[];
}

export interface ExperienceView {
  id: string;
  label: string;
  type: string;
  layout: string;
  status: string;
  file: string;
  audience: string;
  exclude: string[];
  inverse: { id: string; type: string; layout: string } | null;
}

export interface PersonaView {
  id: string;
  uid: string;
  label: string;
  description: string;
  identities: Record<string, string>;
}

export interface AudienceView {
  slug: string;
  name: string;
  public: boolean;
  file: string;
}

export interface Problem {
  path: string;
  line: number;
  column: number;
  value: string;
  message: string;
  hint: string;
}

/** `GET api/profile`. */
export interface ProfileView {
  uid: string;
  found: boolean;
  fields: { name: string; type: string; value: unknown }[];
  audiences: { slug: string; name: string; own: boolean; member: boolean }[];
}

/** A stored event: a live receipt, or an item of `GET api/events`, which lacks the last three. */
export interface Stored {
  event_id: string | number;
  stream: string;
  uid: string;
  time: number;
  data: Record<string, unknown>;
  changed?: Record<string, [unknown, unknown]>;
  entered?: string[];
  left?: string[];
}

/** One line of the log. */
export interface LogEntry {
  key: number;
  kind: "collect" | "tag" | "stored";
  state: "sending" | "sent" | "failed" | "note";
  title: string;
  topic: string;
  time: number;
  data: unknown;
  url: string;
  stored: Stored | null;
}

export type Topic = "tag" | "log" | "entity" | "decision" | "workspace" | "connection" | "persona" | "problems" | "receipt";

export interface Signal {
  listen(topics: Topic[], listener: (detail: unknown) => void): () => void;
  fire(topic: Topic, detail?: unknown): void;
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

export interface TagWatch {
  tag(): Tag | null;
  ready(): boolean;
  failures(): string[];
}

export interface EventLog {
  limit: number;
  total(): number;
  entries(): LogEntry[];
  note(topic: string, time: number, payload: unknown[]): void;
  store(stored: Stored): void;
  clear(): void;
}

export interface Server {
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  workspace(): Promise<WorkspaceView>;
  renew(): void;
  stream: string;
}

export type Connection = "connecting" | "connected" | "lost" | "blocked";

export interface Visitor {
  persona(): string | null;
  busy(): boolean;
  become(id: string): Promise<void>;
  leave(): Promise<void>;
  reset(): Promise<void>;
}

/** What every section gets. */
export interface Room {
  signal: Signal;
  watch: TagWatch;
  log: EventLog;
  server: Server;
  visitor: Visitor;
  connection(): Connection;
}

/** A message of the live stream. */
export interface LiveMessage {
  type: string;
  href?: string;
  removed?: boolean | string[];
  ids?: string[];
  path?: string;
  reason?: string;
  problems?: Problem[];
}
