// Snippet generation A, written from the facts of tag.md 1.1: twelve plain stubs that return nothing.
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

  "send mock identify pageView unblock getid setid loadEntity getEntity on once call".split(" ").forEach(function (name) {
    jstag[name] = function () {
      queue.push([name, [].slice.call(arguments)]);
    };
  });
})();
