/** @import { Condition, Feature, Widget } from "./types" */
import { awaitAccount } from "./account.js";
import { dated, fillPart, toContent } from "./content.js";
import { make } from "./dom.js";
import { ask } from "./features.js";
import { refusal } from "./log.js";
import { hear } from "./page_events.js";
import { recommendContent } from "./recommend_content.js";
import { parts } from "./state.js";
import { traceWait } from "./trace.js";
import { RECOMMENDED, track } from "./tracking.js";

/**
 * Refuse what cannot have a recommendation (widgets.md 4.8).
 * @param {Widget} widget
 */
function refuseOthers({ type, layout, content }) {
  const unsupported = type === "message" ? !/^(slideout|modal|inline)$/.test(layout) && "layout" : "widget type";
  if (unsupported) throw refusal(`Unsupported ${unsupported} for content recommendation`);
  if (content?.[0] && !content[0].default) throw refusal("Cannot define recommended content unless it is a default");
}

/** A document for this visitor in a message. An empty `recommend` shows `content` without asking. @type {Condition} */
export const recommend = {
  name: "recommend",
  always: true,
  prepare: ({ widget }, next) => {
    const { recommend: wanted, id } = widget;
    if (!Object.keys(wanted ?? {})[0]) next();
    else {
      awaitAccount(widget, next, () => {
        refuseOthers(widget);
        traceWait(widget, "recommend");
        recommendContent(parts.pathfora.acctid, wanted, id, ([found]) => {
          if (found) widget.content = [toContent(found)];
          next(!widget.content?.[0] && refusal("Could not get recommendation and no default defined"));
        });
      });
    }
  },
  check: (_value, { recommend: wanted, content }) => wanted && [true, content?.[0]?.url],
  opened: (_value, live) => {
    const { layout, recommend: wanted } = live.widget;
    if (layout !== "inline" && !(wanted && layout === "modal")) return;
    const stack = () => {
      const node = /** @type {HTMLElement} */ (live.node);
      node.querySelector(".pf-content-unit")?.classList.toggle("stack", node.offsetWidth < 650);
    };
    stack();
    hear(live, "resize", stack);
  },
};

/**
 * Fill a message's anchor with the first document (widgets.md 5.6).
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
function showContent(node, widget) {
  const { recommend: wanted, content, layout, id } = widget;
  const unit = /** @type {HTMLElement | null} */ (node.querySelector(".pf-content-unit"));
  if (!unit || !wanted || !content?.[0]) return;
  // The visitor leaves by it, so nothing closes.
  unit.onclick = () => {
    track(widget, "confirm", RECOMMENDED);
    ask("count", id, "Confirm");
  };
  unit.onmouseenter = () => track(widget, "hover", RECOMMENDED);
  const { display = {} } = wanted;
  const { title, description = "", image, url, author, date } = content[0];
  const limit = display.descriptionLimit ?? (layout === "modal" ? 220 : 160);
  // A negative limit is none; words stay whole.
  const text = limit < 0 || !description[limit] ? description : `${description.slice(0, limit).replace(/ [^ ]*$/, "")}...`;
  const info = [display.author === true && author && `${display.by ?? "by"} ${author}`, display.date === true && dated(date, display)];
  /** @param {"div" | "h4" | "span" | "p"} tag @param {string} type @param {any} value @param {string} [name] */
  const part = (tag, type, value, name) => value && display[type] !== false && fillPart(make(tag, name ? `pf-content-unit-${name}` : ""), type, value);
  fillPart(unit, "url", url).append(
    part("div", "image", image, "img") || "",
    make("div", "pf-content-unit-meta", {}, [
      part("h4", "title", title),
      part("span", "info", info.filter(Boolean).join(" | "), "info"),
      part("p", "description", text),
    ]),
  );
}

/** @type {Feature} */
export const recommending = {
  api: () => ({ recommendContent }),
  dress: showContent,
  track: (payload, { recommend: wanted, content }) => {
    if (wanted && content?.[0]) payload["pf-widget-content"] = content[0];
  },
};
