/** @import { Connection, LiveMessage, Room } from "../types" */
import { createBadge } from "../badge.js";
import { element } from "../dom.js";
import { createFrame } from "../frame.js";
import { listenLive } from "../page/live_stream.js";
import { wakePages } from "../page/wake.js";
import { allSections } from "../sections/all.js";
import { createServer } from "../server_api.js";
import { createSignal } from "../signal.js";
import { styleSheet } from "../styles.js";
import { createChosenPage } from "./chosen_page.js";
import { dashboardSheet } from "./dashboard_styles.js";
import { pageList } from "./page_list.js";
import { createStories } from "./stories.js";
import { createStorySection } from "./story_section.js";

/** Build the dashboard, and follow this world's pages. */
export function startDashboard() {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const signal = createSignal();
  const server = createServer(new URL("./", script.src).href, signal);
  const stories = createStories();
  /** @type {Connection} */
  let connection = "connecting";
  const list = element("div", {});
  const dot = element("span", { class: "dot", role: "img", "aria-label": "Live updates: connecting" });
  const draw = () => list.replaceChildren(pageList(pages.pages(), pages.chosen(), pages.choose));
  const pages = createChosenPage(server, signal, draw);
  /** @type {Room} */
  const room = { signal, server, source: pages.source, connection: () => connection };
  const renew = () => void pages.renew().catch(reportError);
  const sections = [createStorySection(stories, () => pages.chosen()?.view?.visitor.uid ?? null), ...allSections];
  showDashboard(createFrame(room, sections), list, dot, createBadge(room).strip);
  wakePages();
  const handle = (/** @type {LiveMessage & {page?: string, topics?: any[], ticket?: string}} */ message) => {
    if (message.type === "pages" || message.type === "missed") renew();
    if (message.type === "answered") pages.answered(/** @type {any} */ (message));
    if (message.type === "changed") pages.changed(message.page ?? "", message.topics ?? []);
    if (/^(experiences|audiences|personas|problems|missed)$/.test(message.type)) server.renew();
    if (stories.add(message)) signal.fire("receipt");
    if (message.type === "clock" || message.type === "faults") signal.fire("server");
  };
  listenLive(server.stream, { dashboard: "1" }, script.dataset["since"] ?? "", handle, (state) => {
    connection = state;
    dot.className = `dot ${state}`;
    dot.setAttribute("aria-label", `Live updates: ${state}`);
    signal.fire("connection");
    if (state !== "connected") return;
    pages.reconnected();
    renew();
  });
}

/** @param {ReturnType<typeof import("../frame.js").createFrame>} frame @param {HTMLElement} list @param {HTMLElement} dot @param {HTMLElement} strip what the chosen page pretends */
function showDashboard(frame, list, dot, strip) {
  const host = document.createElement("understudy-dashboard");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styleSheet(), dashboardSheet()];
  const pages = element("section", { class: "pages", "aria-label": "Open pages" }, element("h2", {}, "Open pages ", dot), list);
  const side = element("section", { class: "side", "aria-label": "The chosen page" }, strip, frame.tabs, frame.bodies);
  root.append(element("div", { class: "dashboard" }, pages, side));
  document.getElementById("main")?.append(host);
  frame.choose("server");
  frame.setOpen(true);
}
