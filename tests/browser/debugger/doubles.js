/* Doubles of the tag and the SDK: they do what the panel relies on and record what they were asked. */
(() => {
  "use strict";
  const calls = (window.calls = []);
  const past = [];
  const listeners = [];
  const emit = (topic, payload) => {
    past.push({ topic, time: Date.now(), payload });
    for (const listener of listeners) listener(topic, payload);
  };
  const cookie = (name, value, seconds) => (document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${seconds}`);
  const read = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const candidates = { experiences: [] };
  window.jstag = {
    isLoaded: true,
    config: {
      cid: ["shop"], cookie: "seerid", sesname: "seerses", sessecs: 1800, version: "3.0.37", url: "", stream: "web", loadid: false,
      entity: { byFieldKey: "_uid" }, segments: { storageKey: "lytics_segments" },
      pathfora: { publish: { src: "{url}/api/experience/candidate/{cid}/config.js", priority: "ordered", candidates } },
    },
    history: () => [...past],
    on: (_, listener) => void listeners.push(listener),
    emit,
    send: (...values) => calls.push(["send", ...values]),
    setid: (...values) => calls.push(["setid", ...values]),
    getEntity: () => ({ data: { user: { _uid: read("seerid") } } }),
    setCookie(name, value, seconds) { calls.push(["setCookie", name, value, seconds]); cookie(name, value, seconds); },
    deleteCookie(name) { calls.push(["deleteCookie", name]); cookie(name, "", -60); },
    getid(callback) { if (!read("seerid")) cookie("seerid", "fresh-1", 100); callback?.(read("seerid")); },
    loadEntity() { calls.push(["loadEntity", read("seerid")]); emit("entity.loaded", { data: { user: {} } }); },
  };
  const decisions = new Map();
  const factory = (config) => ({ valid: true, id: config.id, config });
  window.decide = (decision) => {
    decisions.set(decision.id, decision);
    window.dispatchEvent(new CustomEvent("pathfora:decision", { detail: decision }));
  };
  window.pathfora = {
    version: "1.2.20",
    Message: factory, Form: factory, Subscription: factory, SiteGate: factory,
    explain: () => [...decisions.values()],
    initializePageViews: () => calls.push(["initializePageViews"]),
    initializeWidgets: (widgets, config, options) => calls.push(["initializeWidgets", widgets, options]),
    replaceWidget: (widget) => calls.push(["replaceWidget", widget.id, widget.config.headline]),
    clearById: (ids) => calls.push(["clearById", ids]),
  };
  emit("lifecycle.setup.done");
  emit("pathfora.publish.done", {});
})();
