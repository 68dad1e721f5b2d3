"""Ways of delivery."""

from __future__ import annotations

from django.contrib import admin

from shop.backoffice.fields import MoneyField
from shop.backoffice.modeladmin import ShopAdmin
from shop.backoffice.offer_forms import ShippingMethodForm
from shop.pricing.models import ShippingMethod


@admin.register(ShippingMethod)
class ShippingMethodAdmin(ShopAdmin):
    form = ShippingMethodForm
    list_display = ["name", "code", "goes_to", "costs", "is_active", "position"]
    list_filter = ["is_active"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"code": ["name"]}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "code"),
                    "description",
                    ("price_minor", "free_from_minor"),
                    ("is_active", "position"),
                    "tax_class",
                ]
            },
        ),
        (
            "Where it is offered",
            {
                "fields": [
                    "countries",
                    ("min_total_minor", "max_total_minor"),
                    ("min_weight_grams", "max_weight_grams"),
                ]
            },
        ),
    ]
    readonly_preprocess_fields = dict.fromkeys(
        ["price_minor", "free_from_minor", "min_total_minor", "max_total_minor"], MoneyField.show
    )

    @admin.display(description="to")
    def goes_to(self, method: ShippingMethod) -> str:
        return ", ".join(method.countries) or "everywhere"

    @admin.display(description="price", ordering="price_minor")
    def costs(self, method: ShippingMethod) -> str:
        return method.price.format()
