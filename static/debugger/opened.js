/** What a page loads when the panel is opened for the first time. */

import { leavePart } from "./handover.js";
import { createShell } from "./shell.js";

leavePart("panel", createShell);
