/** @import { Feature } from "./types" */
import { rules } from "./rules.js";
import { updateLegacyCookies } from "./storage.js";
import { utils } from "./utils.js";

/** What pages call by themselves (widgets.md 1.6, 4.3). @type {Feature} */
export const toolbox = { api: () => ({ utils, rules }), start: updateLegacyCookies };
