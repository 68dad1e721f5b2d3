// The product page: what the chosen variant costs, whether it can be had, its picture.

const show = (name) => document.querySelector(`[data-show="${name}"]`);
const strip = document.getElementById("gallery");

const line = document.querySelector(".availability");
const button = document.querySelector("[data-stock-button]");

// The level is the chosen variant's, and from now on live-stock.js keeps it.
function showAvailability(sku, available) {
  const state = available === 0 ? "out" : available <= Number(line.dataset.stockLow) ? "low" : "in";
  line.dataset.available = available;
  line.dataset.stockSku = button.dataset.stockButton = sku;
  delete line.dataset.stockVersion;
  for (const each of line.querySelectorAll("[data-stock-show]")) {
    each.hidden = each.dataset.stockShow !== state;
  }
  line.querySelector("[data-stock-left]").textContent = available;
  button.disabled = available === 0;
}

function showVariant({ value, dataset }) {
  show("price").textContent = dataset.price;
  show("compare-at").hidden = !dataset.compareAt;
  show("compare-at-amount").textContent = dataset.compareAt;
  showAvailability(value, Number(dataset.available));
  if (dataset.image) showPicture(document.querySelector(`[data-image="${dataset.image}"]`));
  const address = new URL(location);
  address.searchParams.set("sku", value);
  history.replaceState(history.state, "", address);
}

function showPicture(picture) {
  if (picture) strip.scrollTo({ left: picture.offsetLeft - strip.offsetLeft });
}

document.addEventListener("change", (event) => {
  if (event.target.matches('.choice input[name="sku"]')) showVariant(event.target);
});

document.addEventListener("stock-change", ({ target, detail }) => {
  target.closest(".option")?.classList.toggle("is-out", detail.available === 0);
});

document.addEventListener("click", (event) => {
  const thumb = event.target.closest("[data-picture]");
  if (!thumb) return;
  event.preventDefault();
  showPicture(document.getElementById(`picture-${thumb.dataset.picture}`));
});
