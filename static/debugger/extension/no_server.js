/** @import { Server } from "../types" */

/**
 * In place of a server, on sites that have none of ours: sections say what the page alone tells.
 * @returns {Server}
 */
export function createNoServer() {
  const refuse = () => Promise.reject(new Error("This site is looked at without an Understudy server, which alone knows that."));
  return { stream: "", get: refuse, post: refuse, put: refuse, workspace: refuse, renew: () => undefined };
}
