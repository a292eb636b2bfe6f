/** @import { Condition } from "../types" */

/** Some `<meta>` of the page has all attributes of some rule (widgets.md 3.11). @type {Condition} */
export const metaContains = {
  name: "metaContains",
  check: (required) => {
    const tags = [...document.querySelectorAll("meta")];
    const rules = (Array.isArray(required) ? required : []).map(Object.entries).filter((rule) => rule.length);
    const pass = rules.some((rule) => tags.some((tag) => rule.every(([name, value]) => tag.getAttribute(name) === value)));
    return [pass];
  },
};
