/**
 * `jstag.iframe({url, data, timeout}, callback)`: posts to a hidden frame, as the field `_js`, and hands over the text
 * that comes back (tag.md 7.2). `data` is text, or an object to be serialised.
 *
 * The frame's text can be read when it is of this origin; a server elsewhere cooperates by answering with a document
 * that posts its text to `parent`. An answer that cannot be read within `timeout` ms is a complaint on
 * `iframeTransport.carp`; the callback is not called then.
 */

import { add, make } from "../nodes.js";
import { serialize } from "../serializer.js";
import { quietly } from "../storage.js";

/** @import { PluginBody } from "../types.js" */

/** @type {PluginBody} */
export function iframeTransport(plugin) {
  plugin.ns("iframeTransport").defaults({ iframeTransport: { timeout: 500 } });
  let posts = 0;

  plugin.method("iframe", ({ url, data, timeout = plugin.options().timeout }, callback) => {
    const name = `jstag-iframe-${posts++}`;
    const form = add("form", { method: "post", action: url, target: name, hidden: true });
    form.append(make("input", { name: "_js", value: typeof data === "string" ? data : serialize(data) }));
    const frame = add("iframe", { name, hidden: true });
    // Now that the empty frame has loaded. Another origin's throws: wait for its message.
    frame.onload = () => quietly(() => finish(/** @type {Document} */ (frame.contentDocument).body.textContent));
    const heard = (/** @type {MessageEvent} */ { source, data: text }) => {
      if (source === frame.contentWindow && typeof text === "string") finish(text);
    };
    const finish = (/** @type {string | null} */ text) => {
      clearTimeout(timer);
      removeEventListener("message", heard);
      frame.remove();
      plugin.guard(callback, text);
    };
    const timer = setTimeout(() => {
      callback = undefined;
      finish("");
      plugin.carp(`${url}: no answer within ${timeout} ms`);
    }, timeout);
    addEventListener("message", heard);
    form.submit();
    form.remove();
  });
}
