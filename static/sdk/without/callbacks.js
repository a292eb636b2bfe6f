/** Instead of `callbacks.js`, for widgets without functions. */
export function callBack() {
  return true;
}
