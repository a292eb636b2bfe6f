/**
 * Delivery: a message becomes one request for each account id (tag.md 3.2, 5.2), by way of the outbox.
 *
 * `sendurl` lists the URLs without the data, latest first. The acknowledgement comes once a request: for an image when
 * it has loaded or after `config.delay` ms, for a form after the delay.
 *
 * Last of all fields goes `_eid`, ours: the event's id, the page's random part and a count within it, by which the
 * collector stores an event once however often it arrives. With several account ids it is the same for each. A page's own
 * serializer has the last word (5.4), so one that drops it should write something else that differs: of two images with
 * one URL a browser asks for one.
 */

import { addVisitor, automaticFields } from "../automatic_fields.js";
import { emit, guard, on } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { deliver, emptyOutbox } from "../outbox.js";
import { shortUrl } from "../request.js";
import { encodeText, serialize } from "../serializer.js";
import { config, options } from "../settings.js";
import { randomNumber } from "../visitor_id.js";
import { identity } from "./getid.js";

/** @import { Message, Visitor } from "../types.js" */

const page = `${Date.now()}${randomNumber()}`;
let count = 0;

/**
 * @param {Message} message changed: `data` is completed, `dataMsg`, `sendurl` and `channelName` are set
 * @param {Visitor} visitor
 * @param {string[]} targets
 * @param {boolean} [isMock] do everything but the request
 */
function dispatch(message, visitor, targets, isMock) {
  emit("collect.started", message);
  const { serializer, delay } = config();
  const data = { ...message.data, ...(message.automatic ?? automaticFields()) };
  addVisitor(data, visitor);
  if (!isMock) data._eid = `${page}.${++count}`;
  const text = (options("collect").serializer || serializer || serialize)(data);
  /** @type {string[]} */
  const sendurl = [];
  Object.assign(message, { data, dataMsg: text, sendurl });
  for (const url of targets) {
    const fits = shortUrl(url, text);
    let { callback } = message;
    const acknowledge = () => {
      guard("collect", callback, message, tag);
      callback = undefined;
    };
    const done = () => {
      emit("collect.finished", message);
      if (fits) acknowledge();
    };
    sendurl.unshift(url);
    message.channelName = fits ? "Gif" : "Form";
    if (isMock) acknowledge();
    else {
      setTimeout(acknowledge, delay);
      deliver({ url, text, time: Date.now(), done });
    }
  }
}

export function collect() {
  expose({
    collect(message = {}, target, isMock) {
      const { _uid, ...data } = { ...message.data };
      const { cid, url, path, cookie, stream } = config();
      const name = message.stream || stream;
      const tail = (name ? `/${encodeText(name)}` : "") + (cookie === "seerid" ? "" : `?_uidn=${encodeText(cookie)}`);
      const targets = target ? [target] : [cid].flat().map((id) => url + path + id + tail);
      const go = (/** @type {Visitor} */ visitor) => {
        if (tag.isLoaded) guard("collect", dispatch, message, visitor, targets, isMock);
      };
      if (_uid) return queueMicrotask(() => go({ id: _uid }));
      message.data = data;
      return identity(go);
    },
  });
  on("lifecycle.setup.done", () => setTimeout(deliver));
  on("lifecycle.teardown.requested", emptyOutbox);
}
