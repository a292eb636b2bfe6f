/** @import { ProfileView, Provenance } from "../types" */
/** @import { InPage } from "./profile_section.js" */
import { element } from "../dom.js";

/** A field, or an audience, that is asked after: why the page does not have it, as far as server and page can tell. */
export function createAbsenceLookup() {
  const field = element("input", { class: "field", placeholder: "field or audience", "aria-label": "Field or audience" });
  const answer = element("p", { class: "hint", role: "status" });
  /** @type {() => string} */
  let look = () => "";
  const say = () => {
    answer.textContent = look();
  };
  field.addEventListener("input", say);
  return {
    node: element("div", {}, element("div", { class: "bar" }, field), answer),
    /** @param {ProfileView} view @param {InPage} inPage @param {Provenance | null} provenance */
    use(view, inPage, provenance) {
      look = () => (field.value.trim() ? whyAbsent(field.value.trim(), view, inPage, provenance) : "");
      say();
    },
  };
}

/**
 * @param {string} name
 * @param {ProfileView} view
 * @param {InPage} inPage
 * @param {Provenance | null} provenance
 */
function whyAbsent(name, view, inPage, provenance) {
  const audience = view.audiences.find(({ slug }) => slug === name);
  if (audience) return whyNotIn(audience, inPage, provenance);
  if (inPage.user && name in inPage.user) return `The page has ${name}.`;
  if (!provenance) return `The page does not have ${name}; without an Understudy server it cannot be said why.`;
  const known = view.fields.some((field) => field.name === name);
  if (known && !provenance.public_fields.includes(name)) return `The profile has ${name}, but pages may not read it: add "${name}" to public_fields, under [profile] in understudy.toml.`;
  if (known) return `The profile has ${name} and pages may read it. The page's profile is older: have it loaded again.`;
  if (provenance.known.includes(name)) return `No event of this visitor has set ${name}. It is a field that events can fill: send one that does.`;
  return `${name} was never sent. Any key of an event becomes a field, so look for a spelling mistake, or send it.`;
}

/** @param {ProfileView["audiences"][number]} audience @param {InPage} inPage @param {Provenance | null} provenance */
function whyNotIn({ slug, member }, { segments }, provenance) {
  if (!member) return `The visitor is not in ${slug}: open it under Audiences to see which condition fails.`;
  if (segments?.includes(slug)) return `The page has ${slug}.`;
  if (provenance && !provenance.public_audiences.includes(slug)) return `The visitor is in ${slug}, but it is not public: write WITH is_public = true in its file.`;
  return `The visitor is in ${slug}. The page's profile is older: have it loaded again.`;
}
