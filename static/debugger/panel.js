/** The debugger as one script: the panel and the live client. */

import { startDebugger } from "./start.js";

startDebugger();
