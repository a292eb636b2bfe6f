/**
 * Delivery: a message becomes one request for each account id, as an image or a posted form (tag.md 3.2, 5.2).
 *
 * `sendurl` lists the URLs without the data, latest first. The acknowledgement comes once a request: when the image
 * has loaded or after `config.delay` ms, for a form always after the delay.
 */

import { addVisitor, automaticFields } from "../automatic_fields.js";
import { encodeText, serialize } from "../serializer.js";
import { sendForm, sendGif } from "../transports.js";

/** @import { Message, PluginBody, Visitor } from "../types.js" */

/** Longest URL and data together, in characters, that go as an image. */
const GIF_LIMIT = 2000;

/** @type {PluginBody} */
export function collect(plugin, instance) {
  plugin.ns("collect").defaults({ collect: {} });

  /**
   * @param {Message} message changed: `data` is completed, `dataMsg`, `sendurl` and `channelName` are set
   * @param {Visitor} visitor
   * @param {string[]} targets
   * @param {boolean} [isMock] do everything but the request
   */
  function deliver(message, visitor, targets, isMock) {
    const config = plugin.config();
    message.data = { ...message.data, ...(message.automatic ?? automaticFields(config)) };
    addVisitor(message.data, visitor, config.version);
    const text = (plugin.options().serializer || config.serializer || serialize)(message.data);
    message.dataMsg = text;
    message.sendurl ??= [];
    for (const target of targets) {
      message.sendurl.unshift(target);
      message.channelName = text.length + target.length <= GIF_LIMIT ? "Gif" : "Form";
      transmit(message, target, text, isMock);
    }
  }

  /**
   * @param {string | undefined} stream
   * @returns {string[]}
   */
  function urls(stream) {
    const { cid, url, path, cookie, stream: usual } = plugin.config();
    const name = stream || usual;
    const tail = name ? `/${encodeText(name)}` : "";
    const query = cookie === "seerid" ? "" : `?_uidn=${encodeText(cookie)}`;
    return [cid].flat().map((id) => url + path + id + tail + query);
  }

  /**
   * @param {Message} message
   * @param {string} target
   * @param {string} text
   * @param {boolean} [isMock]
   */
  function transmit(message, target, text, isMock) {
    const acknowledge = once(() => plugin.guard(() => message.callback?.(message, instance)));
    if (isMock) return acknowledge();
    const { delay } = plugin.config();
    setTimeout(acknowledge, delay);
    const succeed = () => void plugin.emit("collect.finished", message);
    if (message.channelName === "Form") return sendForm(target, text, delay, succeed);
    return sendGif(
      `${target}${target.includes("?") ? "&" : "?"}${text}`,
      () => (succeed(), acknowledge()),
      () => void plugin.emit("collect.failed"),
    );
  }

  plugin.method("collect", (message, url, isMock) => {
    const targets = url ? [url] : urls(message.stream);
    const go = (/** @type {Visitor} */ visitor) =>
      plugin.guard(() => {
        plugin.emit("collect.started", message);
        deliver(message, visitor, targets, isMock);
      });
    const { _uid, ...rest } = message.data;
    if (_uid) return queueMicrotask(() => go({ id: _uid }));
    message.data = rest;
    return plugin.identity?.(go);
  });
}

/** @param {() => void} code */
function once(code) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    code();
  };
}
