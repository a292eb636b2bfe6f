/** The named themes. Where the vendor's colours miss WCAG AA (widgets.md 9.4) ours are the nearest that meet it. */
const named = {
  dark: {
    background: "#333333",
    headline: "#fefefe",
    text: "#b3b3b3",
    close: "#b3b3b3",
    actionText: "#ffffff",
    actionBackground: "#444444",
    cancelText: "#b3b3b3",
    cancelBackground: "#333333",
  },
  light: {
    background: "#f1f1f1",
    headline: "#444444",
    text: "#595959",
    close: "#666666",
    actionText: "#444444",
    actionBackground: "#ffffff",
    cancelText: "#666666",
    cancelBackground: "#f1f1f1",
  },
};

/** What every widget starts from (widgets.md 2.2). */
export const generic = {
  className: "pathfora",
  branding: false,
  responsive: true,
  headline: "",
  themes: named,
  displayConditions: {
    showOnInit: true,
    showOnExitIntent: false,
    showDelay: 0,
    hideAfter: 0,
    displayWhenElementVisible: "",
    scrollPercentageToDisplay: 0,
  },
};

/** A fresh data object (widgets.md 6.4). `abTestingGroups` is an array used as a map, as pages know it. */
export function freshData() {
  return {
    pageViews: 0,
    timeSpentOnPage: 0,
    closedWidgets: [],
    completedActions: [],
    cancelledActions: [],
    displayedWidgets: [],
    abTestingGroups: [],
  };
}
