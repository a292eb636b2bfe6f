// What is sent in place of the usual payload. Helpers such as `get` and `isEnter` are the vendor's.
function template(data) {
  return {
    contact: get("email", get("_uid")),
    tag: segSlug(),
    action: isEnter() ? "add" : "remove",
    quantity: get("score_quantity", 0),
  };
}
