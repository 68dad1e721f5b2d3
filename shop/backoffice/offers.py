"""Promotions, the coupons that give them, and who used them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from shop.backoffice.fields import MoneyField
from shop.backoffice.modeladmin import ShopAdmin, display
from shop.backoffice.offer_forms import CouponForm, PromotionForm
from shop.money import Money
from shop.pricing.models import Coupon, Promotion, PromotionUse


class UseInline(TabularInline):
    """Which orders used it, newest first."""

    model = PromotionUse
    extra = max_num = 0
    per_page = 25
    can_delete = False
    hide_title = True
    verbose_name_plural = "Uses, newest first"
    ordering = ["-created_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PromotionUse]:
        return super().get_queryset(request).select_related("coupon", "customer")  # type: ignore[no-any-return]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("orders.view_order"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PromotionUseInline(UseInline):
    fields = readonly_fields = ["created_at", "reference", "coupon", "email", "customer"]


class CouponUseInline(UseInline):
    fields = readonly_fields = ["created_at", "reference", "email", "customer"]


class _OfferAdmin(ShopAdmin):
    """What counts its own uses. An order that counts one while the form is saved waits, so
    that saving writes no older number back."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST":
            found = self.model.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
        return found

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was used belongs to the books: it is switched off instead."""
        allowed = bool(super().has_delete_permission(request, obj))
        return allowed and (obj is None or not obj.used.exists())

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it would not ask for each one's uses
        return actions


@admin.register(Promotion)
class PromotionAdmin(_OfferAdmin):
    form = PromotionForm
    list_display = [
        "name",
        "gives",
        "state",
        "is_automatic",
        "coupon_count",
        "used_count",
        "ends_at",
    ]
    list_filter = ["kind", "is_automatic", "is_active"]
    search_fields = ["name", "coupons__code"]
    autocomplete_fields = ["products", "categories"]
    readonly_fields = ["used_times"]
    inlines = [PromotionUseInline]
    warn_unsaved_form = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "kind"),
                    ("percent", "amount_minor"),
                    ("buy_quantity", "get_quantity"),
                    ("is_active", "is_automatic"),
                ]
            },
        ),
        ("For which goods", {"fields": ["products", "categories", "minimum_minor"]}),
        (
            "When and how often",
            {
                "fields": [
                    *("starts_at", "ends_at"),
                    ("max_uses", "max_uses_per_customer"),
                    ("used_times", "position"),
                ]
            },
        ),
    ]
    readonly_preprocess_fields = {
        "amount_minor": MoneyField.show,
        "minimum_minor": MoneyField.show,
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Promotion]:
        promotions: QuerySet[Promotion] = super().get_queryset(request)
        counted: QuerySet[Promotion] = promotions.annotate(
            coupon_number=_count(Coupon), use_number=_count(PromotionUse)
        )
        return counted

    def save_model(self, request: HttpRequest, obj: Promotion, form: Any, change: bool) -> None:
        if change and (obj.max_uses is not None or obj.max_uses_per_customer is not None):
            # Orders count on it only while it has a limit, which it may just have got.
            obj.uses = PromotionUse.objects.filter(promotion=obj).count()
        super().save_model(request, obj, form, change)

    @admin.display(description="gives")
    def gives(self, promotion: Promotion) -> str:
        return describe(promotion)

    @display(
        description="state",
        label={
            "On": "success",
            "Off": "danger",
            "Later": "info",
            "Over": "danger",
            "Used up": "danger",
        },
    )
    def state(self, promotion: Promotion) -> str:
        now = timezone.now()
        if not promotion.is_active:
            return "Off"
        if promotion.starts_at and promotion.starts_at > now:
            return "Later"
        if promotion.ends_at and promotion.ends_at <= now:
            return "Over"
        used_up = promotion.max_uses is not None and promotion.uses >= promotion.max_uses
        return "Used up" if used_up else "On"

    @admin.display(description="coupons", ordering="coupon_number")
    def coupon_count(self, promotion: Any) -> int:
        return int(promotion.coupon_number)

    @admin.display(description="used", ordering="use_number")
    def used_count(self, promotion: Any) -> int:
        return int(promotion.use_number)

    @admin.display(description="used so far")
    def used_times(self, promotion: Promotion) -> str:
        return f"{promotion.used.count()} times" if promotion.pk else "–"


@admin.register(Coupon)
class CouponAdmin(_OfferAdmin):
    form = CouponForm
    list_display = ["code", "promotion", "is_active", "uses", "max_uses", "created_at"]
    list_filter = ["is_active", "created_at"]
    list_select_related = ["promotion"]
    search_fields = ["code", "promotion__name"]
    autocomplete_fields = ["promotion"]
    readonly_fields = ["uses", "created_at"]
    inlines = [CouponUseInline]
    fields = ["code", "promotion", "max_uses", "is_active", "uses", "created_at"]


def describe(promotion: Promotion) -> str:
    """What it gives, in a few words."""
    percent = f"{promotion.percent.normalize():f} %"
    amount = Money(promotion.amount_minor, settings.SHOP_CURRENCY)
    words: dict[str, str] = {
        Promotion.Kind.PERCENT: f"{percent} off",
        Promotion.Kind.AMOUNT: f"{amount.format()} off",
        Promotion.Kind.FREE_DELIVERY: "Free delivery",
        Promotion.Kind.BUY_X_GET_Y: (
            f"Buy {promotion.buy_quantity}, get {promotion.get_quantity} at {percent} off"
        ),
    }
    return words[promotion.kind]


def _count(model: Any) -> Any:
    own = model.objects.filter(promotion=OuterRef("pk")).order_by().values("promotion")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
