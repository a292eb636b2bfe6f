import { startInPage } from "./in_page.js";

startInPage();
