/** @import { Outcome, Witness } from "../types" */
import { attempt } from "../signal.js";
import { readBody } from "../log/payload.js";

/** @typedef {Pick<ReturnType<typeof import("./overrides.js").createOverrides>, "change" | "changeOld">} Changes */

/**
 * See every request that the page's scripts make, with what it carries and how it ends. Only here can the body of a beacon be
 * read (debugger.md 3). What the page gets is what it would get without us: the same promise, the same object, the same error.
 * @param {Witness} witness asked first whether a request matters; told of those that do
 * @param {Changes} changes what the page is answered, while something is overridden
 */
export function watchWire(witness, changes) {
  watchFetch(witness, changes.change);
  watchXhr(witness, changes.changeOld);
  watchBeacons(witness);
  watchForms(witness);
}

/** @type {(witness: Witness, change: (url: string, answer: Promise<Response>) => Promise<Response>) => void} */
function watchFetch(witness, change) {
  const native = window.fetch;
  if (!native) return;
  window.fetch = function fetch(/** @type {RequestInfo | URL} */ input, /** @type {RequestInit | undefined} */ init) {
    const request = input instanceof Request ? input : null;
    const url = request ? request.url : String(input);
    /** @type {((outcome: Outcome) => void) | null} */
    let end = null;
    attempt(() => {
      if (!witness.wants(url)) return;
      const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
      const body = init?.body ?? (request?.body && !request.bodyUsed ? request.clone().blob() : null);
      end = witness.begin({ transport: init?.keepalive ? "fetch, keepalive" : "fetch", method, url, body: bodyRead(body) });
    });
    const given = Reflect.apply(native, this ?? window, arguments);
    if (!end) return given;
    const answer = change(url, given);
    answer.then(
      (response) => end?.({ state: response.ok ? "done" : "failed", status: response.status }),
      (error) => end?.({ state: "failed", error: String(error?.message ?? error) }),
    );
    return answer;
  };
}

/** @param {unknown} body */
function bodyRead(body) {
  return body instanceof Promise ? body.then(readBody) : readBody(body);
}

/** @param {Witness} witness @param {Changes["changeOld"]} change */
function watchXhr(witness, change) {
  const { prototype } = XMLHttpRequest;
  const { open, send } = prototype;
  /** @type {WeakMap<XMLHttpRequest, {method: string, url: string}>} */
  const opened = new WeakMap();
  prototype.open = /** @type {any} */ (function (/** @type {string} */ method, /** @type {string | URL} */ url) {
    opened.set(this, { method: String(method).toUpperCase(), url: String(url) });
    return Reflect.apply(open, this, arguments);
  });
  prototype.send = function (body) {
    const request = opened.get(this);
    attempt(() => {
      if (!request || !witness.wants(request.url)) return;
      change(request.url, this);
      const end = witness.begin({ ...request, transport: "XMLHttpRequest", body: readBody(body) });
      this.addEventListener("loadend", () => {
        const state = this.status >= 200 && this.status < 400 ? "done" : "failed";
        end(this.status ? { state, status: this.status } : { state: "failed", error: "no answer" });
      });
    });
    return Reflect.apply(send, this, arguments);
  };
}

/** @param {Witness} witness */
function watchBeacons(witness) {
  const prototype = Object.getPrototypeOf(navigator);
  const native = prototype.sendBeacon;
  if (!native) return;
  prototype.sendBeacon = function sendBeacon(/** @type {string | URL} */ url, /** @type {unknown} */ data) {
    const queued = Reflect.apply(native, this, arguments);
    attempt(() => {
      if (!witness.wants(String(url))) return;
      const transport = data instanceof Blob ? "beacon, Blob" : "beacon";
      const end = witness.begin({ transport, method: "POST", url: String(url), body: readBody(data) });
      if (!queued) end({ state: "failed", error: "the browser did not take it: too much is under way" });
    });
    return queued;
  };
}

/** @param {Witness} witness */
function watchForms(witness) {
  const native = HTMLFormElement.prototype.submit;
  const note = (/** @type {HTMLFormElement} */ form) => {
    const address = form.getAttribute("action") || location.href;
    if (form.method !== "post" || !witness.wants(address)) return;
    const end = witness.begin({ transport: "form", method: "POST", url: address, body: readBody(new FormData(form)) });
    end({ state: "unseen" }); // a frame does not tell how its navigation ended
  };
  HTMLFormElement.prototype.submit = function submit() {
    attempt(() => note(this));
    return Reflect.apply(native, this, []);
  };
  window.addEventListener("submit", ({ defaultPrevented, target }) => {
    if (!defaultPrevented && target instanceof HTMLFormElement) attempt(() => note(target));
  });
}
