/** The debugger in every page: the recorder, the live client and the launcher; the panel is `opened.js`. */

import { startDebugger } from "./start.js";

startDebugger();
