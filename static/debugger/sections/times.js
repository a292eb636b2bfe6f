/**
 * How long ago something was, in words.
 * @param {number} time unix milliseconds
 * @param {number} [now]
 */
export function ago(time, now = performance.timeOrigin + performance.now()) {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  return seconds < 5 ? "just now" : `${lasting(seconds)} ago`;
}

/**
 * A duration in its largest fitting unit.
 * @param {number} seconds
 */
export function lasting(seconds) {
  const units = /** @type {[string, number][]} */ ([["days", 86400], ["hours", 3600], ["minutes", 60]]);
  const [unit, size] = units.find(([, one]) => seconds >= 2 * one) ?? ["s", 1];
  return `${Math.round(seconds / size)} ${unit}`;
}

/**
 * A moment as one reads it: date and time to the second, in the reader's zone.
 * @param {number} time unix milliseconds
 */
export function dateAndTime(time) {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" }).format(time);
}
