// Stock as it changes, without a reload. The page is whole without it: this only keeps what
// the server wrote up to date. The attributes that it looks for are listed in docs/live.md.

const FIRST_PAUSE = 500; // milliseconds, as all times here
const LONGEST_PAUSE = 30_000;
const ASK_AFTER = 25_000; // of silence
const ANSWER_WITHIN = 10_000;
const SKUS_A_FRAME = 50; // of 64 characters each they stay under 16 KiB
const MOST_SKUS = 500;
const DEFAULT_LOW = 5;

const levels = new Map(); // by sku, the newest that was heard: {available, version}
const watched = new Set();
let wire = null;
let pause = FIRST_PAUSE;
let retry = 0;
let silence = 0;

// --- The page ------------------------------------------------------------------------

const marked = () => [...document.querySelectorAll("[data-stock-sku]")];

/** Watch what the page shows now, and no longer what it showed before. */
export function scan() {
  const shown = new Set(marked().map((each) => each.dataset.stockSku).slice(0, MOST_SKUS));
  tell("unsubscribe", [...watched].filter((sku) => !shown.has(sku)));
  const added = [...shown].filter((sku) => !watched.has(sku));
  for (const sku of watched) if (!shown.has(sku)) levels.delete(sku);
  watched.clear();
  for (const sku of shown) watched.add(sku);
  if (watched.size && !wire) connect();
  else tell("subscribe", added);
  for (const each of marked()) show(each);
}

function hear(level) {
  const known = levels.get(level.sku);
  if (!watched.has(level.sku) || (known && level.version <= known.version)) return;
  levels.set(level.sku, level);
  for (const each of marked()) if (each.dataset.stockSku === level.sku) show(each);
}

function show(element) {
  const level = levels.get(element.dataset.stockSku);
  // What the server has just written may be newer than what was heard last.
  if (!level || level.version <= Number(element.dataset.stockVersion ?? -1)) return;
  element.dataset.stockVersion = level.version;
  element.dataset.available = level.available;
  const group = element.closest("[data-stock-group]") ?? element;
  const members = group === element ? [element] : [...group.querySelectorAll("[data-stock-sku]")];
  const available = members.reduce((sum, each) => sum + Number(each.dataset.available), 0);
  const low = Number(group.dataset.stockLow ?? DEFAULT_LOW);
  for (const each of group.querySelectorAll("[data-stock-left]")) each.textContent = available;
  showState(group, available === 0 ? "out" : available <= low ? "low" : "in");
  for (const button of document.querySelectorAll("[data-stock-button]")) {
    if (button.dataset.stockButton === level.sku) button.disabled = level.available === 0;
  }
  element.dispatchEvent(new CustomEvent("stock-change", { bubbles: true, detail: level }));
}

function showState(group, state) {
  let words = "";
  let isNew = false;
  for (const each of group.querySelectorAll("[data-stock-show]")) {
    const isShown = each.dataset.stockShow.split(" ").includes(state);
    isNew ||= each.hidden === isShown;
    each.hidden = !isShown;
    if (isShown) words = each.textContent.trim();
  }
  if (isNew && words && group.dataset.stockName) announce(group.dataset.stockName, words);
}

// --- For those who listen to the page ---------------------------------------------------

const news = document.createElement("p");
news.className = "visually-hidden";
news.setAttribute("role", "status");
news.id = "stock-news";
document.body.append(news);
const unsaid = new Map();

/** Politely: what changes within a moment is said together, and of each thing the last. */
function announce(name, words) {
  if (!unsaid.size) {
    setTimeout(() => {
      news.textContent = [...unsaid].map((each) => each.join(": ")).join(". ");
      unsaid.clear();
    }, 1_000);
  }
  unsaid.set(name, words);
}

// --- The socket ------------------------------------------------------------------------

function connect() {
  clearTimeout(retry);
  const address = new URL("/ws/stock/", location);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(address);
  wire = opened;
  opened.addEventListener("open", () => tell("subscribe", [...watched]));
  opened.addEventListener("message", ({ data }) => {
    if (wire !== opened) return;
    listen();
    const said = JSON.parse(data);
    if (said.type === "snapshot") {
      pause = FIRST_PAUSE;
      said.items.forEach(hear);
    } else if (said.type === "stock") hear(said);
    else if (said.code === "unavailable") lose(opened);
  });
  opened.addEventListener("close", () => lose(opened));
}

/** Come back later: after a restart not all pages at the same moment. */
function lose(lost) {
  if (wire !== lost) return;
  wire = null;
  lost.close();
  clearTimeout(silence);
  if (watched.size) retry = setTimeout(connect, pause * (0.5 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

/** A line that was cut far away tells nobody; so after a silence, ask. */
function listen() {
  const asked = wire;
  clearTimeout(silence);
  silence = setTimeout(() => {
    asked.send(JSON.stringify({ type: "ping" }));
    silence = setTimeout(() => lose(asked), ANSWER_WITHIN);
  }, ASK_AFTER);
}

function tell(type, skus) {
  if (wire?.readyState !== WebSocket.OPEN) return;
  for (let start = 0; start < skus.length; start += SKUS_A_FRAME) {
    wire.send(JSON.stringify({ type, skus: skus.slice(start, start + SKUS_A_FRAME) }));
  }
}

document.addEventListener("htmx:after:swap", scan);
addEventListener("online", () => {
  if (!wire && watched.size) connect();
});
addEventListener("pagehide", () => {
  const open = wire;
  wire = null; // and so it is not taken for lost
  clearTimeout(silence);
  open?.close();
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) scan();
});
scan();
