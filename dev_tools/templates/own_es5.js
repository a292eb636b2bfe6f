(function (jstag, document, failed, failures) {
  var loaded;
  var ready = new Promise(function (resolve) { loaded = resolve; });
  var nonce = (document.currentScript || {}).nonce || "";
  if (jstag.init) return;

  "send mock identify page pageView unblock getid setid loadEntity getEntity entityReady call on once".split(" ").forEach(function (name) {
    jstag[name] = function () {
      var values = arguments;
      var off;
      var result;
      ready.then(function () { if (!off) result = jstag[name].apply(jstag, values); });
      return name.charAt(0) === "o" ? function () { off = true; if (result) result(); } : jstag;
    };
  });

  jstag.init = function stub(config) {
    var script = document.createElement("script");
    function fail() {
      if (!failures++) console.error(failed, config.src);
      window.dispatchEvent(new Event(failed));
      if (failures < 9) setTimeout(stub, 500 << failures);
    }
    config = jstag.config = config || jstag.config;
    script.nonce = nonce;
    if (config.integrity) {
      script.integrity = config.integrity;
      script.crossOrigin = "";
    }
    script.onerror = fail;
    script.onload = function () {
      if (jstag.init === stub) return fail();
      loaded();
      jstag.init(config);
    };
    try {
      script.src = config.src;
      document.head.appendChild(script);
    } catch (error) {
      fail();
    }
    return jstag;
  };
})(window.jstag = window.jstag || {}, document, "jstag.failed", 0);
