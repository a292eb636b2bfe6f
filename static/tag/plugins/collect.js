/**
 * Delivery: a message becomes one request for each account id (tag.md 3.2, 5.2), by way of the outbox.
 *
 * `sendurl` lists the URLs without the data, latest first. The acknowledgement comes once a request: for an image when
 * it has loaded or after `config.delay` ms, for a form after the delay.
 *
 * Last of all fields goes `_eid`, ours: the event's id, the page's random part and a count within it, by which the
 * collector stores an event once however often it arrives. With several account ids it is the same for each.
 */

import { addVisitor, automaticFields } from "../automatic_fields.js";
import { createOutbox } from "../outbox.js";
import { shortUrl } from "../request.js";
import { encodeText, serialize } from "../serializer.js";
import { randomNumber } from "../visitor_id.js";

/** @import { Message, PluginBody, Tree, Visitor } from "../types.js" */

/** @type {PluginBody} */
export function collect(plugin, instance) {
  plugin.ns("collect").defaults({ collect: {} });
  const page = Date.now().toString(36) + randomNumber().toString(36);
  let count = 0;
  const outbox = createOutbox(({ url, text, done }, outcome, status) => {
    const stored = outcome === "stored";
    if (!stored) plugin.emit("collect.failed");
    else if (done) done();
    else plugin.emit("collect.finished", { data: {}, dataMsg: text, sendurl: [url] });
    const why = status ? `the server answered ${status} for ${url}` : "too many were waiting for the server";
    if (outcome === "lost") plugin.carp(`an event was given up: ${why}`);
  });

  /**
   * @param {Message} message changed: `data` is completed, `dataMsg`, `sendurl` and `channelName` are set
   * @param {Visitor} visitor
   * @param {string[]} targets
   * @param {boolean} [isMock] do everything but the request
   */
  function deliver(message, visitor, targets, isMock) {
    const config = plugin.config();
    const data = { ...message.data, ...(message.automatic ?? automaticFields(config)) };
    addVisitor(data, visitor, config.version);
    if (!isMock) data._eid = `${page}.${++count}`;
    const text = (plugin.options().serializer || config.serializer || serialize)(data);
    Object.assign(message, { data, dataMsg: text, sendurl: message.sendurl ?? [] });
    for (const url of targets) {
      const fits = shortUrl(url, text);
      message.sendurl.unshift(url);
      message.channelName = fits ? "Gif" : "Form";
      let acknowledge = () => {
        acknowledge = () => {};
        plugin.guard(() => message.callback?.(message, instance));
      };
      const done = () => {
        plugin.emit("collect.finished", message);
        if (fits) acknowledge();
      };
      if (isMock) acknowledge();
      else {
        setTimeout(() => acknowledge(), config.delay);
        outbox.add({ url, text, time: Date.now(), done });
      }
    }
  }

  plugin
    .method("collect", (message, url, isMock) => {
      const { _uid, ...rest } = message.data;
      const targets = url ? [url] : collectUrls(plugin.config(), message.stream);
      const go = (/** @type {Visitor} */ visitor) => {
        if (!instance.isLoaded) return;
        plugin.emit("collect.started", message);
        plugin.guard(deliver, message, visitor, targets, isMock);
      };
      if (_uid) return queueMicrotask(() => go({ id: _uid }));
      message.data = rest;
      return plugin.identity?.(go);
    })
    .ready(() => setTimeout(outbox.resume));
  plugin.on("lifecycle.teardown.requested", outbox.clear);
}

/**
 * @param {Tree} config
 * @param {string | undefined} stream
 * @returns {string[]}
 */
function collectUrls({ cid, url, path, cookie, stream: usual }, stream) {
  const name = stream || usual;
  const tail = name ? `/${encodeText(name)}` : "";
  const query = cookie === "seerid" ? "" : `?_uidn=${encodeText(cookie)}`;
  return [cid].flat().map((id) => url + path + id + tail + query);
}
