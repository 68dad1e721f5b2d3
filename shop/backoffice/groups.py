"""The groups of staff that the shop comes with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

GROUPS: Mapping[str, Sequence[str]] = {
    # Sells and sends: sees everything of the day, receives and counts, helps customers.
    "Shop staff": [
        *("catalog.view_category", "catalog.view_product", "catalog.view_variant"),
        *("catalog.view_image", "catalog.view_attribute", "catalog.view_taxclass"),
        *("pricing.view_taxrate", "inventory.view_movement"),
        *("inventory.view_stocklevel", "inventory.change_stocklevel"),
        *("accounts.view_user", "accounts.change_user", "cart.view_storedcart"),
        *("axes.view_accessattempt", "axes.delete_accessattempt"),
        # Sends, cancels and takes back; takes money and gives it back.
        *("orders.view_order", "orders.change_order"),
        *("payments.view_payment", "payments.change_payment", "payments.add_refund"),
        *("pricing.view_promotion", "pricing.view_coupon", "pricing.view_shippingmethod"),
    ],
    # Looks after what is sold, one by one or by import.
    "Catalogue editor": [
        *(
            f"catalog.{verb}_{model}"
            for model in ("category", "product", "variant", "image", "attribute")
            for verb in ("view", "add", "change", "delete")
        ),
        *("catalog.view_taxclass", "pricing.view_taxrate", "inventory.view_movement"),
        *("inventory.view_stocklevel", "inventory.change_stocklevel"),
        *("backoffice.view_importrun", "backoffice.add_importrun"),
        *(
            f"pricing.{verb}_{model}"
            for model in ("promotion", "coupon")
            for verb in ("view", "add", "change", "delete")
        ),
    ],
}


def create_groups() -> list[Group]:
    """Make the groups, or add to them what they lack; what an owner gave them besides
    stays. Safe to repeat."""
    made = []
    with transaction.atomic():
        for name, labels in GROUPS.items():
            group, _ = Group.objects.get_or_create(name=name)
            wanted = Q()
            for label in labels:
                app, codename = label.split(".")
                wanted |= Q(content_type__app_label=app, codename=codename)
            found = list(Permission.objects.filter(wanted))
            if len(found) != len(labels):
                raise RuntimeError(f"A permission of the group {name!r} does not exist.")
            group.permissions.add(*found)
            made.append(group)
    return made
