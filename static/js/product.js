// The product page: what the chosen variant costs, whether it can be had, its picture.

const show = (name) => document.querySelector(`[data-show="${name}"]`);
const strip = document.getElementById("gallery");

function showAvailability(available) {
  const line = document.querySelector("[data-stock]");
  const state = available === 0 ? "out" : available <= Number(line.dataset.low) ? "low" : "in";
  line.dataset.available = available;
  for (const each of line.querySelectorAll("[data-availability]")) {
    each.hidden = each.dataset.availability !== state;
  }
  show("left").textContent = available;
}

function showVariant({ value, dataset }) {
  show("price").textContent = dataset.price;
  show("compare-at").hidden = !dataset.compareAt;
  show("compare-at-amount").textContent = dataset.compareAt;
  document.querySelector("[data-stock]").dataset.stock = value;
  showAvailability(Number(dataset.available));
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

document.addEventListener("click", (event) => {
  const thumb = event.target.closest("[data-picture]");
  if (!thumb) return;
  event.preventDefault();
  showPicture(document.getElementById(`picture-${thumb.dataset.picture}`));
});
