/** What a page loads when it is asked something for the first time, or told of a change. */

import { leavePart } from "./handover.js";
import { createInside } from "./inside.js";

leavePart("inside", createInside);
