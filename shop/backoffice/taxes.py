"""Classes of goods by tax, each with its rates by country."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminTextInputWidget

from shop.backoffice.fields import PercentField
from shop.backoffice.modeladmin import AnyModelForm, ShopAdmin, UniqueRowsFormSet
from shop.catalog.models import TaxClass
from shop.pricing.models import TaxRate


class TaxRateForm(AnyModelForm):
    country = forms.CharField(
        max_length=2,
        widget=UnfoldAdminTextInputWidget,
        help_text="Two letters (ISO 3166-1), such as DE.",
    )
    rate_basis_points = PercentField(label="Rate in %")

    class Meta:
        model = TaxRate
        fields = ["country", "rate_basis_points"]

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        names = Locale("en").territories
        if len(country) != 2 or not country.isalpha() or country not in names:
            raise forms.ValidationError("There is no country with this code.", code="unknown")
        return country


class TaxRateFormSet(UniqueRowsFormSet):
    unique_field = "country"


class TaxRateInline(TabularInline):
    model = TaxRate
    form = TaxRateForm
    formset = TaxRateFormSet
    extra = 0
    hide_title = True
    verbose_name_plural = "Rates"
    readonly_preprocess_fields = {"rate_basis_points": lambda text: PercentField.show(text)}


@admin.register(TaxClass)
class TaxClassAdmin(ShopAdmin):
    list_display = ["name", "code", "rates_in_words"]
    search_fields = ["name", "code"]
    inlines = [TaxRateInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("rates")

    @admin.display(description="rates")
    def rates_in_words(self, tax_class: TaxClass) -> str:
        rates = tax_class.rates.all()
        return ", ".join(f"{r.country} {r.rate_basis_points / 100:g} %" for r in rates) or "none"
