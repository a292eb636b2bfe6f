const panelStyles = `
:host { position: static !important; width: auto !important; height: 100% !important; z-index: auto !important; }
.shell { display: flex; flex-direction: column; height: 100%; font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--text); background: var(--ground); }
.shell > header { display: flex; align-items: center; gap: 8px; padding: 8px 16px; color: var(--accent); }
.shell > header h1 { font: inherit; font-weight: 650; font-size: 14px; color: var(--text); }
.shell > header h2 { font: inherit; flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
.shell > main { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.power { display: flex; align-items: center; gap: 6px; min-height: 24px; color: var(--text); cursor: pointer; white-space: nowrap; }
.power input { appearance: none; width: 28px; height: 16px; border-radius: 8px; background: var(--off); display: grid; align-items: center; cursor: pointer; flex: none; }
.power input::before { content: ""; width: 12px; height: 12px; margin: 0 2px; border-radius: 50%; background: var(--ground); }
.power input:checked { background: var(--good); }
.power input:checked::before { margin-left: 14px; }
.help { color: var(--accent); display: inline-block; min-height: 24px; line-height: 24px; }
.shell > header h2:empty { display: none; }
@media (max-width: 480px) {
  .shell > header { flex-wrap: wrap; row-gap: 0; }
  .shell > header h1 { flex: 1; }
  .shell > header h2 { order: 1; flex: 0 0 100%; }
}
@media (forced-colors: active) { .power input { appearance: auto; } .power input::before { content: none; } }
.tabs { overflow-x: auto; }
.ask { padding: 12px 16px; display: grid; gap: 10px; justify-items: start; overflow: auto; max-width: 560px; }
.ask:focus { outline: none; }
.ask h3 { font-size: 15px; }
.ask p { overflow-wrap: anywhere; }
.load h3 { text-transform: none; letter-spacing: 0; overflow-wrap: anywhere; }
.tab-line { display: flex; gap: 10px; align-items: center; min-height: 28px; }
.tab-line time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: 12px; }
.tab-line .title { flex: 1; min-width: 0; overflow-wrap: anywhere; }
`;

/** The sheet of the extension's panel, beside the one that all shells share. */
export function panelSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panelStyles);
  return sheet;
}
