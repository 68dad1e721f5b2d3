"""A field that the catalogue's tables need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class OrderedJSONField(models.TextField):  # type: ignore[type-arg]
    """JSON that keeps the order of an object's names: PostgreSQL's jsonb sorts them, which
    would turn "Colour / Size" into "Size / Colour". Nothing can be looked up inside it."""

    if TYPE_CHECKING:  # what is set and got is JSON, not a text
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValidationError("This is not JSON.", code="invalid") from None

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})
