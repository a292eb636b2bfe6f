import { styleSheet } from "../styles.js";

/**
 * The panel in a window of its own, where nothing of the page covers it. It stays this page's panel: when the page goes, the window
 * closes with it, and when the window is closed the panel is back in the page.
 * @param {HTMLElement} panel
 * @param {ShadowRoot} home
 * @param {() => void} back called when the panel has come home
 */
export function createDetaching(panel, home, back) {
  /** @type {Window | null} */
  let away = null;
  const comeHome = () => {
    if (!away) return;
    const closing = away;
    away = null;
    panel.classList.remove("detached");
    home.append(document.adoptNode(panel));
    closing.close();
    back();
  };
  window.addEventListener("pagehide", () => away?.close());
  return {
    isAway: () => away !== null,
    comeHome,
    /** Answers whether the browser allowed it. */
    leave() {
      const opened = window.open("", "understudy-panel", "popup,width=520,height=860");
      if (!opened) return false;
      away = opened;
      const target = opened.document;
      target.title = `Understudy: ${document.title}`;
      target.documentElement.lang = "en";
      target.body.replaceChildren();
      target.body.style.setProperty("margin", "0");
      const host = target.createElement("understudy-debugger");
      const root = host.attachShadow({ mode: "open" });
      // A sheet can be adopted only by the document of the window that made it.
      root.adoptedStyleSheets = [styleSheet(/** @type {any} */ (opened).CSSStyleSheet)];
      target.body.append(host);
      panel.classList.add("detached");
      root.append(target.adoptNode(panel));
      opened.addEventListener("pagehide", comeHome);
      return true;
    },
  };
}
