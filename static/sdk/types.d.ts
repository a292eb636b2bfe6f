/** Shapes shared by the SDK's modules. Nothing here reaches a browser. */

/**
 * What a condition answers: whether it holds (null: not asked), what it found, when time alone would change that (ms since 1970), and
 * what it wanted, if that is not its configured value. Nothing at all when it does not concern the widget.
 */
export type Answer = [pass: boolean | null, actual?: unknown, until?: number, required?: unknown] | undefined | void;

/** One line of the trace. `pass` is null while undecided. */
export interface Gate {
  gate: string;
  pass: boolean | null;
  actual?: unknown;
  required?: unknown;
  /** When time alone changes the answer, in ms since 1970. */
  until?: number;
}

export type Verdict = "shown" | "waiting" | "hidden" | "closed" | "failed";

/**
 * One widget's entry in the trace: what `pathfora.explain()` answers. `time` is in ms since 1970. Blocks within the page have entries too:
 * their type is `inline`, their id is `group: value`.
 */
export interface Decision {
  id: string;
  type: string;
  layout: string;
  verdict: Verdict;
  reason: string;
  gates: Gate[];
  time: number;
}

export interface Action {
  name?: string;
  close?: boolean;
  callback?: Function;
}

/** A widget: what a factory returned, with the merged configuration on it (widgets.md 2.1). */
export interface Widget {
  id: string;
  type: string;
  valid: boolean;
  config: Record<string, any>;
  layout: string;
  position: string;
  variant: string | number;
  displayConditions: Record<string, any>;
  [key: string]: any;
}

/** A widget that holds its id: it waits, is open, or is on its way out. */
export interface LiveWidget {
  widget: Widget;
  node?: HTMLElement;
  closing?: boolean;
  /** Undo functions of timers and listeners; all run when the widget goes. */
  stops: Set<() => void>;
  /** Set while the widget waits for a trigger: asks whether it may show now. */
  poke?: (event?: Event) => void;
  /** Ends the keyboard handling of an open dialog and gives the focus back. */
  leave?: (restore: boolean) => void;
  /** What had the focus when the dialog opened. */
  opener?: Element | null;
  /** What its form is at; it takes presses at nothing only. */
  busy?: "" | "busy" | "success" | "error";
  /** Ends the outcome of its form. */
  timer?: () => void;
}

/** A display condition. Registry order is evaluation order. Values are those of `displayConditions[name]`. */
export interface Condition {
  name: string;
  /** Asked even when the value is falsy. */
  always?: boolean;
  /** Asked again when a watcher fires. */
  again?: boolean;
  /** Gets what the widget needs before it is decided on; calls `next` once, with an error if it failed. */
  prepare?(live: LiveWidget, next: (error?: unknown) => void): void;
  check?(value: any, widget: Widget): Answer;
  /** A trigger: answers whether it holds at the instant of an event, if it is one's; `poke` asks all of the widget's triggers. */
  watch?(value: any, live: LiveWidget, poke: (event?: Event) => void): (event?: any) => unknown;
  /** Has it opened later. */
  hold?(value: any, live: LiveWidget, open: (live: LiveWidget) => void): void;
  /** Does something while the widget is open; answers how to undo it. */
  opened?(value: any, live: LiveWidget): (() => void) | undefined | void;
}

/** A part of the SDK that a build may leave out. */
export interface Feature {
  /** Members of `window.pathfora`. */
  api?(): Record<string, unknown>;
  /** At construction, after the members are there. */
  start?(): void;
  /** What every widget has unless it says otherwise. */
  defaults?(): Record<string, unknown>;
  /** Rules that hold even where the page's policy allows no styles. */
  rules?(): string;
  /** Finishes a new node. */
  dress?(node: HTMLElement, widget: Widget): void;
  /** A node has become visible. */
  opened?(node: HTMLElement): void;
  /** Widgets are about to be initialised. */
  begin?(): void;
  /** Has a widget wait to be shown; true when it does. */
  wait?(live: LiveWidget, show: () => void): boolean;
  /** Remembers a display of a widget, or what its visitor did: `Confirm`, `Cancel` or `Closed`. */
  count?(id: string, word?: string): void;
  /** Gets what is tracked; answers what is sent instead, if that differs. */
  track?(payload: Record<string, unknown>, widget: Widget, event: string, action?: string): Record<string, unknown> | void;
  /** Forgets a widget, or all of them. */
  clear?(id?: string): void;
}

/** A layout: where it may stand and what it is made of. */
export interface Layout {
  name: string;
  /** Accepted positions; any without it. */
  positions?: RegExp;
  position?: string;
  /** Modal dialogs take the focus and keep it. */
  dialog?: boolean;
  /** Role of the root; a modal has its own on the container. */
  role?: string;
  /** Does more when the visitor confirms. */
  press?(widget: Widget, payload: unknown): void;
  /** Confirming leaves the widget open. */
  stays?: boolean;
  /** Root's children around the type's controls. */
  build(controls: Node[]): Node[];
}

/** A widget type: its factory's name, its defaults, and its controls in each layout it comes in. */
export interface WidgetType {
  name: string;
  factory: string;
  defaults: Record<string, any>;
  controls: Record<string, (widget: Widget) => Node[]>;
  /** What is tracked when its form is sent. */
  event?: string;
  /** Finishes a new node. */
  dress?(live: LiveWidget, node: HTMLElement): void;
  /** Takes over a press on an ok button; `press` is what happens without it. True when the widget stays as it is. */
  submit?(
    live: LiveWidget,
    payload: { event: Event; data?: { name: string; value: string }[] },
    option: Record<string, any>,
    press: (...extra: unknown[]) => boolean,
    state?: string,
  ): boolean;
}

/** One of a widget's `formElements` (widgets.md 2.7). */
export interface ElementSpec {
  type: string;
  name?: string;
  label?: string;
  placeholder?: string;
  required?: boolean;
  values?: { label?: string; value: string }[];
  pattern?: string | RegExp;
  minDate?: string;
  maxDate?: string;
}

/** A kind of form element. */
export interface FormElement {
  name: string;
  /** A value that is there is checked, whatever the configuration says. */
  checked?: boolean;
  /** Several controls under one name. */
  group?: boolean;
  pattern?: string;
  /** `names` are the attributes that every control gets; null ones are none. */
  build(spec: Partial<ElementSpec>, names: Record<string, unknown>): HTMLElement;
}

/** The entries of one targeting object that wait for the visitor: aims first, then exclusions, then the widgets for everybody else. */
export type Batch = {
  gate: "audience" | "exclude" | "inverse";
  segment?: string;
  rule?: (data: any) => boolean;
  widgets: Widget[];
}[];

/** The page's globals that the SDK reads; all of them are optional and none is trusted to be whole. */
export interface Page extends Window {
  pathfora?: any;
  PathforaCSS?: string;
  /** Hash of the only stylesheet that may be used. */
  PathforaCSSIntegrity?: string;
  jstag?: any;
  lio?: any;
  liosetup?: any;
  ga?: any;
}
