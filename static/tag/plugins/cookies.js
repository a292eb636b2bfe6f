/**
 * Cookie methods (tag.md 6). `cookies.read` is emitted for `jstag.getCookie`, not for the tag's own reading before each
 * event.
 */

import { dropCookie, readCookie, writeCookie } from "../cookie_jar.js";
import { emit } from "../emitter.js";
import { expose, tag } from "../methods.js";
import { config } from "../settings.js";

export function cookies() {
  expose({
    getCookie(name) {
      emit("cookies.read", name);
      return readCookie(name);
    },
    setCookie(name, value, seconds, domain) {
      writeCookie(name, value, seconds, domain);
      emit("cookies.written", name);
    },
    deleteCookie(name) {
      dropCookie(name);
      emit("cookies.deleted", name);
    },
    clearCookies() {
      tag.deleteCookie(config().cookie);
      tag.deleteCookie(config().sesname);
      emit("cookies.cleared");
    },
    getCookieValue: () => tag.getCookie(config().cookie),
  });
}
