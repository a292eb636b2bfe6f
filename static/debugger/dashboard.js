import { startDashboard } from "./dashboard/start_dashboard.js";

startDashboard();
