// Snippet generation B, written from the facts of tag.md 1.1: ten plain stubs that can be chained, a version, a guard for servers.
if (typeof window !== "undefined")
  (function () {
  var jstag = (window.jstag = window.jstag || {});
  var queue = [];

  jstag.loadScript = function (src, onload, onerror) {
    var script = document.createElement("script");
    script.async = true;
    script.src = src;
    script.onload = onload;
    script.onerror = onerror;
    var first = document.getElementsByTagName("script")[0];
    var parent = (first && first.parentNode) || document.head || document.body;
    var before = first || parent.lastChild;
    if (before) parent.insertBefore(script, before);
    else parent.appendChild(script);
    return this;
  };

  jstag.init = function stub(config) {
    jstag.config = config;
    jstag.loadScript(config.src, function () {
      if (jstag.init === stub) throw new Error("Load error!");
      jstag.init(jstag.config);
      for (var at = 0; at < queue.length; at++) {
        jstag[queue[at][0]].apply(jstag, queue[at][1]);
      }
      queue = undefined;
    });
    return jstag;
  };

  jstag.asyncVersion = "3.0.37";
  "send mock identify pageView unblock getid setid call on once".split(" ").forEach(function (name) {
    jstag[name] = function () {
      queue.push([name, [].slice.call(arguments)]);
      return jstag;
    };
  });
  })();
