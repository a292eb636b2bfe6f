/** What one section or another needs: the virtual list, bars, cards' details, outlines on the page. */
export const sectionStyles = `
.activity { display: flex; flex-direction: column; gap: 6px; min-height: 100%; }
.activity > * { flex: none; }
.virtual { flex: 1 0 220px !important; height: 220px; overflow: auto; border: 1px solid var(--line); border-radius: 8px; overscroll-behavior: contain; }
.runway { position: relative; }
.row { position: absolute; left: 0; right: 0; height: 30px; display: flex; gap: 8px; align-items: center; padding: 0 8px; border-bottom: 1px solid var(--line); cursor: pointer; }
.row:hover { background: var(--raised); }
.row[aria-selected="true"] { background: var(--info-ground); box-shadow: inset 3px 0 var(--accent); }
.row.heading { background: var(--raised); color: var(--soft); font-size: 11.5px; font-weight: 600; cursor: default; white-space: nowrap; overflow: hidden; }
.row time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: 12px; flex: none; }
.row .title { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .hint { flex: none; white-space: nowrap; }
.row[aria-selected="true"] :is(time, .hint) { color: var(--text); }
.detail { border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px; max-height: 45vh; overflow: auto; }
.detail .rows { margin: 6px 0; }
.bar.wrap { flex-wrap: wrap; }
.bar .field { flex: 1 1 90px; }
select.field { appearance: auto; }
.check { display: flex; align-items: center; gap: 8px; padding: 2px 0; }
.check input { width: 24px; height: 24px; flex: none; accent-color: var(--accent); }
.code, .copy, .source { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12px; }
textarea.field { width: 100%; resize: vertical; margin: 4px 0; }
.link { color: var(--accent); align-self: center; min-height: 24px; align-content: center; }
.source { overflow: auto; max-height: 280px; padding: 6px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); }
.source .line { display: block; }
.source .at { background: var(--wait-ground); color: var(--text); }
.finding { border-left: 3px solid var(--off); padding: 2px 0 4px 10px; margin: 6px 0; }
.finding.bad { border-color: var(--bad); }
.finding.wait { border-color: var(--wait); }
.finding.info { border-color: var(--info); }
.remedy { margin: 4px 0; padding: 3px 8px; border-radius: 6px; background: var(--info-ground); color: var(--info); overflow-wrap: anywhere; }
.variation { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); }
.stages { margin: 4px 0; }
.values { display: block; font-weight: 400; color: var(--soft); font-size: 11px; overflow-wrap: anywhere; }
.gates .failing .values { color: var(--text); }
.bars { list-style: none; }
.bars li { display: grid; grid-template-columns: 34% 1fr 40px; gap: 8px; align-items: center; overflow-wrap: anywhere; }
.bars meter { width: 100%; height: 12px; }
.bars .number { text-align: right; font-variant-numeric: tabular-nums; }
.storage td:last-child { width: 84px; }
.storage .plain-button { width: 100%; margin-bottom: 2px; }
.storage .field { width: 100%; }
.flips .head { flex-wrap: wrap; gap: 0 8px; padding: 2px 0; }
.flips .title { flex: 1 1 auto; font-weight: 400; }
.flips .hint { flex: none; margin-left: auto; }
.plain-button[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); }
@media (max-height: 420px) { .virtual { flex-basis: 160px !important; } .detail { max-height: none; } }
`;
