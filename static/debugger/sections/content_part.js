/** @import { Room } from "../types" */
import { element, nothing } from "../dom.js";
import { tree } from "../tree.js";
import { createActing } from "./acting.js";
import { folded } from "./kept.js";

/** @typedef {{document: Record<string, unknown> | null, recommended: Record<string, any>[]}} ContentView */

/**
 * How this page is classified, and what would be recommended to this visitor: asked when it is opened.
 * @param {Room} room
 */
export function contentPart(room) {
  return folded(element("summary", {}, "Content of this page and recommendations"), () => {
    const { error, act } = createActing();
    const body = element("div", {});
    act(async () => {
      const { address, visitor } = await room.source.ask("page");
      const query = new URLSearchParams({ url: address, uid: visitor.uid ?? "" });
      body.replaceChildren(...contentView(/** @type {ContentView} */ (await room.server.get(`content?${query}`))));
    });
    return element("div", {}, body, error);
  });
}

/** @param {ContentView} view */
function contentView({ document: known, recommended }) {
  const items = recommended.map((one) => element("li", {}, tree(`${one["title"] || one["url"]}${one["confidence"] === undefined ? "" : ` · ${one["confidence"]}`}`, one, false)));
  return [
    known ? tree("This page", known, false) : nothing("This page is not classified: it is in no file of the workspace's content folder, and none of its own pages."),
    element("h4", {}, "Recommended to this visitor, best first"),
    items.length ? element("ul", { class: "plain" }, ...items) : nothing("Nothing: there is no content to recommend, or all has been read."),
  ];
}
