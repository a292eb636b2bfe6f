/** @import { Content } from "./content.js" */
/** @import { Condition, Feature, Widget } from "./types" */
import { awaitAccount } from "./account.js";
import { dated, fillPart, toContent } from "./content.js";
import { make } from "./dom.js";
import { refusal } from "./log.js";
import { recommendContent } from "./recommend_content.js";
import { parts } from "./state.js";
import { traceWait } from "./trace.js";

/**
 * What keeps a widget from having a recommendation (widgets.md 4.8).
 * @param {Widget} widget
 */
function obstacle({ type, layout, content }) {
  const unsupported = type === "message" ? !/^(slideout|modal|inline)$/.test(layout) && "layout" : "widget type";
  if (unsupported) return `Unsupported ${unsupported} for content recommendation`;
  return content?.[0] && !content[0].default && "Cannot define recommended content unless it is a default";
}

/** A document for this visitor in a message. An empty `recommend` shows `content` without asking. @type {Condition} */
export const recommend = {
  name: "recommend",
  always: true,
  prepare: ({ widget }, next) => {
    const { recommend: wanted, id } = widget;
    if (!Object.keys(wanted ?? {}).length) {
      next();
      return;
    }
    awaitAccount(widget, next, () => {
      const fault = obstacle(widget);
      if (fault) {
        next(refusal(fault));
        return;
      }
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
 * @param {Content} content
 * @param {Record<string, any>} display
 */
function infoOf({ author, date }, display) {
  return [display.author === true && author && `by ${author}`, display.date === true && date && dated(date, display)].filter(Boolean).join(" | ");
}

/**
 * Fill a message's anchor with the first document (widgets.md 5.6).
 * @param {HTMLElement} node
 * @param {Widget} widget
 */
function showContent(node, { recommend: wanted, content, layout }) {
  const unit = /** @type {HTMLElement | null} */ (node.querySelector(".pf-content-unit"));
  if (!unit || !wanted || !content?.[0]) return;
  const { display = {} } = wanted;
  const { title, description = "", image, url } = content[0];
  const meta = make("div", "pf-content-unit-meta");
  /** @param {HTMLElement} parent @param {HTMLElement} part @param {string} type @param {unknown} value */
  const add = (parent, part, type, value) => {
    if (!value || display[type] === false) return;
    fillPart(part, type, value);
    parent.append(part);
  };
  fillPart(unit, "url", url);
  add(unit, make("div", "pf-content-unit-img"), "image", image);
  unit.append(meta);
  add(meta, make("h4", ""), "title", title);
  add(meta, make("span", "pf-content-unit-info"), "", infoOf(content[0], display));
  add(meta, make("p", ""), "description", shortened(description, display.descriptionLimit ?? (layout === "modal" ? 220 : 160)));
}

/** @type {Feature} */
export const recommending = { api: () => ({ recommendContent }), dress: showContent };
