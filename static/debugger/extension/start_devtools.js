import { addDevToolsTab } from "./devtools.js";

addDevToolsTab();
