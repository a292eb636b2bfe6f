import { button, element } from "./dom.js";

/**
 * A button that copies a text. Where the browser forbids that (a page without a secure address), the text appears, selected, to be
 * copied by hand.
 * @param {string} label
 * @param {() => string | Promise<string>} text
 */
export function copyButton(label, text) {
  const node = button("plain-button", label, async () => {
    const given = await text();
    try {
      await navigator.clipboard.writeText(given);
      node.style.minWidth = `${node.getBoundingClientRect().width}px`; // what stands beside it stays where it is, for the next press
      node.textContent = "Copied";
      node.addEventListener("blur", () => (node.textContent = label), { once: true });
    } catch {
      byHand(node, given);
    }
  });
  return node;
}

/** @param {HTMLElement} node @param {string} text */
function byHand(node, text) {
  const field = element("textarea", { class: "field copy", readonly: "", rows: "4", "aria-label": "Copy this text" });
  field.value = text;
  node.after(field);
  field.focus();
  field.select();
  field.addEventListener("blur", () => field.remove(), { once: true });
}

/**
 * Hand a text over as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function saveFile(name, text, type = "application/json") {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href, download: name });
  link.click();
  URL.revokeObjectURL(href);
}
