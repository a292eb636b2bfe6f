/** @import { Connection, PageView, WorkspaceView } from "../types" */

/**
 * One thing that is not as it should be.
 * @typedef {{tone: "bad" | "wait" | "info", text: string, fix: string, code?: string}} Finding
 */

const OLDEST_MAJOR = 3;

/**
 * What is wrong with the installation, worked out from what is there, each with what to change. Nothing found is no promise:
 * what cannot be seen from a page is not said.
 * @param {PageView} page
 * @param {WorkspaceView | null} workspace
 * @param {Connection} connection
 * @returns {Finding[]}
 */
export function findingsOf(page, workspace, connection) {
  return [...tagFindings(page, workspace), ...profileFindings(page), ...pageFindings(page), ...serverFindings(workspace, connection)];
}

/** @param {PageView} page @param {string} account @returns {Finding[]} */
function stateFindings({ tag, failures, looking }, account) {
  if (tag.foreign) return [{ tone: "bad", text: `${tag.foreign}, not the tag.`, fix: "Another script of the page has taken the name. Rename that one's global." }];
  if (tag.state === "missing" && looking.names.length) {
    return [{ tone: "wait", text: `There is no tag under window.${looking.name}, but there is one under window.${looking.names[0]}.`, fix: "If that is its name on this site, look there: see below, under Looked at." }];
  }
  if (tag.state === "missing") return [{ tone: "bad", text: "There is no tag on this page.", fix: "Put the snippet first into the page's head.", code: snippetCommand() }];
  if (tag.state === "failed") return [{ tone: "bad", text: `The tag did not load: ${tag.reason}.`, fix: fixForFailure(failures.join(" "), account) }];
  if (tag.state === "waiting") return [{ tone: "wait", text: "The snippet has run; its script has not come yet.", fix: "Wait, or look under Activity for the request that is still open." }];
  return [];
}

/** @param {PageView} page @param {WorkspaceView | null} workspace @returns {Finding[]} */
function tagFindings(page, workspace) {
  const { tag, sdk } = page;
  const account = workspace?.account ?? "";
  const found = stateFindings(page, account);
  if (tag.version && Number.parseInt(tag.version, 10) < OLDEST_MAJOR) {
    found.push({ tone: "bad", text: `The tag's version ${tag.version} is deprecated.`, fix: "Install the present snippet.", code: snippetCommand() });
  }
  if (tag.twice) found.push({ tone: "bad", text: "The page has the tag more than once.", fix: "Remove all snippets but one: look at the page's source, the tag manager and plugins of the content system." });
  if (tag.account && account && tag.account !== account) {
    found.push({ tone: "bad", text: `The page's tag is of the account ${tag.account}; this workspace serves ${account}.`, fix: `Write account = "${tag.account}" in understudy.toml, or the other id in the snippet.` });
  }
  if (tag.consent === false) found.push({ tone: "wait", text: "The tag waits for consent: it sends and stores nothing.", fix: "Let the page call jstag.consent(true), or pretend consent under Lab." });
  if (tag.state === "found" && !sdk.loaded) found.push({ tone: "wait", text: "The widget SDK is not loaded.", fix: "It comes with pathfora.install, and only when something is published. See Activity." });
  if (sdk.loaded && !sdk.explains) found.push({ tone: "info", text: "This widget SDK gives no reasons.", fix: "Have the page load the SDK of this server to see why a widget did not show." });
  return found;
}

/** @param {PageView} page @returns {Finding[]} */
function profileFindings({ tag, visitor }) {
  if (tag.state !== "found" || visitor.entity === "loaded" || tag.consent === false) return [];
  const text = visitor.entity === "unknown" ? "The profile came without a user: widgets for an audience wait." : "The visitor's profile has not been loaded.";
  return [{ tone: "wait", text, fix: "See the request for the profile under Activity. With entity.preload off the page has to call jstag.loadEntity()." }];
}

/** @param {PageView} page @returns {Finding[]} */
function pageFindings({ failures, frames, frame, framesWithTag, looking }) {
  const blocked = failures.filter((text) => text.includes("page's policy"));
  const lost = failures.filter((text) => !blocked.includes(text) && !text.includes("/api/tag/"));
  /** @type {Finding[]} */
  const found = [
    ...blocked.map((text) => ({ tone: /** @type {const} */ ("bad"), text: `${text}.`, fix: `Allow it in the directive named in brackets of the page's Content-Security-Policy.` })),
    ...lost.map((text) => ({ tone: /** @type {const} */ ("bad"), text: `${text}.`, fix: "Open the address: a 404 is a wrong path. If it opens, an extension of the browser may block it." })),
  ];
  if (looking.names.length > 1) {
    found.push({ tone: "bad", text: `The page has more than one tag: ${looking.names.map((name) => `window.${name}`).join(", ")}.`, fix: "Each counts page views and visitors of its own. Remove all but one, or choose below which one to look at." });
  }
  if (framesWithTag.length) found.push({ tone: "wait", text: `A frame of this page has a tag too: ${framesWithTag.join(", ")}.`, fix: "Each counts page views of its own. Remove the tag from pages that are only shown in frames, or choose the frame below to look at its tag. Calls of frames that this server serves are under Activity." });
  else if (frame === "frame") found.push({ tone: "info", text: "This page is in a frame.", fix: "Tags in frames count page views of their own." });
  else if (frames) found.push({ tone: "info", text: `The page has ${frames} ${frames === 1 ? "frame" : "frames"}, which this panel does not look into.`, fix: "Open a frame's page by itself to look at a tag in it." });
  return found;
}

/** @param {WorkspaceView | null} workspace @param {Connection} connection @returns {Finding[]} */
function serverFindings(workspace, connection) {
  /** @type {Finding[]} */
  const found = (workspace?.problems ?? []).map(({ path, line, message, hint }) => ({ tone: "bad", text: `${path}${line ? `:${line}` : ""}: ${message}`, fix: hint || "The last good version is still being served." }));
  if (connection === "blocked") found.push({ tone: "bad", text: "The page's policy blocks live updates.", fix: "Allow connect-src 'self'." });
  if (connection === "lost") found.push({ tone: "wait", text: "The server does not answer.", fix: "Is it still running? This page reconnects by itself." });
  return found;
}

/** @param {string} failures @param {string} account */
function fixForFailure(failures, account) {
  if (failures.includes("page's policy")) return "The page's policy blocks it: allow the tag's host in script-src.";
  return `Open its address: a 404 names the account or the path as wrong${account ? ` (here the account is ${account})` : ""}; if it opens, an extension of the browser blocks it.`;
}

function snippetCommand() {
  return "understudy snippet";
}
