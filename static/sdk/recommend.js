/** @import { Condition, Feature, Widget } from "./types" */
import { awaitAccount } from "./account.js";
import { dated, fillPart, toContent } from "./content.js";
import { make } from "./dom.js";
import { ask } from "./features.js";
import { refusal } from "./log.js";
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
    if (!wanted || !Object.keys(wanted)[0]) return next();
    awaitAccount(widget, next, () => {
      refuseOthers(widget);
      traceWait(widget, "recommend");
      recommendContent(parts.pathfora.acctid, wanted, id, ([found]) => {
        if (found) widget.content = [toContent(found)];
        next(widget.content?.[0] ? undefined : refusal("Could not get recommendation and no default defined"));
      });
    });
  },
  check: (_value, { recommend: wanted, content }) => wanted && [true, content?.[0]?.url],
  opened: (_value, live) => {
    const { layout, recommend: wanted } = live.widget;
    if (layout !== "inline" && !(wanted && layout === "modal")) return;
    const stack = () => live.node?.querySelector(".pf-content-unit")?.classList.toggle("stack", live.node.offsetWidth < 650);
    stack();
    addEventListener("resize", stack);
    return () => removeEventListener("resize", stack);
  },
};

/**
 * A description of at most so many characters, cut between words; a negative limit is none.
 * @param {string} text
 * @param {number} limit
 */
function shortened(text, limit) {
  return limit >= 0 && text.length > limit ? `${text.slice(0, limit).replace(/ [^ ]*$/, "")}...` : text;
}

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
  const info = [display.author === true && author && `by ${author}`, display.date === true && date && dated(date, display)];
  /** @param {"div" | "h4" | "span" | "p"} tag @param {string} name @param {string} type @param {any} value */
  const part = (tag, name, type, value) => value && display[type] !== false && fillPart(make(tag, name && `pf-content-unit-${name}`), type, value);
  const meta = [
    part("h4", "", "title", title),
    part("span", "info", "", info.filter(Boolean).join(" | ")),
    part("p", "", "description", shortened(description, display.descriptionLimit ?? (layout === "modal" ? 220 : 160))),
  ];
  fillPart(unit, "url", url).append(part("div", "img", "image", image) || "", make("div", "pf-content-unit-meta", {}, meta));
}

/** @type {Feature} */
export const recommending = { api: () => ({ recommendContent }), dress: showContent };
