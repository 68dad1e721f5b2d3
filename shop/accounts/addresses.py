"""Postal addresses: the value, and the customer's address book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Self

from babel import Locale
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


@cache
def list_countries(language: str = "en") -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes with the countries' names, in order of name."""
    territories = Locale.parse(language).territories
    # CLDR has regions (numbers) and a few that are no country: EU, UN, EZ, ZZ, pseudo-locales.
    others = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}
    found = {c: n for c, n in territories.items() if len(c) == 2 and c not in others}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def validate_country(code: str) -> None:
    if code not in list_countries():
        raise ValidationError("Give the country as its two-letter code, such as DE.", "invalid")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where something is sent to, as a snapshot keeps it."""

    name: str
    line1: str
    postcode: str
    city: str
    country: str
    """ISO 3166-1 alpha-2."""
    line2: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Reads what `as_dict` wrote; what is missing is empty, what is unknown is left out."""
        return cls(**{field.name: str(data.get(field.name, "")) for field in fields(cls)})

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @property
    def country_name(self) -> str:
        return list_countries().get(self.country, self.country)

    @property
    def lines(self) -> list[str]:
        """As it is written on a parcel."""
        city = f"{self.postcode} {self.city}".strip()
        return [x for x in (self.name, self.line1, self.line2, city, self.country_name) if x]


class Address(models.Model):
    """An entry of a customer's address book."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses"
    )
    name = models.CharField(max_length=100)
    line1 = models.CharField(max_length=200)
    line2 = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2, validators=[validate_country])
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "accounts"
        verbose_name_plural = "addresses"
        ordering = ["-is_default", "id"]
        constraints = [
            models.UniqueConstraint(
                "user", condition=Q(is_default=True), name="accounts_one_default_address"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.postal.lines)

    @property
    def postal(self) -> PostalAddress:
        return PostalAddress(
            name=self.name,
            line1=self.line1,
            line2=self.line2,
            postcode=self.postcode,
            city=self.city,
            country=self.country,
        )
