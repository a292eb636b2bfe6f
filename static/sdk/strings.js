const EMAIL =
  /^([^<>()[\]\\.,;:\s@"]+(\.[^<>()[\]\\.,;:\s@"]+)*|".+")@(\[(\d{1,3}\.){3}\d{1,3}]|([a-z\d-]+\.)+[a-z]{2,})$/i;

/**
 * Whether a text looks like an e-mail address.
 * @param {string} text
 */
export function emailValid(text) {
  return EMAIL.test(text);
}

/** Thirty-six characters in the shape of a UUID. Random enough for a page, not for a secret. */
export function generateUniqueId() {
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
}
