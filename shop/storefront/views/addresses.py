"""The customer's address book."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.accounts.address_book import delete_address, save_address
from shop.accounts.addresses import Address
from shop.storefront.checkout.forms import AddressBookForm
from shop.storefront.http import SeeOther, ShopRequest


@login_required
@never_cache
@require_safe
def book(request: ShopRequest) -> HttpResponse:
    entries = Address.objects.filter(user_id=request.user.pk or 0)
    return render(request, "storefront/account/addresses.html", {"entries": entries})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ShopRequest, pk: int | None = None) -> HttpResponse:
    assert request.user.is_authenticated  # noqa: S101  (for the type checker)
    entry = get_object_or_404(Address, pk=pk, user=request.user) if pk else None
    form = AddressBookForm.of(entry) if entry else AddressBookForm()
    if request.method == "POST":
        form = AddressBookForm(request.POST)
        if form.is_valid():
            save_address(
                user=request.user,
                postal=form.address,
                is_default=form.cleaned_data["is_default"],
                entry=entry,
            )
            messages.success(request, _("Your address is kept."))
            return SeeOther(reverse("storefront:addresses"))
    return render(request, "storefront/account/address.html", {"form": form, "entry": entry})


@login_required
@require_POST
def remove(request: ShopRequest, pk: int) -> HttpResponse:
    assert request.user.is_authenticated  # noqa: S101  (for the type checker)
    if delete_address(user=request.user, pk=pk):
        messages.success(request, _("The address is gone from your book."))
    return SeeOther(reverse("storefront:addresses"))
