import { startBridge } from "./bridge.js";

startBridge();
