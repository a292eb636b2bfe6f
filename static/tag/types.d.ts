/** Shapes shared by the tag's modules. Type checking only: never linked into a bundle. */

/** A configuration tree or a payload: plain, walkable, with whatever the page put in it. */
export type Tree = Record<string, any>;

/** A listener gets the topic that was really emitted, then the payload (tag.md 4). */
export type Listener = (topic: string, ...payload: any[]) => unknown;

export type Unsubscribe = () => void;

export interface PastEvent {
  topic: string;
  /** Epoch milliseconds. */
  time: number;
  payload: unknown;
}

/** tag.md 3.2; `automatic` is ours: the fields measured when the page called. */
export interface Message {
  data: Tree;
  dataMsg?: string;
  sendurl?: string[];
  stream?: string;
  callback?: (message: Message, instance: Tag) => void;
  channelName?: "Gif" | "Form";
  automatic?: Tree;
}

export interface SendParams {
  data?: Tree;
  stream?: string;
  callback?: (message: Message, instance: Tag) => void;
  isMock?: boolean;
}

export interface Visitor {
  id: string;
  /** The id was made or fetched for this message: it goes out with `_getid=t`. */
  fresh?: boolean;
  /** The id before `setid` changed it, sent as `_uido`. */
  previous?: string;
}

/** tag.md 3.5 */
export interface Profile {
  data: Tree;
  getAt(path: string): any;
  toLegacyStyle(): Tree;
}

export interface PollOptions {
  property: string;
  receiver?: any;
  predicate?: (value: any) => boolean;
  retries?: number;
  interval?: number;
  success?: (value: any) => void;
  failure?: () => void;
}

/** What a plugin is handed first (tag.md 7.1). Methods that return the plugin can be chained. */
export interface Plugin {
  ns(name: string): Plugin;
  defaults(tree: Tree): Plugin;
  mustEnable(): Plugin;
  emit(topic: string, ...payload: unknown[]): Plugin;
  method(name: string, code: (...values: any[]) => any): Plugin;
  /** From `poll`. */
  poll(options: PollOptions): Unsubscribe;
  /** From `entity.plugin`. */
  getEntityConfig(): Tree;
  buildEntityUrl(method: "POST" | "GET", payload?: Tree): string;

  /** Ours: as the tag's `on`, but silent while the plugin's namespace says `disabled: true`. */
  on(topic: string, listener: Listener): Unsubscribe;
  /** Ours: runs when every plugin is set up, at each `init`. */
  ready(code: () => unknown): Plugin;
  /** Ours: the plugin's own options, read now, with what the page removed put back. */
  options(): Tree;
  /** Ours: reports a problem on `<namespace>.carp`. */
  carp(problem: unknown): Plugin;
  /** Ours: runs foreign code; what it throws is reported, what is no function is ignored. */
  guard(code: unknown, ...values: unknown[]): void;
  /** Ours: adds something for all plugins to use; see the members below. */
  extend(name: string, code: (...values: any[]) => any): Plugin;
  /** Ours: `code` adds its fields to the payload of an entity request. */
  contribute(code: (blank: Tree) => void): Plugin;
}

export type PluginBody = (plugin: Plugin, instance: Tag, config: Tree) => void;

/** `window.jstag`: the framework's own members; the plugins add theirs. */
export interface Tag extends Tree {
  config: Tree;
  isLoaded: boolean;
  /** Ours: says what the visitor wants; without an argument only tells whether the tag runs. */
  consent(given?: boolean): boolean;
  init(config?: Tree): Tag;
  use(plugin: PluginBody): Tag;
  on(topic: string, listener: Listener): Unsubscribe;
  once(topic: string, listener: Listener): Unsubscribe;
  call(name: string, ...values: unknown[]): unknown;
  pull(sink: Tree): void;
  history(): PastEvent[];
}
