/** What a page loads when the panel is opened for the first time. */

import { leavePanelMaker } from "./handover.js";
import { createShell } from "./shell.js";

leavePanelMaker(createShell);
