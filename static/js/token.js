// The cart's token where this browser's script keeps it: localStorage, under the strategy
// `local` only. Elsewhere cookies do it, and everything here does nothing.

import { readTurn, writeTurn } from "./turns.js";

const KEY = "switchcart.cart";
const TURN_KEY = "switchcart.cart.turn";
const HEADER = "X-Cart";
const CATCH_UP_WITHIN = 1_000; // milliseconds

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
const findTurn = () => Number(storage.getItem(TURN_KEY)) || 0;

export const keepsToken = storage !== null;

export function hasToken() {
  return Boolean(storage?.getItem(KEY));
}

/** Put the token into the headers of a request. An empty one says: the script keeps it, and
    has none yet; then the shop hands over what a page without script left in the cookie. */
export async function carryToken(headers) {
  if (!storage) return;
  await catchUp();
  headers[HEADER] = storage.getItem(KEY) ?? "";
}

/** Keep what an answer hands out; an empty header means that the old token was no good. */
export async function keepToken(response) {
  const token = response.headers.get(HEADER);
  if (!storage || token === null) return;
  const turn = Math.max(findTurn(), await readTurn()) + 1;
  if (token) storage.setItem(KEY, token);
  else storage.removeItem(KEY);
  storage.setItem(TURN_KEY, turn);
  await writeTurn(turn);
}

/** Wait until the last change of another tab has reached this tab's storage. Where somebody
    has emptied the storage by hand it never does, and what is there counts. */
async function catchUp() {
  const turn = await readTurn();
  const deadline = Date.now() + CATCH_UP_WITHIN;
  while (findTurn() < turn && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Call back whenever another tab has changed the token. */
export function onTokenChange(callback) {
  if (!storage) return;
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) callback();
  });
}
