/** What sections are made of: groups, rows, chips, cards, tables, trees and the log. */
export const partStyles = `
.group { margin-bottom: 18px; }
.group h3 { font-size: 11px; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin-bottom: 6px; }
.rows { display: grid; grid-template-columns: minmax(96px, 32%) 1fr; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.rows dt, .rows dd { padding: 5px 10px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.rows dt:first-of-type, .rows dd:first-of-type { border-top: 0; }
.rows dt { color: var(--soft); }
.absent, .nothing { color: var(--soft); }
.absent { font-style: italic; }
.chip { display: inline-block; padding: 1px 8px; border-radius: 10px; font-size: 11.5px; line-height: 17px; vertical-align: 1px; font-weight: 600; white-space: nowrap; background: var(--off-ground); color: var(--off); }
.chip.good { background: var(--good-ground); color: var(--good); }
.chip.wait { background: var(--wait-ground); color: var(--wait); }
.chip.bad { background: var(--bad-ground); color: var(--bad); }
.chip.info { background: var(--info-ground); color: var(--info); }
.chips { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; padding: 2px 0; }
.chips .chip { white-space: normal; overflow-wrap: anywhere; }
.main-button { padding: 3px 12px; background: var(--accent); color: var(--on-accent); font-weight: 600; white-space: nowrap; }
.main-button[aria-disabled="true"] { background: var(--off-ground); color: var(--off); cursor: default; }
.bar { display: flex; gap: 8px; margin-bottom: 6px; }
.field { flex: 1; min-width: 0; min-height: 28px; padding: 3px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); }
.field::placeholder { color: var(--soft); opacity: 1; }
.group > :is(p, ul, dl, table, div) + .plain-button { margin-top: 8px; }
.mono + .rows, .hint + :is(.bar, .cards, .field), .hint + datalist + .bar, .group > p + .bar { margin-top: 6px; }
.hint[role="status"] { margin-bottom: 6px; }
.error { color: var(--bad); overflow-wrap: anywhere; }
.error:not(:empty) { margin: 8px 0; }
.error .plain-button { margin-top: 8px; color: var(--text); }
.cards { list-style: none; display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; margin-bottom: 14px; }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; }
.card.current { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.reason { margin: 2px 0; overflow-wrap: anywhere; }
.fields { width: 100%; border-collapse: collapse; margin-top: 6px; }
.fields th, .fields td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
.fields thead th { border-top: 0; color: var(--soft); font-size: 12px; }
.fields tbody th { font-weight: 600; overflow-wrap: break-word; min-width: 84px; }
.fields .hint { white-space: nowrap; padding-right: 0; }
.gates { table-layout: fixed; }
.gates th, .gates td { padding-left: 6px; font-size: 12px; }
.gates thead th:nth-child(1) { width: 27%; }
.gates thead th:nth-child(3) { width: 62px; }
.gates tbody th { min-width: 0; overflow-wrap: anywhere; }
.gates .failing th, .gates .failing td { background: var(--bad-ground); }
.log { list-style: none; margin-top: 4px; }
.log li { border-top: 1px solid var(--line); }
.event > summary { display: flex; gap: 10px; align-items: center; padding: 4px 2px; min-height: 28px; }
.event time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: 12px; flex: none; }
.event .title { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.event[open] .title { white-space: normal; overflow-wrap: anywhere; }
.marks { display: flex; gap: 4px; flex: none; }
summary { cursor: pointer; border-radius: 6px; min-height: 24px; align-content: center; }
summary:hover { background: var(--raised); }
.branch > summary { padding: 1px 4px; color: var(--text); }
.card .branch { margin-top: 4px; }
.twigs { padding: 2px 0 6px 14px; border-left: 1px solid var(--line); margin-left: 8px; }
.leaf { padding: 1px 0; overflow-wrap: anywhere; font-size: 12px; }
.twigs .key, .branch .key { color: var(--info); }
.value.string { color: var(--good); }
.value.number, .value.boolean { color: var(--wait); }
`;
