/** @import { PanelMaker, Room, Shell } from "./types" */
import { createBadge } from "./badge.js";
import { element } from "./dom.js";
import { mark } from "./mark.js";
import { remembered } from "./memory.js";

export const KEYS = "Alt+Shift+U";
/** What the panel remembers, for this tab only: the section it is open at; written only when a person opens or closes it. */
export const OPENED = "panel";

/**
 * All of the panel that a page has before it is opened for the first time: a button, the keys, and the badge. The panel itself is
 * a script that is loaded then.
 * @param {Room} room
 * @param {ReturnType<typeof import("./page/host.js").createHost>} place
 * @param {() => Promise<PanelMaker>} fetchMaker
 * @param {(refusal: string) => void} refuse says why it cannot be opened; with an empty text, that it can
 */
export function createLauncher(room, place, fetchMaker, refuse) {
  const badge = createBadge(room);
  const named = { "aria-label": "Open the Understudy debugger", title: `Understudy debugger (${KEYS})` };
  const launcher = element("button", { type: "button", class: "launcher", ...named }, mark());
  /** @type {Shell | null} */
  let shell = null;
  let loading = false;

  const withShell = async (/** @type {(shell: Shell) => void} */ use) => {
    if (shell) return use(shell);
    if (loading) return;
    loading = true;
    try {
      const make = await fetchMaker();
      shell = make(room, place, { launcher, badge });
      refuse("");
      use(shell);
    } catch (error) {
      launcher.hidden = false;
      refuse(error instanceof Error ? error.message : String(error));
    } finally {
      loading = false;
    }
  };
  const toggle = () => void withShell(({ toggle }) => toggle());
  launcher.addEventListener("click", toggle);
  window.addEventListener("keydown", (event) => {
    if (event.code !== "KeyU" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    toggle();
  }, true);
  place.root.append(launcher, badge.badge);
  void begin().catch(reportError);

  async function begin() {
    const { open: wanted } = await room.source.ask("launch");
    const opened = wanted || remembered("sessionStorage", OPENED);
    if (opened === null) return;
    launcher.hidden = true; // until the panel is there, or cannot be
    void withShell(({ open }) => open(opened));
  }
}
