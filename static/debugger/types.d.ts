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
  clearCookies?: () => void;
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
  triggerWidgets?: (ids?: string[]) => void;
  previewWidget?: (config: object) => HTMLElement;
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
  /** Streams with a JSON Schema. */
  schemas?: string[];
  /** Where the workspace lies on the server's machine. */
  root?: string;
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
  fields?: Record<string, unknown>;
  file?: string;
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

/** `GET api/clock`. */
export interface ServerClock {
  now: number;
  iso: string;
  mode: "real" | "offset" | "frozen";
  flips: { at: number; audience: string; enters: boolean; identities: [string, string][] }[];
  experiences: { at: number; id: string; opens: boolean }[];
}

/** `GET api/faults`: by surface, and those that are on in words. */
export interface FaultsView {
  [surface: string]: unknown;
  offline: boolean;
  active: string[];
}

/** `GET api/provenance`: what set each field, and what may be seen in a browser. */
export interface Provenance {
  fields: Record<string, { event_id: number; time: number; title: string } | null>;
  public_fields: string[];
  public_audiences: string[];
  /** Fields that events of this workspace can fill, whether they have or not. */
  known: string[];
  events: number;
}

/** A condition of an audience, with its answer. */
export interface ReasonView {
  text: string;
  result: "pass" | "fail" | "unknown";
  seen: Record<string, unknown>;
  place?: string;
  note?: string;
  parts: ReasonView[];
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
  add(entry: Partial<LogEntry>): LogEntry;
  change(entry: LogEntry, given: Partial<LogEntry>): void;
  store(stored: Stored): void;
  recent(): LogEntry[];
  all(): LogEntry[];
  since(rev: number, epoch: number): LogView;
  clear(): void;
}

export type Topic =
  | "tag" | "log" | "entity" | "decision" | "workspace" | "connection" | "persona" | "problems" | "receipt" | "moved" | "override" | "storage" | "server";

export interface Signal {
  listen(topics: Topic[], listener: (detail: unknown) => void): () => void;
  fire(topic: Topic, detail?: unknown): void;
}

export type TagState = "found" | "failed" | "waiting" | "missing";

export interface PageView {
  address: string;
  title: string;
  load: string;
  frame: "top" | "frame";
  visible: boolean;
  viewport: string;
  tag: {
    state: TagState;
    reason: string;
    version: string | null;
    account: string | null;
    stream: string | null;
    cookie: string | null;
    key: string | null;
    loadid: boolean | null;
    url: string | null;
    twice: boolean;
    /** Null when the tag asks for none. */
    consent: boolean | null;
    foreign: string | null;
  };
  sdk: { loaded: boolean; version: string | null; explains: boolean };
  visitor: { uid: string | null; session: string | null; entity: "loaded" | "unknown" | "missing" };
  failures: string[];
  frames: number;
  framesWithTag: string[];
}

export interface WidgetsView {
  tag: boolean;
  sdk: boolean;
  explains: boolean;
  forces: boolean;
  priority: string | null;
  previewKey: string | null;
  decisions: Decision[];
  candidates: { id: string; type: string; audience: string; exclude: string[]; tests: string | null }[];
  open: string[];
  moments: Moment[];
}

export interface Moment {
  name: string;
  /** Milliseconds after the page began to load; null when it has not happened or cannot be seen. */
  after: number | null;
}

export interface StorageItem {
  area: "cookie" | "localStorage" | "sessionStorage";
  key: string;
  raw: string;
  value: string;
  /** Of a record that is counted: when it was last. */
  time: number | null;
  expires: string | null;
  meaning: string;
}

/** What a tab pretends of its visitor. */
export interface Overrides {
  enter: string[];
  leave: string[];
  /** A field with null is taken away. */
  fields: Record<string, unknown>;
  consent: boolean | null;
}

/** What is out of the ordinary in the server's world of this page, as far as the page was told. */
export interface WorldState {
  clock: boolean;
  /** Faults that are on, in words. */
  faults: string[];
}

export interface ClockSetting {
  time: number;
  since: number;
  frozen: boolean;
}

export interface ShowOptions {
  layout?: string;
  theme?: string;
  position?: string;
}

export interface Launch {
  open: string;
  filter: string;
  persona: string;
  show: string;
  layout: string;
  theme: string;
}

/** What a page can be asked, and told to do. Arguments and answers are plain data. */
export interface Answers {
  page(): PageView;
  config(): Record<string, unknown> | null;
  entity(): { user: Record<string, unknown> | null; segments: string[] | null };
  widgets(): WidgetsView;
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

export interface TagWatch {
  tag(): Tag | null;
  ready(): boolean;
  failures(): string[];
  twice(): boolean;
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

export interface Visitor {
  persona(): string | null;
  busy(): boolean;
  become(id: string): Promise<void>;
  leave(): Promise<void>;
  reset(): Promise<void>;
}

/** What every section gets, in every shell: see `source.js`. */
export interface Room {
  signal: Signal;
  source: Source;
  server: Server;
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
  /** Of `moved`: whom time moved, as pairs of kind and value, and where. */
  identities?: [string, string][];
  entered?: string[];
  left?: string[];
  time?: number;
  /** Of `clock`: the world's time, and how it goes. */
  now?: number;
  mode?: string;
  offset_ms?: number;
  /** Of `faults`: those that are on, in words. */
  active?: string[];
  /** Of `ask`: a question to this page, of its `source` or its `test` API. */
  number?: number;
  of?: string;
  ask?: string;
  given?: unknown[];
  /** Of `follow`: whether a dashboard follows this world's pages. */
  on?: boolean;
}
