/** @import { Room } from "../types" */
import { element } from "../dom.js";
import { remember, remembered } from "../memory.js";

/** How each editor is asked to open a file at a line. @type {Record<string, (path: string, line: number) => string>} */
const EDITORS = {
  "VS Code": (path, line) => `vscode://file${path}:${line}`,
  Cursor: (path, line) => `cursor://file${path}:${line}`,
  Zed: (path, line) => `zed://file${path}:${line}`,
  JetBrains: (path, line) => `idea://open?file=${path}&line=${line}`,
  Sublime: (path, line) => `subl://open?url=file://${path}&line=${line}`,
};

/**
 * The file of a widget: its text with the line that the verdict is about, and a link that opens it there in an editor.
 * @param {Room} room
 * @param {string} file within the workspace
 * @param {string} word that the line begins with, such as a display condition
 */
export function sourceLink(room, file, word) {
  const body = element("div", {});
  const node = element("details", { class: "branch" }, element("summary", {}, file), body);
  node.addEventListener("toggle", async () => {
    if (!node.open || body.hasChildNodes()) return;
    try {
      const { path, text } = /** @type {{path: string, text: string}} */ (await room.server.get(`source?file=${encodeURIComponent(file)}`));
      body.replaceChildren(...sourceView(path, text, lineOf(text, word)));
    } catch (error) {
      body.replaceChildren(element("p", { class: "error" }, error instanceof Error ? error.message : String(error)));
    }
  });
  return node;
}

/** @param {string} path @param {string} text @param {number} line */
function sourceView(path, text, line) {
  const link = element("a", { class: "link" }, `Open at line ${line}`);
  const editor = element("select", { class: "field", "aria-label": "Editor" }, ...Object.keys(EDITORS).map((name) => element("option", {}, name)));
  editor.value = remembered("localStorage", "editor") ?? "VS Code";
  const aim = () => (link.href = EDITORS[editor.value]?.(encodeURI(path), line) ?? "");
  editor.addEventListener("change", () => {
    remember("localStorage", "editor", editor.value);
    aim();
  });
  aim();
  const lines = text.split("\n").map((one, index) => element("span", { class: index + 1 === line ? "line at" : "line" }, `${String(index + 1).padStart(3)}  ${one}\n`));
  return [element("div", { class: "bar" }, link, editor), element("pre", { class: "source", tabindex: "0", "aria-label": path }, ...lines)];
}

/**
 * The line on which a key is, else the first.
 * @param {string} text
 * @param {string} word
 */
export function lineOf(text, word) {
  const at = text.split("\n").findIndex((line) => new RegExp(`^\\s*["']?${word}["']?\\s*:`).test(line));
  return at < 0 ? 1 : at + 1;
}
