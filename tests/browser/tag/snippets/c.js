// Snippet generation C, written from the facts of tag.md 1.1: as B, but `on` and `once` can be cancelled while they wait.
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
        var entry = queue[at];
        if (entry[2] && entry[2]()) continue;
        var result = jstag[entry[0]].apply(jstag, entry[1]);
        if (entry[3]) entry[3](result);
      }
      queue = undefined;
    });
    return jstag;
  };

  jstag.asyncVersion = "3.0.37";
  "send mock identify pageView unblock getid setid call".split(" ").forEach(function (name) {
    jstag[name] = function () {
      queue.push([name, [].slice.call(arguments)]);
      return jstag;
    };
  });
  ["on", "once"].forEach(function (name) {
    jstag[name] = function () {
      var cancelled = false;
      var real;
      queue.push([
        name,
        [].slice.call(arguments),
        function () { return cancelled; },
        function (result) { real = result; window.lastBound = real; },
      ]);
      return function () { cancelled = true; };
    };
  });
})();
