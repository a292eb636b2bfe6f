/** The two ways out (tag.md 5.2): an image for what fits into a URL, a form posted into a hidden frame for the rest. */

/**
 * @param {string} url with the data in its query
 * @param {() => void} success
 * @param {() => void} failure
 */
export function sendGif(url, success, failure) {
  const image = document.createElement("img");
  image.onload = success;
  image.onerror = failure;
  image.src = url;
}

let frames = 0;

/**
 * Whether the collector stored the event cannot be read from a frame of another origin: any answer counts as success.
 *
 * @param {string} url
 * @param {string} text sent as the field `_js`
 * @param {number} lifetime ms after which the frame is removed
 * @param {() => void} success
 */
export function sendForm(url, text, lifetime, success) {
  const frame = document.createElement("iframe");
  frame.name = `jstag-${Date.now()}-${frames++}`;
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, target: frame.name });
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_js", value: text });
  form.append(field);
  frame.style.display = form.style.display = "none";
  (document.body || document.documentElement).append(frame, form);
  frame.onload = () => {
    if (!isBlank(frame)) success();
  };
  HTMLFormElement.prototype.submit.call(form);
  form.remove();
  setTimeout(() => frame.remove(), lifetime);
}

/** @param {HTMLIFrameElement} frame still at the empty document that it starts with */
function isBlank(frame) {
  try {
    return frame.contentWindow?.location.href === "about:blank";
  } catch {
    return false;
  }
}
