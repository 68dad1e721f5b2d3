"""The sidebar: what a member of staff may open, in the order of the day's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse


class Entry(NamedTuple):
    """A line of the sidebar, shown to who has any of the permissions."""

    title: str
    icon: str
    address: str
    permissions: Sequence[str] = ()


GROUPS: Mapping[str, Sequence[Entry]] = {
    "": [Entry("Overview", "dashboard", "admin:index")],
    "Sales": [
        Entry("Orders", "receipt_long", "admin:orders_order_changelist", ["orders.view_order"]),
        Entry(
            "Promotions",
            "loyalty",
            "admin:pricing_promotion_changelist",
            ["pricing.view_promotion"],
        ),
        Entry(
            "Coupons",
            "confirmation_number",
            "admin:pricing_coupon_changelist",
            ["pricing.view_coupon"],
        ),
        Entry(
            "Delivery",
            "local_shipping",
            "admin:pricing_shippingmethod_changelist",
            ["pricing.view_shippingmethod"],
        ),
    ],
    "Catalogue": [
        Entry(
            "Products", "inventory_2", "admin:catalog_product_changelist", ["catalog.view_product"]
        ),
        Entry("Variants", "sell", "admin:catalog_variant_changelist", ["catalog.view_variant"]),
        Entry(
            "Categories",
            "account_tree",
            "admin:catalog_category_changelist",
            ["catalog.view_category"],
        ),
        Entry("Taxes", "percent", "admin:catalog_taxclass_changelist", ["catalog.view_taxclass"]),
    ],
    "Stock": [
        Entry(
            "Levels",
            "package_2",
            "admin:inventory_stocklevel_changelist",
            ["inventory.view_stocklevel"],
        ),
        Entry(
            "Receive goods",
            "add_box",
            "admin:inventory_stocklevel_delivery",
            ["inventory.change_stocklevel"],
        ),
        Entry(
            "Movements",
            "swap_vert",
            "admin:inventory_movement_changelist",
            ["inventory.view_movement"],
        ),
        Entry(
            "Ledger check",
            "rule",
            "admin:inventory_stocklevel_drift",
            ["inventory.view_stocklevel"],
        ),
    ],
    "Customers": [
        Entry("Accounts", "group", "admin:accounts_user_changelist", ["accounts.view_user"]),
        Entry(
            "Carts", "shopping_cart", "admin:cart_storedcart_changelist", ["cart.view_storedcart"]
        ),
        Entry("Staff groups", "badge", "admin:auth_group_changelist", ["auth.view_group"]),
        Entry(
            "Failed log-ins",
            "lock",
            "admin:axes_accessattempt_changelist",
            ["axes.view_accessattempt"],
        ),
    ],
    "Import and export": [
        Entry(
            "Import products",
            "upload_file",
            "admin:backoffice_importrun_add",
            ["backoffice.add_importrun"],
        ),
        Entry(
            "Imports so far",
            "history",
            "admin:backoffice_importrun_changelist",
            ["backoffice.view_importrun"],
        ),
        Entry(
            "Export products", "download", "admin:catalog_product_export", ["catalog.view_product"]
        ),
    ],
}


def build_sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups and entries that this member of staff may open."""
    groups: list[dict[str, Any]] = [
        {"title": title, "separator": bool(title), "items": items}
        for title, entries in GROUPS.items()
        if (items := [_to_item(entry) for entry in entries if _may_open(request, entry)])
    ]
    links = [item["link"] for group in groups for item in group["items"]]
    # One address begins with another: the longest that fits is where one is.
    here = max((link for link in links if request.path.startswith(link)), key=len, default="")
    for group in groups:
        for item in group["items"]:
            item["active"] = item["link"] == here
    return groups


def name_environment(request: HttpRequest) -> list[str]:
    """The badge beside the title: where this shop keeps its carts."""
    return [f"Carts: {settings.CART_STRATEGY}", "info"]


def find_icon(request: HttpRequest) -> str:
    return static("img/icon.svg")


def find_styles(request: HttpRequest) -> str:
    return static("admin-shop.css")


def _may_open(request: HttpRequest, entry: Entry) -> bool:
    return not entry.permissions or any(map(request.user.has_perm, entry.permissions))


def _to_item(entry: Entry) -> dict[str, Any]:
    return {"title": entry.title, "icon": entry.icon, "link": reverse(entry.address)}
