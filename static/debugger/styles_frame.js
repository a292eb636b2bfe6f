/** The panel and its tabs. */
export const frameStyles = `
h4 { font: inherit; font-weight: 600; margin: 10px 0 2px; }
svg.icon { fill: none; stroke: currentColor; stroke-width: 1.4; vertical-align: -2px; }
.panel { inset: 0 0 0 auto; width: min(var(--width, 480px), 100vw); display: flex; flex-direction: column; background: var(--ground); box-shadow: var(--shadow); border-left: 1px solid var(--line); animation: arrive .16s ease-out; }
@keyframes arrive { from { transform: translateX(12px); opacity: 0; } }
.panel header { display: flex; align-items: center; gap: 8px; padding: 10px 10px 8px 16px; color: var(--accent); }
.panel header h2 { color: var(--text); font-size: 14px; }
.panel header .dot + .icon-button { margin-left: auto; }
@media (max-width: 640px) { .panel header .sides + .icon-button { margin-left: auto; } }
.dot { width: 8px; height: 8px; border-radius: 50%; background: var(--wait); }
.dot.connected { background: var(--good); }
.dot.lost, .dot.blocked { background: var(--bad); }
.strip { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin: 0 12px 6px; padding: 5px 6px 5px 12px; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.strip .plain-button { color: inherit; border-color: currentColor; background: none; font-weight: 500; flex: none; }
.panel.at-left { inset: 0 auto 0 0; border-left: 0; border-right: 1px solid var(--line); }
.edge-bar { position: absolute; inset: 0 auto 0 -4px; width: 8px; cursor: ew-resize; touch-action: none; z-index: 1; }
.at-left .edge-bar { inset: 0 -4px 0 auto; }
.panel.at-bottom { inset: auto 0 0; width: auto; height: min(var(--height, 360px), 100vh); border-left: 0; border-top: 1px solid var(--line); animation-name: rise; }
.at-bottom .edge-bar { inset: -4px 0 auto; width: auto; height: 8px; cursor: ns-resize; }
.edge-bar:hover, .edge-bar:focus-visible { background: var(--accent); opacity: .6; }
.panel.detached { inset: 0; width: auto; height: auto; border: 0; animation: none; }
.detached :is(.edge-bar, .sides) { display: none; }
.tabs { display: flex; gap: 2px; padding: 0 10px; border-bottom: 1px solid var(--line); flex: none; }
.tab { padding: 7px 8px 8px; color: var(--soft); border-radius: 6px 6px 0 0; position: relative; flex: 1 1 auto; }
.tab:hover { color: var(--text); background: var(--raised); }
.tab[aria-selected="true"] { color: var(--text); font-weight: 600; }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 8px -1px; height: 2px; border-radius: 2px; background: var(--accent); }
.bodies { flex: 1; min-height: 0; position: relative; }
.body { position: absolute; inset: 0; overflow: auto; padding: 14px 16px 24px; overscroll-behavior: contain; }
.body:focus-visible { outline-offset: -2px; }
.panel footer { padding: 6px 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 12px; }
.panel footer a { color: var(--accent); display: inline-block; min-height: 24px; min-width: 24px; line-height: 24px; }
@media (max-width: 640px) {
  .edge-bar, .sides { display: none; }
  .panel, .panel.at-left, .panel.at-bottom { inset: auto 0 0 0; width: auto; height: min(72vh, 640px); border-left: 0; border-radius: 14px 14px 0 0; border-top: 1px solid var(--line); animation-name: rise; }
  .tabs { padding: 0 6px; }
  .tab { padding-inline: 4px; }
  .tabs { overflow-x: auto; }
}
@media (max-height: 480px) {
  .panel { inset: 0 0 0 auto; height: auto; overflow: auto; border-radius: 0; }
  .panel > * { flex: none; }
  .bodies, .body { position: static; overflow: visible; }
  .panel footer { display: none; }
}
@media (max-height: 480px) and (max-width: 640px) { .panel, .panel.at-left, .panel.at-bottom { inset: 0; height: auto; border: 0; } }
@media (forced-colors: active) { .dot { forced-color-adjust: none; } .tab[aria-selected="true"] { outline: 1px solid; } }
`;
