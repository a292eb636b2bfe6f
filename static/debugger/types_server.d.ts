/** What the server answers and tells; never linked into the script. */

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
  variations?: VariationView[];
  campaign?: string;
  stage?: string;
  priority?: number | null;
  tactic?: string;
}

/** A visitor always gets the same one; `weight` is compared with those of the others. */
export interface VariationView {
  id: string;
  label: string;
  weight: number;
  type: string;
  layout: string;
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
