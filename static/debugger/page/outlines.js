import { element } from "../dom.js";

const INLINE = "[data-pftrigger], [data-pfrecommend], [data-pfmodified]";

/** Frames around every widget and inline block of the page, each with its name; drawn in the debugger's own element. */
export function createOutlines() {
  const node = element("div", { class: "outlines", hidden: "" });
  let due = 0;
  const draw = () => {
    due = 0;
    if (node.hidden) return;
    node.replaceChildren(...found().flatMap(frameOf));
  };
  const later = () => {
    due ||= requestAnimationFrame(draw);
  };
  const changes = new MutationObserver(later);
  return {
    node,
    isOn: () => !node.hidden,
    /** @param {boolean} on */
    show(on) {
      node.hidden = !on;
      changes.disconnect();
      for (const type of ["scroll", "resize"]) {
        if (on) window.addEventListener(type, later, true);
        else window.removeEventListener(type, later, true);
      }
      if (on) changes.observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "id"] });
      if (on) draw();
      else node.replaceChildren();
    },
  };
}

/** @returns {[Element, string][]} */
function found() {
  const widgets = [...document.querySelectorAll(".pf-widget")].map((node) => /** @type {[Element, string]} */ ([boxOf(node), `${node.id} · ${layoutOf(node)}`]));
  const blocks = [...document.querySelectorAll(INLINE)].map((node) => /** @type {[Element, string]} */ ([node, blockName(node)]));
  return [...widgets, ...blocks];
}

/** A modal's element covers the page: the content is what one sees. @param {Element} node */
function boxOf(node) {
  return node.querySelector(".pf-widget-content") ?? node;
}

/** @param {Element} node */
function layoutOf(node) {
  return [...node.classList].find((name) => /^pf-widget-(modal|bar|slideout|button|inline|folding|gate|subscription|form|message)/.test(name))?.slice(10) ?? "widget";
}

/** @param {Element} node */
function blockName(node) {
  const [trigger, block] = [node.getAttribute("data-pftrigger"), node.getAttribute("data-pfrecommend") ?? node.getAttribute("data-pfblock")];
  const what = trigger ?? block ?? node.getAttribute("data-pfgroup") ?? "inline block";
  return `${what} · ${node.hasAttribute("data-pfmodified") ? "shown" : "not shown"}`;
}

/** @param {[Element, string]} pair */
function frameOf([target, name]) {
  const { left, top, width, height } = target.getBoundingClientRect();
  if (!width && !height) return [];
  const frame = element("div", { class: "edge" }, element("span", {}, name));
  for (const [property, value] of Object.entries({ left, top, width, height })) frame.style.setProperty(property, `${value}px`);
  return [frame];
}
