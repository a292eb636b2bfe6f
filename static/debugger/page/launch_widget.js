/** @import { Launch, Signal } from "../types" */

/**
 * Show the widget that the address names, as soon as the page can.
 * @param {Launch} launch
 * @param {Signal} signal
 * @param {(id: string, options: {layout: string, theme: string}) => void} show
 */
export function launchWidget({ show: id, layout, theme }, signal, show) {
  if (!id) return;
  const stop = signal.listen(["decision", "tag", "entity"], () => {
    try {
      show(id, { layout, theme });
      stop();
    } catch {
      return; // not there yet: the next sign of it is waited for
    }
  });
}
