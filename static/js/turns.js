// Which change of the cart was the last, in a place that all tabs see alike. Browsers tell
// the processes of other tabs of a change in localStorage a little later; the next tab in the
// queue can be faster than that, and would begin from the token before. IndexedDB is never late.

const NAME = "switchcart.cart";
const STORE = "turns";
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function ask(mode, work) {
  try {
    const transaction = (await open()).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } catch {
    return undefined; // forbidden here; then the turns go by localStorage alone
  }
}

/** The number of the last turn, 0 before the first. */
export async function readTurn() {
  return (await ask("readonly", (store) => store.get("last"))) ?? 0;
}

export async function writeTurn(number) {
  await ask("readwrite", (store) => store.put(number, "last"));
}
