/** What a page has of ours while the panel has never been opened: the host, the launcher, the badge, the card of problems, outlines. Important
 * rules on the host win over any of the page's. */
export const hostStyles = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: auto 0 0 auto !important;
  width: 0 !important;
  height: 0 !important;
  z-index: 2147483647 !important;
  overflow: visible !important;
  color-scheme: light dark !important;
  --ground: #ffffff; --raised: #f6f7f9; --line: #e1e4ea; --text: #1b2130; --soft: #596275; --accent: #3a4fc4; --on-accent: #ffffff;
  --good: #0f6b3c; --good-ground: #e3f4ea; --wait: #7a4d00; --wait-ground: #fdf0d5; --bad: #a5202e; --bad-ground: #fdE8e9;
  --info: #29449e; --info-ground: #e7ecfb; --off: #4d5566; --off-ground: #eceef2; --shadow: 0 8px 32px rgb(20 26 44 / 18%), 0 1px 4px rgb(20 26 44 / 12%);
}
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #161920; --raised: #1f232c; --line: #323845; --text: #e8ebf2; --soft: #a4adbf; --accent: #9fb0ff; --on-accent: #10142a;
    --good: #7fdca8; --good-ground: #173424; --wait: #f3c86f; --wait-ground: #3a2d10; --bad: #ff9ea5; --bad-ground: #421c21;
    --info: #aebfff; --info-ground: #212a4c; --off: #b4bccb; --off-ground: #2a2f3a; --shadow: 0 8px 32px rgb(0 0 0 / 55%), 0 0 0 1px rgb(255 255 255 / 6%);
  }
}
@media print { :host { display: none !important; } }
* { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
.launcher, .panel, .badge, .overlay { font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text); position: fixed; text-align: left; }
button, input, select, textarea { font: inherit; color: inherit; }
h2, h3 { font: inherit; font-weight: 650; }
button { cursor: pointer; border: 0; background: none; border-radius: 6px; min-height: 24px; min-width: 24px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.launcher { right: 12px; bottom: 12px; width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center; background: var(--ground); color: var(--accent); border: 1px solid var(--line); box-shadow: var(--shadow); }
.launcher:hover { background: var(--raised); }
svg .figure { fill: currentColor; }
svg .outline { fill: none; stroke: currentColor; stroke-width: 1.2; opacity: .55; }
.badge { right: 56px; bottom: 12px; height: 36px; display: flex; align-items: center; gap: 8px; padding: 0 6px 0 14px; border-radius: 18px; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow); max-width: calc(100vw - 72px); white-space: nowrap; }
.badge span { overflow: hidden; text-overflow: ellipsis; font-weight: 600; }
.badge .plain-button { color: inherit; border-color: currentColor; border-radius: 13px; background: none; }
@keyframes rise { from { transform: translateY(16px); opacity: 0; } }
.icon-button { width: 28px; height: 28px; font-size: 18px; line-height: 1; color: var(--soft); flex: none; }
.icon-button:hover { background: var(--raised); color: var(--text); }
.overlay { left: 16px; bottom: 16px; width: min(480px, calc(100vw - 32px)); max-height: 60vh; overflow: auto; padding: 12px 12px 12px 16px; background: var(--ground); border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 10px; box-shadow: var(--shadow); animation: rise .16s ease-out; }
.overlay .title { color: var(--bad); }
.overlay li { padding: 6px 0; overflow-wrap: anywhere; }
.hint { color: var(--soft); font-size: 12px; overflow-wrap: anywhere; }
.mono, code, .url { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; overflow-wrap: anywhere; }
.plain { list-style: none; overflow-wrap: anywhere; }
.plain-button { padding: 2px 10px; border: 1px solid var(--line); background: var(--ground); white-space: nowrap; }
.plain-button:hover { background: var(--raised); }
.head { display: flex; align-items: center; gap: 8px; }
.head .title { flex: 1; font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.outlines { position: fixed; inset: 0; pointer-events: none; font: 11px/1.4 system-ui, sans-serif; }
.edge { position: fixed; border: 2px dashed #7c3aed; border-radius: 4px; }
.edge span { position: absolute; left: -2px; top: -18px; background: #5b21b6; color: #fff; padding: 0 6px; border-radius: 4px; white-space: nowrap; }
@media (max-width: 640px) { .overlay { left: 12px; right: 12px; bottom: 60px; width: auto; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;

/** The sheet of a page in which nobody has opened the panel. Constructed, because a page's policy may forbid style elements and attributes. */
export function hostSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hostStyles);
  return sheet;
}
