/** The host, the launcher, the panel and the overlay. Important rules on the host win over any of the page's. */
export const frameStyles = `
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
h2, h3 { font: inherit; font-weight: 650; }
button, input, select, textarea { font: inherit; color: inherit; }
h4 { font: inherit; font-weight: 600; margin: 10px 0 2px; }
button { cursor: pointer; border: 0; background: none; border-radius: 6px; min-height: 24px; min-width: 24px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.launcher { right: 12px; bottom: 12px; width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center; background: var(--ground); color: var(--accent); border: 1px solid var(--line); box-shadow: var(--shadow); }
.launcher:hover { background: var(--raised); }
svg .figure { fill: currentColor; }
svg.icon { fill: none; stroke: currentColor; stroke-width: 1.4; vertical-align: -2px; }
svg .outline { fill: none; stroke: currentColor; stroke-width: 1.2; opacity: .55; }
.badge { right: 56px; bottom: 12px; height: 36px; display: flex; align-items: center; gap: 8px; padding: 0 6px 0 14px; border-radius: 18px; background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow); max-width: calc(100vw - 72px); white-space: nowrap; }
.badge span { overflow: hidden; text-overflow: ellipsis; font-weight: 600; }
.badge .plain-button { color: inherit; border-color: currentColor; border-radius: 13px; background: none; }
.panel { inset: 0 0 0 auto; width: min(480px, 100vw); display: flex; flex-direction: column; background: var(--ground); box-shadow: var(--shadow); border-left: 1px solid var(--line); animation: arrive .16s ease-out; }
@keyframes arrive { from { transform: translateX(12px); opacity: 0; } }
@keyframes rise { from { transform: translateY(16px); opacity: 0; } }
.panel header { display: flex; align-items: center; gap: 8px; padding: 10px 10px 8px 16px; color: var(--accent); }
.panel header h2 { color: var(--text); font-size: 14px; }
.panel header .dot + .icon-button { margin-left: auto; }
.icon-button { width: 28px; height: 28px; font-size: 18px; line-height: 1; color: var(--soft); flex: none; }
.icon-button:hover { background: var(--raised); color: var(--text); }
.dot { width: 8px; height: 8px; border-radius: 50%; background: var(--wait); }
.dot.connected { background: var(--good); }
.dot.lost, .dot.blocked { background: var(--bad); }
.strip { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin: 0 12px 6px; padding: 5px 6px 5px 12px; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.strip .plain-button { color: inherit; border-color: currentColor; background: none; font-weight: 500; }
.panel.detached { inset: 0; width: auto; border: 0; animation: none; }
.tabs { display: flex; gap: 2px; padding: 0 10px; border-bottom: 1px solid var(--line); flex: none; }
.tab { padding: 7px 8px 8px; color: var(--soft); border-radius: 6px 6px 0 0; position: relative; flex: 1 1 auto; }
.tab:hover { color: var(--text); background: var(--raised); }
.tab[aria-selected="true"] { color: var(--text); font-weight: 600; }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 8px -1px; height: 2px; border-radius: 2px; background: var(--accent); }
.bodies { flex: 1; min-height: 0; position: relative; }
.body { position: absolute; inset: 0; overflow: auto; padding: 14px 16px 24px; overscroll-behavior: contain; }
.body:focus-visible { outline-offset: -2px; }
.panel footer { padding: 6px 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 12px; }
.overlay { left: 16px; bottom: 16px; width: min(480px, calc(100vw - 32px)); max-height: 60vh; overflow: auto; padding: 12px 12px 12px 16px; background: var(--ground); border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 10px; box-shadow: var(--shadow); animation: rise .16s ease-out; }
.overlay .title { color: var(--bad); }
.overlay li { padding: 6px 0; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  .panel { inset: auto 0 0 0; width: auto; height: min(72vh, 640px); border-left: 0; border-radius: 14px 14px 0 0; border-top: 1px solid var(--line); animation-name: rise; }
  .tabs { padding: 0 6px; }
  .tab { padding-inline: 4px; }
  .tabs { overflow-x: auto; }
  .overlay { left: 12px; right: 12px; bottom: 60px; width: auto; }
}
@media (max-height: 480px) {
  .panel { inset: 0 0 0 auto; height: auto; overflow: auto; border-radius: 0; }
  .panel > * { flex: none; }
  .bodies, .body { position: static; overflow: visible; }
  .panel footer { display: none; }
}
@media (max-height: 480px) and (max-width: 640px) { .panel { inset: 0; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .dot { forced-color-adjust: none; } .tab[aria-selected="true"] { outline: 1px solid; } }
`;
