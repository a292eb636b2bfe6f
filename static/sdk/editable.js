/** The whole SDK as pages get it that somebody works on: widgets can be exchanged in place, which no visitor's page needs. */
import "./pathfora.js";
import { addReplacing } from "./replace.js";

addReplacing();
