"""Tax classes and their rates, in basis points, by country."""

from __future__ import annotations

from shop.catalog.models import TaxClass
from shop.pricing.models import TaxRate

CLASSES = {"standard": "Standard rate", "reduced": "Reduced rate (food, books, seed)"}
RATES = {
    "AT": (2_000, 1_000),
    "BE": (2_100, 600),
    "CZ": (2_100, 1_200),
    "DE": (1_900, 700),
    "DK": (2_500, 2_500),
    "ES": (2_100, 1_000),
    "FI": (2_550, 1_350),
    "FR": (2_000, 550),
    "IE": (2_300, 1_350),
    "IT": (2_200, 1_000),
    "LU": (1_700, 800),
    "NL": (2_100, 900),
    "PL": (2_300, 800),
    "PT": (2_300, 600),
    "SE": (2_500, 1_200),
}


def create_tax_classes() -> dict[str, TaxClass]:
    """The classes by code; those that are missing, and their missing rates, are made.

    The caller's transaction then holds the first class's row, so that a second load at the
    same moment waits here, and finds all done.
    """
    TaxClass.objects.bulk_create(
        [TaxClass(code=code, name=name) for code, name in CLASSES.items()], ignore_conflicts=True
    )
    classes = {
        tax_class.code: tax_class
        for tax_class in TaxClass.objects.select_for_update().filter(code__in=CLASSES)
    }
    TaxRate.objects.bulk_create(
        [
            TaxRate(tax_class=classes[code], country=country, rate_basis_points=rate)
            for country, rates in RATES.items()
            for code, rate in zip(CLASSES, rates, strict=True)
        ],
        ignore_conflicts=True,
    )
    return classes
