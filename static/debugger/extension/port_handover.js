/**
 * A port from the page's world to the extension's own, handed over before the page's first script can listen: both ends run at
 * the start of the document, in an order that nobody promises. What is sent by it afterwards is no business of the page.
 */
const OFFER = "understudy-port";
const WANT = "understudy-port-wanted";

/**
 * At the page's end.
 * @param {(port: MessagePort) => void} use
 */
export function offerPort(use) {
  const offer = () => {
    const { port1, port2 } = new MessageChannel();
    const taken = !window.dispatchEvent(new MessageEvent(OFFER, { ports: [port2], cancelable: true }));
    if (!taken) return;
    window.removeEventListener(WANT, offer);
    use(port1);
  };
  window.addEventListener(WANT, offer);
  document.addEventListener("DOMContentLoaded", () => window.removeEventListener(WANT, offer), { once: true });
  offer();
}

/**
 * At the extension's end.
 * @param {(port: MessagePort) => void} use
 */
export function takePort(use) {
  const take = (/** @type {Event} */ event) => {
    const [port] = /** @type {MessageEvent} */ (event).ports;
    if (!port) return;
    event.preventDefault();
    window.removeEventListener(OFFER, take);
    use(port);
  };
  window.addEventListener(OFFER, take);
  window.dispatchEvent(new Event(WANT));
}
