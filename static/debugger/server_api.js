/** @import { Server, Signal, WorkspaceView } from "./types" */

/**
 * The debugger's own server, which is where this script came from.
 * @param {string} base address of the folder, with a slash at its end
 * @param {Signal} signal
 * @returns {Server}
 */
export function createServer(base, signal) {
  /** @type {Promise<WorkspaceView> | null} */
  let workspace = null;
  const get = (/** @type {string} */ path) => ask(`${base}api/${path}`, { headers: { Accept: "application/json" } });
  const send = (/** @type {string} */ method, /** @type {string} */ path, /** @type {object} */ body) =>
    ask(`${base}api/${path}`, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return {
    stream: `${base}live`,
    get,
    post: (path, body) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    workspace() {
      const asked = workspace ?? /** @type {Promise<WorkspaceView>} */ (get("workspace"));
      workspace = asked;
      asked.catch(() => (workspace = workspace === asked ? null : workspace));
      return asked;
    },
    renew() {
      workspace = null;
      signal.fire("workspace");
    },
  };
}

/**
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<unknown>}
 */
async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new Error("The server did not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.message ?? `The server answered ${response.status}.`);
  return body;
}
