(() => {
  const seen = { violations: [], failed: [], integrity: [] };
  Object.defineProperty(window, "__understudyDoctor", { value: seen });
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push({
      directive: event.effectiveDirective,
      blocked: event.blockedURI,
      disposition: event.disposition,
      policy: event.originalPolicy,
      line: event.lineNumber,
      sample: event.sample,
    });
  });
  window.addEventListener("error", ({ target }) => target !== window && seen.failed.push(target.src || target.href || ""), true);
})();
