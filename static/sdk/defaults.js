/** What every widget starts from (widgets.md 2.2), and what some parts add to it. @type {Record<string, any>} */
export const generic = { className: "pathfora", branding: false, responsive: true, headline: "" };
