"""Home, category, search and product."""

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shop.catalog.models import Product
from shop.pricing.models import TaxRate
from shop.storefront.buying import Choice
from shop.storefront.http import ShopRequest
from shop.storefront.listing import Listing, for_cards
from shop.storefront.shelves import Shelves


@require_safe
def home(request: ShopRequest) -> HttpResponse:
    newest = list(for_cards(Product.objects.all())[:8])
    return render(request, "storefront/catalog/home.html", {"newest": newest})


@require_safe
def category(request: ShopRequest, slug: str) -> HttpResponse:
    shelves = Shelves()
    shelf = shelves.find(slug)
    if shelf is None:
        raise Http404
    below = [each.category.pk for each in shelf.walk()]
    listing = Listing(Product.objects.filter(category__in=below), request.GET)
    context = {"shelves": shelves, "shelf": shelf, "listing": listing, "trail": shelf.trail}
    return render(request, "storefront/catalog/category.html", context)


@require_safe
def search(request: ShopRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:200]
    listing = Listing(Product.objects.matching(words), request.GET) if words else None
    context = {"words": words, "listing": listing}
    return render(request, "storefront/catalog/search.html", context)


@require_safe
def product(request: ShopRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Product.objects.on_sale(), slug=slug)
    rate = TaxRate.objects.filter(
        country=settings.SHOP_COUNTRY, tax_class=OuterRef("tax_class")
    ).values("rate_basis_points")[:1]
    variants = found.variants.filter(is_active=True).annotate(
        available=Coalesce(F("stock__on_hand"), 0), tax_rate=Subquery(rate)
    )
    choice = Choice(list(variants), request.GET.get("sku"))
    shelves = Shelves()
    context = {
        "product": found,
        "choice": choice,
        "images": list(found.images.all()),
        "attributes": list(found.attributes.all()),
        "shelves": shelves,
        "trail": shelves.trail_to(found.category_id),
    }
    return render(request, "storefront/catalog/product.html", context)
