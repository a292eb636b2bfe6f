/** The debugger in every page: the recorder, the live client and the launcher. What is asked for is `answering.js`, the panel `opened.js`. */

import { startDebugger } from "./start.js";

startDebugger();
