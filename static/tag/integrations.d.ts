/** What plugins add to the object that every plugin is handed; type checking only (tag.md 7.1, 7.2). */

import type { Tree } from "./types.js";

export interface IntegrationOptions {
  integrationName: string;
  /** A name on `window` to wait for; without one `success` is called at once. */
  globalVariableName?: string;
  polling?: Tree;
  /** `subject` is the blank of a pull, the entity of a push; `value` is the global variable's. What it throws is a failure. */
  success?(subject: any, value: any): void;
  failure?(): void;
}

export interface LioTask {
  channel: string;
  options: IntegrationOptions;
  succeed(): void;
  fail(problem?: unknown): void;
}

declare module "./types.js" {
  interface Plugin {
    /** From `lio`. */
    integration(channel: string, options: IntegrationOptions): Plugin;
    pullIntegration(options: IntegrationOptions): Plugin;
    pushIntegration(options: IntegrationOptions): Plugin;
    /** Copies a global variable, or what lies at a dotted path from one, into the blank under `as`. */
    pullGlobalVariable(name: string, as?: string): Plugin;
    /** From `pixel`. */
    pixel(options: { src: string; success?: () => unknown; failure?: () => unknown }): Plugin;
  }
}
