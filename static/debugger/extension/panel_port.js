/** The name that panels connect to a page by. */
export const PANEL_PORT = "understudy-panel";
