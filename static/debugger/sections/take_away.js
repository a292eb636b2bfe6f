/** @import { Overrides, Room } from "../types" */
/** @import { ExperienceRow } from "./experience_rows.js" */
import { copyButton } from "../copying.js";
import { element } from "../dom.js";
import { asTest } from "./as_test.js";
import { folded } from "./kept.js";

/** How long a link is good for. */
const LINK_MS = 24 * 60 * 60 * 1000;

/**
 * What there is to hand to somebody else: a link to this page as this visitor with this widget in view, and a test.
 * @param {Room} room
 * @param {ExperienceRow} row
 */
export function takeAway(room, row) {
  const link = async () => {
    const url = new URL(await addressNow(room));
    const wishes = { open: "personalization", find: row.id, until: String(Date.now() + LINK_MS) };
    for (const [name, value] of Object.entries(wishes)) url.searchParams.set(`understudy-${name}`, value);
    return url.href;
  };
  return folded(
    element("summary", {}, "Link and test"),
    () => element(
      "div", {},
      element("p", { class: "hint" }, "For others who have this server: the page, who the visitor is, and what is pretended. The link is good for a day."),
      element("div", { class: "bar wrap" }, copyButton("Copy link to this", link), ...(row.decision ? [copyButton("Copy as a test", async () => asTest(row, await addressNow(room)))] : [])),
    ),
  );
}

/** This page, as whom it is visited, and with what is pretended. @param {Room} room */
async function addressNow({ source }) {
  const [{ address }, { id }, overrides] = await Promise.all([source.ask("page"), source.ask("persona"), source.ask("overrides")]);
  const url = new URL(address);
  if (id) url.searchParams.set("understudy-persona", id);
  const pretended = statedOf(overrides);
  if (pretended) url.searchParams.set("understudy-pretend", pretended);
  return url.href;
}

/** What is pretended, without all that is as it is. @param {Overrides} overrides */
function statedOf(overrides) {
  const stated = Object.entries(overrides).filter(([, value]) => value !== null && Object.keys(Object(value)).length + Number(typeof value !== "object") > 0);
  return stated.length ? JSON.stringify(Object.fromEntries(stated)) : "";
}
