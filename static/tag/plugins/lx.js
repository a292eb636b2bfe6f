/**
 * Events by attributes (tag.md 7.5): `lx-trigger="click"`, `lx-send="k=v&k2=v2"`, `lx-send-user-name="v"` for the key
 * `user.name`, `lx-stream="web"`; each may be written with `data-` before it.
 *
 * One listener a kind of event, on the document, so that elements added later count too. Of an event that bubbles every
 * element with a trigger on its way sends. A form with the trigger `submit` sends its fields and is not submitted, as
 * documented; passwords and card data (`autocomplete="cc-…"`) are never among them.
 */

import { optIn } from "../opt_in.js";

/** @import { PluginBody, Tree } from "../types.js" */

/** @type {PluginBody} */
export function lx(plugin, instance) {
  optIn(plugin, "lx");

  function learn() {
    for (const element of document.querySelectorAll("[lx-trigger], [data-lx-trigger]")) {
      // The same listener again is none.
      document.addEventListener(/** @type {string} */ (lxAttribute(element, "trigger")), react, true);
    }
  }

  /** @param {Event} event */
  function react(event) {
    let element = /** @type {any} */ (event.target);
    for (; element?.localName && !plugin.options().disabled; element = event.bubbles && element.parentElement) {
      if (lxAttribute(element, "trigger") !== event.type) continue;
      const isForm = event.type === "submit" && element.localName === "form";
      if (isForm) event.preventDefault();
      plugin.guard(instance.send, { ...(isForm && formFields(element)), ...payload(element) }, lxAttribute(element, "stream"));
    }
  }

  new MutationObserver(learn).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["lx-trigger", "data-lx-trigger"],
  });
  learn();
}

/**
 * @param {Element} element
 * @param {string} name
 */
function lxAttribute(element, name) {
  return element.getAttribute(`lx-${name}`) ?? element.getAttribute(`data-lx-${name}`);
}

/**
 * @param {Element} element
 * @returns {Tree}
 */
function payload(element) {
  const data = Object.fromEntries(new URLSearchParams(lxAttribute(element, "send") ?? ""));
  for (const { name, value } of element.attributes) {
    const key = name.split(/^(?:data-)?lx-send-/)[1];
    if (key) data[key.replaceAll("-", ".")] = value;
  }
  return data;
}

/**
 * @param {Element} form
 * @returns {Tree}
 */
function formFields(form) {
  /** @type {Tree} */
  const fields = {};
  for (const [name, value] of new FormData(/** @type {HTMLFormElement} */ (form))) {
    if (typeof value === "string") fields[name] = Object.hasOwn(fields, name) ? [fields[name], value].flat() : value;
  }
  for (const secret of form.querySelectorAll("[type=password], [autocomplete^=cc-]")) {
    delete fields[/** @type {HTMLInputElement} */ (secret).name];
  }
  return fields;
}
