/**
 * Do something at once, and again at most once in a while however often it is asked for: a burst is answered by its begin and its end.
 * @param {() => void} work
 * @param {number} pause milliseconds
 */
export function paced(work, pause) {
  let resting = false;
  let again = false;
  return function go() {
    again = resting;
    if (resting) return;
    resting = true;
    work();
    void rest(pause).then(() => {
      resting = false;
      if (again) go();
    });
  };
}

/** Not by a timer, where there is another way: a test may have stopped the page's clock. @param {number} pause @returns {Promise<void>} */
function rest(pause) {
  const { scheduler } = /** @type {{scheduler?: {postTask(work: () => void, options: {delay: number}): Promise<void>}}} */ (/** @type {unknown} */ (window));
  return scheduler ? scheduler.postTask(() => undefined, { delay: pause }) : new Promise((done) => setTimeout(done, pause));
}
