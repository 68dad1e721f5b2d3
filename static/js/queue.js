// One request about the cart at a time, over all tabs of this browser. Where the browser
// holds the cart, each request must bring along what the one before it was answered.

const NAME = "cart";
let last = Promise.resolve();

/** Run the task once every earlier one, of any tab, is over. Rejects if the signal aborts
    while it waits. */
export function inTurn(task, signal) {
  if (navigator.locks) return navigator.locks.request(NAME, { signal }, task);
  // Without Web Locks (a page that is not secure) only this tab's own requests can queue.
  const turn = last.then(() => {
    signal?.throwIfAborted();
    return task();
  });
  last = turn.catch(() => {});
  return turn;
}
