/**
 * `jstag.iframe({url, data, timeout}, callback)`: posts to a hidden frame, as the field `_js`, and hands over the text
 * that comes back (tag.md 7.2). `data` is text, or an object to be serialised.
 *
 * The frame's text can be read when it is of this origin; a server elsewhere cooperates by answering with a document
 * that posts its text to `parent`. An answer that cannot be read within `timeout` ms is a complaint on
 * `iframeTransport.carp`; the callback is not called then.
 */

import { serialize } from "../serializer.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function iframeTransport(plugin) {
  plugin.ns("iframeTransport").defaults({ iframeTransport: { timeout: 500 } });
  let posts = 0;

  plugin.method("iframe", ({ url, data, timeout = plugin.options().timeout }, callback) => {
    const frame = document.createElement("iframe");
    const form = document.createElement("form");
    const field = document.createElement("input");
    frame.name = `jstag-iframe-${posts++}`;
    Object.assign(form, { method: "post", action: url, target: frame.name });
    Object.assign(field, { type: "hidden", name: "_js", value: typeof data === "string" ? data : serialize(data) });
    form.append(field);
    frame.hidden = form.hidden = true;
    (document.body || document.documentElement).append(frame, form);

    const heard = (/** @type {MessageEvent} */ { source, data: text }) => {
      if (source === frame.contentWindow && typeof text === "string") finish(text);
    };
    const finish = (/** @type {string} */ text) => {
      clearTimeout(timer);
      window.removeEventListener("message", heard);
      frame.remove();
      plugin.guard(callback, text);
    };
    const timer = setTimeout(() => {
      callback = undefined;
      finish("");
      plugin.carp(`${url} gave no answer that this page may read within ${timeout} ms`);
    }, timeout);
    window.addEventListener("message", heard);
    frame.onload = () => {
      try {
        const { location, document: answer } = /** @type {Window} */ (frame.contentWindow);
        if (location.href !== "about:blank") finish(answer.body.textContent ?? "");
      } catch {
        // Another origin's: wait for its message.
      }
    };
    form.submit();
    form.remove();
  });
}
