// The cart's token where this browser's script keeps it: localStorage, under the strategy
// `local` only. Elsewhere cookies do it, and everything here does nothing.

const KEY = "switchcart.cart";
const HEADER = "X-Cart";

function findStorage() {
  if (document.documentElement.dataset.cartCarrier !== "storage") return null;
  try {
    localStorage.setItem(`${KEY}.probe`, "");
    localStorage.removeItem(`${KEY}.probe`);
    return localStorage;
  } catch {
    return null; // forbidden or full: without the header the shop uses its signed cookie
  }
}

const storage = findStorage();

export const keepsToken = storage !== null;

export function hasToken() {
  return Boolean(storage?.getItem(KEY));
}

/** Put the token into the headers of a request. An empty one says: the script keeps it, and
    has none yet; then the shop hands over what a page without script left in the cookie. */
export function carryToken(headers) {
  if (storage) headers[HEADER] = storage.getItem(KEY) ?? "";
}

/** Keep what an answer hands out; an empty header means that the old token was no good. */
export function keepToken(response) {
  const token = response.headers.get(HEADER);
  if (!storage || token === null) return;
  if (token) storage.setItem(KEY, token);
  else storage.removeItem(KEY);
}

/** Call back whenever another tab has changed the token. */
export function onTokenChange(callback) {
  if (!storage) return;
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) callback();
  });
}
