/** The page: its tag, its SDK, and how both are told to sections; never linked into the script. */

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
  /** Where the panel looks, and where else it could: frames of this origin by their number, tags by their global name. */
  looking: { place: string; name: string; names: string[]; frames: { place: string; address: string; names: string[] }[] };
}

export interface WidgetsView {
  tag: boolean;
  sdk: boolean;
  explains: boolean;
  forces: boolean;
  priority: string | null;
  previewKey: string | null;
  decisions: Decision[];
  candidates: { id: string; type: string; audience: string; exclude: string[]; tests: string | null; item: unknown }[];
  /** Candidates of the kinds that came before experiences. */
  legacy: { id: string; kind: string; item: unknown }[];
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
  /** Where the visitor came from. */
  referrer: string | null;
  /** Where the page is. */
  address: string | null;
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
  /** A widget to find. */
  find: string;
  /** What to pretend, as JSON of `Overrides` or a part of them. */
  pretend: string;
  /** When the link that was followed has been too old for long: until when it was good. */
  late: number | null;
  filter: string;
  persona: string;
  show: string;
  layout: string;
  theme: string;
}

export interface TagWatch {
  /** Look for the tag now. */
  look(): void;
  tag(): Tag | null;
  ready(): boolean;
  failures(): string[];
  twice(): boolean;
}

export interface Visitor {
  persona(): string | null;
  busy(): boolean;
  become(id: string): Promise<void>;
  leave(): Promise<void>;
  reset(): Promise<void>;
}
