/** @import { Server } from "../types" */
/** @import { Story } from "./stories.js" */
import { copyButton } from "../copying.js";
import { chip, element, nothing } from "../dom.js";
import { brief, tree } from "../tree.js";

/**
 * All that is known of a story.
 * @param {Story} story
 * @param {Server} server
 * @returns {Promise<HTMLElement>}
 */
export async function storyDetails(story, server) {
  if (story.kind === "event") return eventDetails(story.message, server);
  if (story.kind === "webhook") return element("div", {}, tree("webhook", await deliveryOf(story.message, server), true));
  if (story.kind === "moved") return element("div", {}, audiences(story.message), tree("identities", Object.fromEntries(story.message.identities)));
  return element("div", {}, tree("message", story.message, true));
}

/** @param {any} stored @param {Server} server */
async function eventDetails(stored, server) {
  const uid = stored.uid ?? stored.data["_uid"];
  const told = await server.get(`story?${new URLSearchParams({ uid: uid ?? "", event_id: String(stored.event_id) })}`).catch(() => null);
  const { raw, received, webhooks } = /** @type {{raw?: string, received?: number, webhooks?: object[]}} */ (told ?? {});
  return element(
    "div", {},
    element("h3", {}, "As it came"),
    raw ? element("p", { class: "mono wire" }, raw) : nothing("What came over the wire is not kept for this event."),
    received ? element("p", { class: "hint" }, `Received ${new Date(received).toISOString()} in stream ${stored.stream}. `, copyButton("Copy", () => raw ?? "")) : "",
    element("h3", {}, "The event"),
    tree("data", stored.data, true),
    element("h3", {}, "What it changed"),
    changes(stored.changed ?? {}),
    element("h3", {}, "Audiences"),
    audiences(stored),
    element("h3", {}, "Webhooks until the visitor's next event"),
    webhooks?.length ? element("div", {}, ...webhooks.map((one) => tree(webhookName(one), one))) : nothing("None."),
  );
}

/** @param {any} delivery */
function webhookName({ job, outcome, status }) {
  return `${job}: ${outcome}${status ? `, ${status}` : ""}`;
}

/** The whole of a delivery that a message only outlines. @param {any} message @param {Server} server */
async function deliveryOf(message, server) {
  const query = new URLSearchParams({ job: message.job, limit: "1000" });
  const { deliveries } = /** @type {{deliveries: {number: number}[]}} */ (await server.get(`webhooks?${query}`));
  return deliveries.find(({ number }) => number === message.number) ?? message;
}

/** @param {Record<string, [unknown, unknown]>} changed */
function changes(changed) {
  const names = Object.keys(changed);
  if (!names.length) return nothing("No field.");
  const cells = names.flatMap((name) => [element("dt", {}, name), element("dd", {}, `${brief(changed[name]?.[0])} → ${brief(changed[name]?.[1])}`)]);
  return element("dl", { class: "rows" }, ...cells);
}

/** @param {{entered?: string[], left?: string[]}} moves */
function audiences({ entered = [], left = [] }) {
  if (!entered.length && !left.length) return nothing("No audience entered or left.");
  const items = [...entered.map((slug) => chip("good", `entered ${slug}`)), ...left.map((slug) => chip("off", `left ${slug}`))];
  return element("ul", { class: "chips" }, ...items.map((item) => element("li", {}, item)));
}
