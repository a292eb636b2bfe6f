import { startPanelPage } from "./panel_page.js";

startPanelPage();
