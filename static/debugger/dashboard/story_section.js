/** @import { Section } from "../types" */
/** @import { Story } from "./stories.js" */
import { button, chip, clockTime, element, nothing } from "../dom.js";
import { storyDetails } from "./story_details.js";

/** @type {Record<Story["kind"], string>} */
const STORY_TONES = { event: "info", moved: "wait", webhook: "good", world: "off" };

/**
 * The server's half: events as they came, what they changed, whom time moved, what was sent to whom.
 * @param {ReturnType<typeof import("./stories.js").createStories>} stories
 * @param {() => string | null} visitor of the page that is chosen
 * @returns {Section}
 */
export function createStorySection(stories, visitor) {
  return {
    id: "server",
    label: "Server",
    topics: ["receipt", "server", "persona"],
    build(room) {
      const filter = element("input", { class: "field", type: "search", "aria-label": "Filter what the server did", placeholder: "Text in title, visitor or data" });
      const own = element("input", { type: "checkbox" });
      const list = element("ul", { class: "log" });
      const count = element("p", { class: "hint", role: "status" });
      /** @type {Map<string, {story: Story, node: HTMLElement}>} */
      let known = new Map();

      const draw = () => {
        const shown = stories.all().filter((story) => passes(story, filter.value.toLowerCase(), own.checked ? visitor() : null));
        known = new Map(shown.map((story) => [story.key, known.get(story.key)?.story === story ? /** @type {any} */ (known.get(story.key)) : { story, node: item(story, room.server) }]));
        const nodes = [...known.values()].map(({ node }) => node);
        if (nodes.length !== list.childElementCount || nodes.some((node, at) => node !== list.children[at])) list.replaceChildren(...nodes);
        count.textContent = `${shown.length} of ${stories.total()} since the dashboard was opened; the newest ${stories.limit} are kept.`;
        empty.hidden = shown.length > 0;
      };
      const empty = nothing("Nothing yet. Whatever pages send and time changes appears here.");
      const clear = button("plain-button", "Clear", () => {
        stories.clear();
        draw();
      });
      filter.addEventListener("input", draw);
      own.addEventListener("change", draw);
      const node = element("div", {}, element("div", { class: "bar" }, filter, clear), element("label", { class: "check" }, own, "Only the visitor of the chosen page"), count, empty, list);
      return { node, refresh: draw };
    },
  };
}

/** @param {Story} story @param {string} wanted @param {string | null} uid */
function passes({ title, about, message }, wanted, uid) {
  if (uid !== null && about.length && !about.includes(uid)) return false;
  return !wanted || `${title} ${JSON.stringify(message)}`.toLowerCase().includes(wanted);
}

/** @param {Story} story @param {import("../types").Server} server */
function item(story, server) {
  const { message } = story;
  const moves = [...(message.entered ?? []).map((/** @type {string} */ slug) => chip("good", `+ ${slug}`)), ...(message.left ?? []).map((/** @type {string} */ slug) => chip("off", `− ${slug}`))];
  const changed = Object.keys(message.changed ?? {}).length;
  const marks = [...(story.kind === "event" && changed ? [chip("off", changed === 1 ? "1 field" : `${changed} fields`)] : []), ...moves, chip(STORY_TONES[story.kind], story.kind)];
  const title = element("span", { class: "title" }, story.title, story.about[0] ? element("span", { class: "hint" }, ` ${story.about[0]}`) : "");
  const details = element("details", { class: "event story" }, element("summary", {}, element("time", {}, clockTime(story.time)), title, element("span", { class: "marks" }, ...marks)));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.childElementCount > 1) return;
    const body = await storyDetails(story, server).catch((error) => element("p", { class: "error" }, String(error.message)));
    if (details.childElementCount === 1) details.append(body);
  });
  return element("li", {}, details);
}
