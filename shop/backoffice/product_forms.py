"""The forms of a product, its variants and its pictures."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from warnings import catch_warnings, simplefilter

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from PIL import Image as Pictures
from PIL import UnidentifiedImageError
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from shop.backoffice.fields import MoneyField, OptionsField, TagsField
from shop.backoffice.modeladmin import AnyModelForm, SeenForm, UniqueRowsFormSet
from shop.catalog.models import Image, Product, Variant
from shop.exchange.html import sanitise

LARGEST_PICTURE = 10 * 1024 * 1024
"""In bytes."""
MOST_PIXELS = 50_000_000
# No SVG: it may carry a script, and is served from the shop's own address.
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}


class ProductForm(SeenForm):
    tags = TagsField(required=False, help_text="With commas between them.")
    description = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 12}),
        help_text="HTML. What could do harm or loads from elsewhere is taken out on saving.",
    )

    class Meta:
        model = Product
        fields = [
            *("name", "slug", "status", "category", "vendor", "product_type", "tags"),
            *("description", "seo_title", "seo_description"),
        ]

    def find_state(self) -> str:
        return str(self.instance.updated_at.isoformat())

    def clean_description(self) -> str:
        return sanitise(self.cleaned_data["description"])


class VariantForm(AnyModelForm):
    price_minor = MoneyField(label="Price")
    compare_at_minor = MoneyField(
        label="Former price", required=False, help_text="The higher one, shown struck through."
    )
    options = OptionsField(required=False, help_text="Size: M")

    class Meta:
        model = Variant
        fields = [
            *("sku", "options", "price_minor", "compare_at_minor", "tax_class", "is_active"),
            *("weight_grams", "requires_shipping", "barcode", "image", "position"),
        ]
        labels = {
            "is_active": "On sale",
            "weight_grams": "Weight in g",
            "requires_shipping": "Is shipped",
        }


class SingleVariantForm(VariantForm, SeenForm):
    """A variant on a page of its own; it is part of the state of its product."""

    def find_state(self) -> str:
        return str(self.instance.product.updated_at.isoformat())


class ImageForm(AnyModelForm):
    file = forms.FileField(
        required=False, label="Picture", widget=UnfoldAdminFileFieldWidget, max_length=100
    )

    class Meta:
        model = Image
        fields = ["file", "alt", "position"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self._measure(file)
        elif not file and not self.instance.source_url:
            raise forms.ValidationError("Choose a picture.", code="required")
        return file

    def _measure(self, upload: UploadedFile[Any]) -> None:
        """Take its size, and give it a name that says what it is."""
        if (upload.size or 0) > LARGEST_PICTURE:
            most = LARGEST_PICTURE // 1024 // 1024
            raise forms.ValidationError(f"At most {most} MB.", code="too_large")
        try:
            with catch_warnings():
                simplefilter("error", Pictures.DecompressionBombWarning)
                with Pictures.open(upload, formats=list(_ENDINGS)) as picture:
                    kind, (width, height) = str(picture.format), picture.size
                    picture.verify()
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
            raise forms.ValidationError(
                "This is not a whole JPEG, PNG, WebP or GIF picture.", code="invalid"
            ) from None
        except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
            width, height = MOST_PIXELS, MOST_PIXELS
        if width * height > MOST_PIXELS:
            raise forms.ValidationError("It has too many pixels.", code="too_many_pixels")
        upload.seek(0)
        stem = slugify(PurePath(upload.name or "").stem)[:60] or "picture"
        upload.name = f"{stem}.{_ENDINGS[kind]}"
        self.instance.width, self.instance.height = width, height


class AttributeFormSet(UniqueRowsFormSet):
    unique_field = "name"
