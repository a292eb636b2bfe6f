/** @import { Overrides, Room } from "../types" */
import { button, chip, element, group } from "../dom.js";
import { brief } from "../tree.js";
import { createActing } from "./acting.js";
import { memberPatch } from "./remedies.js";

/**
 * Pretending within the visitor's profile, in this tab: audiences, fields, consent. The server's profile stays as it is.
 * @param {Room} room
 */
export function createOverridesPart(room) {
  const { error, act } = createActing();
  const state = element("ul", { class: "plain" });
  const slugs = element("datalist", { id: "slugs" });
  const audience = element("input", { class: "field", list: "slugs", "aria-label": "Audience", placeholder: "audience" });
  const name = element("input", { class: "field", "aria-label": "Field's name", placeholder: "field" });
  const value = element("input", { class: "field", "aria-label": "Field's value", placeholder: "value, or JSON" });
  const override = (/** @type {(now: Overrides) => Partial<Overrides>} */ patch) =>
    act(async () => room.source.ask("override", patch(await room.source.ask("overrides"))));
  const refuse = (/** @type {string} */ text) => act(() => Promise.reject(new Error(text)));
  const pretend = (/** @type {boolean} */ inside) => {
    const slug = audience.value.trim();
    if (!slug) return refuse("Name an audience first.");
    override((now) => memberPatch(now, slug, inside));
    audience.value = "";
  };
  const setField = (/** @type {boolean} */ absent) => {
    const key = name.value.trim();
    const given = absent ? null : parsedValue(value.value);
    if (!key) return refuse("Name a field first.");
    override(({ fields }) => ({ fields: { ...fields, [key]: given } }));
    name.value = value.value = "";
  };
  const referrer = element("input", { class: "field", "aria-label": "Referrer", placeholder: "https://search.example/" });
  const address = element("input", { class: "field", "aria-label": "Address of the page", placeholder: "/sale?utm_source=mail" });
  const beThere = () => override(() => ({ address: address.value.trim() || null }));
  const comeFrom = () => {
    const from = referrer.value.trim();
    if (from && !URL.canParse(from)) return refuse(`"${from}" is no address that somebody could come from. Write it whole, as https://search.example/, or leave it empty for nowhere.`);
    override(() => ({ referrer: from }));
  };
  const consent = (/** @type {boolean | null} */ given) => override(() => ({ consent: given }));
  return {
    node: group(
      "Pretend",
      element("p", { class: "hint" }, "In this tab: the page is told another profile than the server has."),
      slugs,
      element("div", { class: "bar" }, audience, button("plain-button", "In it", () => pretend(true)), button("plain-button", "Not in it", () => pretend(false))),
      element("div", { class: "bar" }, name, value, button("plain-button", "Set", () => setField(false)), button("plain-button", "Absent", () => setField(true))),
      element("div", { class: "bar" }, referrer, button("plain-button", "Come from there", comeFrom)),
      element("div", { class: "bar" }, address, button("plain-button", "Be there", beThere)),
      element("div", { class: "bar wrap" }, button("plain-button", "Consent given", () => consent(true)), button("plain-button", "Consent withheld", () => consent(false))),
      state,
      error,
    ),
    async refresh() {
      const [now, workspace] = await Promise.all([room.source.ask("overrides"), room.server.workspace().catch(() => null)]);
      slugs.replaceChildren(...(workspace?.audiences ?? []).map(({ slug }) => element("option", { value: slug })));
      state.replaceChildren(...lines(now).map(([text, patch]) => {
        const undo = button("icon-button", "×", () => override(patch));
        undo.setAttribute("aria-label", `No longer: ${text}`);
        return element("li", { class: "head" }, chip("info", "pretended"), element("span", { class: "title" }, text), undo);
      }));
    },
  };
}

/** @param {Overrides} now @returns {[string, (now: Overrides) => Partial<Overrides>][]} each with its undoing */
function lines({ enter, leave, fields, consent, referrer, address }) {
  return [
    ...enter.map((slug) => entry(`in ${slug}`, (now) => memberPatch(now, slug, null))),
    ...leave.map((slug) => entry(`not in ${slug}`, (now) => memberPatch(now, slug, null))),
    ...Object.entries(fields).map(([name, value]) => entry(value === null ? `${name} is absent` : `${name} is ${brief(value)}`, ({ fields: all }) => ({ fields: fieldsWithout(all, name) }))),
    ...(consent === null ? [] : [entry(consent ? "consent given" : "consent withheld", () => ({ consent: null }))]),
    ...(referrer === null ? [] : [entry(referrer ? `from ${referrer}, from the next load on` : "from nowhere, from the next load on", () => ({ referrer: null }))]),
    ...(address === null ? [] : [entry(`at ${address}, which a reload asks the server for`, () => ({ address: null }))]),
  ];
}

/** @type {(text: string, patch: (now: Overrides) => Partial<Overrides>) => [string, (now: Overrides) => Partial<Overrides>]} */
function entry(text, patch) {
  return [text, patch];
}

/** @param {Record<string, unknown>} fields @param {string} name */
function fieldsWithout(fields, name) {
  return Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
}

/** What is JSON is taken as that, else it is text. @param {string} text @returns {unknown} */
function parsedValue(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
