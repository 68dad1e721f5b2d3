// Everything that a page asks about the cart goes through here: in turn, with the token of
// this moment, and with the answer's token kept before the next one goes.

import { carryToken, hasToken, keepsToken, keepToken, onTokenChange } from "./token.js";
import { inTurn } from "./queue.js";

const ANSWER_WITHIN = 20_000; // milliseconds; the queue must not wait for ever
const find = (id) => document.getElementById(id);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("switchcart.cart") : null;

// What the shopper has typed or pressed and no answer has shown yet: an answer to something
// earlier must not draw the cart over it. The last answer draws it all.
const unsent = new Set();
let unanswered = 0;

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.closest("[data-cart-request]")) return;
  ctx.fetch = sendInTurn;
  if (ctx.request.method === "GET") return;
  unanswered += 1;
  unsent.delete(ctx.sourceElement);
});

document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  if (!unanswered && !unsent.size) return;
  for (const task of tasks.filter(({ target }) => target?.id === "cart")) {
    tasks.splice(tasks.indexOf(task), 1);
  }
});

const findNumberForm = ({ target }) => target.closest(".cart-quantity");

document.addEventListener("input", (event) => {
  if (findNumberForm(event)) unsent.add(findNumberForm(event));
});

// Left as it was before, a number is not sent.
document.addEventListener("focusout", (event) => {
  const form = findNumberForm(event);
  if (form && event.target.value === event.target.defaultValue) unsent.delete(form);
});

async function sendInTurn(address, options) {
  const isChange = options.method !== "GET";
  try {
    const response = await inTurn(() => send(address, options), options.signal);
    find("cart")?.classList.add("is-fresh");
    if (isChange && response.ok && !keepsToken) tabs?.postMessage("changed");
    // A refusal comes as parts, with its reason; anything else is no answer of the cart's.
    const isAnswer = response.ok || (await response.clone().text()).includes("<hx-partial");
    if (!isAnswer) say("cart-failed");
    return response;
  } catch (error) {
    say("cart-failed");
    find("cart")?.classList.add("is-fresh");
    // It may have arrived all the same: show what is true as soon as that can be told.
    if (isChange && navigator.onLine) setTimeout(refresh, 2_000);
    throw error;
  } finally {
    if (isChange) unanswered -= 1;
  }
}

async function send(address, options) {
  await carryToken(options.headers);
  refreshCsrf(options);
  const signals = [options.signal, AbortSignal.timeout(ANSWER_WITHIN)].filter(Boolean);
  // What is under way when the shopper goes on to another page still arrives; only a token
  // that this page's script has to keep could not.
  const keepalive = options.method !== "GET" && !keepsToken;
  const signal = AbortSignal.any?.(signals) ?? options.signal;
  const response = await fetch(address, { ...options, keepalive, signal });
  await keepToken(response);
  // Read to the end within the turn, so that answers are shown in the order of their requests.
  return new Response(await response.blob(), response);
}

// Another tab may have logged in since this page was made, and the form's own token with it.
function refreshCsrf({ body }) {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  if (cookie && body?.has?.("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", cookie[1]);
}

function say(templateId) {
  find("notices")?.replaceChildren(find(templateId).content.cloneNode(true));
}

/** Ask for the badge, and for the cart where the page shows it. */
function refresh() {
  // The shop is told the target, and answers with what stands there.
  const target = find("cart") ?? find("cart-badge");
  htmx.ajax("GET", find("cart-badge").href, { source: target, swap: "none" });
}

onTokenChange(refresh);
tabs?.addEventListener("message", refresh);
addEventListener("online", refresh);
// What a short line says, and the totals, are the shop's to work out.
addEventListener("stock-change", ({ target, detail }) => {
  const needs = Number(target.dataset.stockNeeds ?? 0);
  const isShort = detail.available < needs;
  if (needs && isShort !== target.classList.contains("has-problem")) refresh();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) refresh();
});

// A page comes without the header, so it cannot show the cart of this browser's storage.
if (keepsToken && (hasToken() || find("cart-badge").dataset.count !== "0")) refresh();
else find("cart")?.classList.add("is-fresh");
// So does a step of the checkout, which asks for itself as soon as it can bring the token.
document.querySelector("[hx-trigger='cart-ready']")?.dispatchEvent(new Event("cart-ready"));

// The step buttons change the number, which sends itself; pressed quickly, every press counts.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  event.preventDefault();
  const input = button.parentElement.querySelector("input");
  input.value = Math.max(0, Number(input.value) + Number(button.dataset.step));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// Where the focused element was in a part that has been replaced, go on at the heading.
document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement === document.body) find("cart-title")?.focus();
});
