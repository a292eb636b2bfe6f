/** What this page load calls itself on the server's stream. */
export function pageId() {
  const random = Math.random().toString(36).slice(2, 10);
  return `${Math.round(performance.timeOrigin).toString(36)}-${random}`;
}
