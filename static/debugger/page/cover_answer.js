/**
 * Put another answer in place of what an `XMLHttpRequest` brings, for whoever reads it.
 * @param {XMLHttpRequest} request
 * @param {(body: any) => any} rewrite
 */
export function coverAnswer(request, rewrite) {
  const read = (/** @type {"response" | "responseText"} */ name) => Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, name)?.get?.call(request);
  const text = () => {
    const answer = read("responseText");
    return request.readyState === 4 && request.status === 200 ? rewritten(answer, rewrite) : answer;
  };
  Object.defineProperties(request, {
    responseText: { configurable: true, get: text },
    response: {
      configurable: true,
      get() {
        if (request.responseType === "json") return rewrite(read("response"));
        return request.responseType === "" || request.responseType === "text" ? text() : read("response");
      },
    },
  });
}

/** @param {string} text @param {(body: any) => any} rewrite */
function rewritten(text, rewrite) {
  try {
    return JSON.stringify(rewrite(JSON.parse(text)));
  } catch {
    return text; // not JSON, so no profile
  }
}
