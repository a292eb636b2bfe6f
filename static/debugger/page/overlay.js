/** @import { Problem } from "../types" */
import { button, element } from "../dom.js";

/** A card in the page that lists what is wrong with the workspace's files, until it is fixed or put away. */
export function createOverlay() {
  const node = element("div", { class: "overlay", role: "alert", hidden: "" });
  /** @type {Problem[]} */
  let problems = [];
  let note = "";
  let dismissed = "";

  const draw = () => {
    const text = JSON.stringify([problems, note]);
    node.hidden = (!problems.length && !note) || text === dismissed;
    node.replaceChildren();
    if (node.hidden) return;
    const close = button("icon-button", "×", () => {
      dismissed = text;
      node.hidden = true;
    });
    close.setAttribute("aria-label", "Dismiss");
    const title = element("strong", { class: "title" }, titleOf(problems.length));
    node.append(element("div", { class: "head" }, title, close));
    if (problems.length) node.append(element("ul", { class: "plain" }, ...problems.map(item)), served());
    if (note) node.append(element("p", {}, note));
  };
  return {
    node,
    /** @param {Problem[]} found */
    show(found) {
      problems = found;
      draw();
    },
    /**
     * Say what went wrong in this page; an empty text takes it back.
     * @param {string} text
     */
    note(text) {
      note = text;
      draw();
    },
  };
}

function served() {
  return element("p", { class: "hint" }, "The last good version is still being served.");
}

/** @param {number} count */
function titleOf(count) {
  if (count === 0) return "This page could not be updated";
  return count === 1 ? "A file has a problem" : `${count} problems in files`;
}

/** @param {Problem} problem */
function item(problem) {
  const where = problem.line ? `${problem.path}:${problem.line}:${problem.column}` : problem.path;
  return element(
    "li", {},
    element("code", {}, where),
    element("p", {}, problem.message),
    problem.hint ? element("p", { class: "hint" }, problem.hint) : null,
  );
}
