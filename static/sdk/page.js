/** @import { Page } from "./types" */

/** The window with the globals the SDK shares with the page (widgets.md 1.1). Read at use, never cached. */
export const page = /** @type {Page} */ (/** @type {unknown} */ (window));
