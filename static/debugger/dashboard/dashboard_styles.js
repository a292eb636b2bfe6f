/** Where the dashboard's parts stand; what sections are made of is the panel's own sheet. */
const dashboardStyles = `
:host { position: static !important; width: auto !important; height: 100% !important; z-index: auto !important; }
.dashboard { display: grid; grid-template-columns: minmax(200px, 300px) 1fr; height: 100%; font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text); background: var(--ground); }
.pages { border-right: 1px solid var(--line); overflow: auto; padding: 12px; }
.pages h2 { display: flex; align-items: center; gap: 8px; margin-bottom: 8px; }
.pages .list { list-style: none; display: grid; gap: 4px; margin-bottom: 8px; }
.page { width: 100%; text-align: left; padding: 6px 10px; border: 1px solid transparent; overflow-wrap: anywhere; }
.page:hover { background: var(--raised); }
.page[aria-pressed="true"] { background: var(--info-ground); border-color: var(--accent); }
.page strong, .page span { display: block; }
.page[aria-pressed="true"] .hint { color: var(--text); }
.side { display: flex; flex-direction: column; min-width: 0; min-height: 0; padding-top: 6px; }
.story > summary { flex-wrap: wrap; }
.story h3 { font-weight: 600; margin: 10px 0 2px; }
.story .marks { flex: 0 1 auto; flex-wrap: wrap; }
.story .marks .chip { white-space: normal; overflow-wrap: anywhere; }
.wire { white-space: pre-wrap; padding: 6px 8px; background: var(--raised); border-radius: 6px; }
@media (max-width: 640px) {
  :host { height: auto !important; }
  .dashboard { display: block; }
  .pages { border-right: 0; border-bottom: 1px solid var(--line); }
  .body { position: static; overflow: visible; }
}
`;

/** The dashboard's own sheet. */
export function dashboardSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(dashboardStyles);
  return sheet;
}
