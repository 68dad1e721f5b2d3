"""What all pages of the admin have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import display as unfold_display
from unfold.forms import PaginationInlineFormSet

from shop.errors import ShopError

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:
    AnyModelForm = forms.ModelForm

display: Callable[..., Callable[[Any], Any]] = unfold_display
"""The theme's, which can show a picture beside the text, or a coloured label."""

MOST_LOGGED = 2_000
"""So many products of one bulk action get a line in their history each."""


class ShopAdmin(ModelAdmin):
    """A page whose form answers what another one saved at the same moment with an error,
    and not with a failure."""

    show_full_result_count = False
    list_per_page = 50

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, OperationalError):
            # Somebody took the same sku between our look and our write, or a deadlock was
            # broken. All of ours is rolled back, and the second look finds theirs.
            for name in request.FILES:
                for upload in request.FILES.getlist(name):
                    upload.seek(0)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        found: HttpResponse = response
        return found

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        try:
            response: HttpResponse | None = super().response_action(request, queryset)
        except (ValueError, OverflowError, ValidationError):
            # Django takes the chosen rows from the request as they are.
            self.message_user(request, "Choose rows of this list.", messages.ERROR)
            return None
        return response

    def refuse(self, request: HttpRequest, error: ShopError) -> None:
        self.message_user(request, error.message, messages.ERROR)

    def log_bulk(self, request: HttpRequest, changed: Sequence[models.Model], message: str) -> None:
        """A line in the history of each, and a message on the page."""
        LogEntry.objects.log_actions(
            cast(int, request.user.pk), list(changed[:MOST_LOGGED]), CHANGE, change_message=message
        )
        name = self.opts.verbose_name if len(changed) == 1 else self.opts.verbose_name_plural
        self.message_user(request, f"{len(changed)} {name}: {message}", messages.SUCCESS)


class ReadOnlyAdmin(ShopAdmin):
    """A page to look at: nobody adds, changes or deletes here."""

    actions: Sequence[str] | None = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UniqueRowsFormSet(PaginationInlineFormSet):
    """Refuses two rows with one value of `unique_field`. (Django looks for a unique field
    itself, but not for a constraint over expressions.)"""

    unique_field = ""

    def clean(self) -> None:
        super().clean()
        seen: set[Any] = set()
        for form in self.forms:
            value = getattr(form, "cleaned_data", {}).get(self.unique_field)
            if value in (None, "") or self._should_delete_form(form):
                continue
            if value in seen:
                form.add_error(self.unique_field, f"“{value}” is given twice.")
            seen.add(value)


class SeenForm(AnyModelForm):
    """A form that knows which state of a product it was filled in from.

    Saving over what somebody else has saved meanwhile is refused once, with who it was;
    sending it again is then a decision. The row has to be locked by who loads it.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.find_state()

    def find_state(self) -> str:
        """What changes with every change of the row."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") != self.find_state():
            replace_data(self, {self.add_prefix("seen"): self.find_state()})
            raise forms.ValidationError(
                "%(who)s changed this while the form was open, and nothing of yours is saved "
                "yet. Look at theirs in another window; saving again overwrites it.",
                code="changed_meanwhile",
                params={"who": _find_last_editor(self.instance)},
            )
        return cleaned


def replace_data(form: forms.BaseForm, values: Mapping[str, str]) -> None:
    """Have a form that was sent show these in its (hidden) fields instead."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[name] = value
    form.data = data


def _find_last_editor(instance: models.Model) -> str:
    entry = (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(instance), object_id=str(instance.pk)
        )
        .select_related("user")
        .order_by("-action_time", "-pk")
        .first()
    )
    return f"{entry.user} ({entry.action_time:%H:%M} UTC)" if entry else "Somebody"


def show_picture(address: str) -> str:
    return format_html('<img class="shop-picture" src="{}" alt="" loading="lazy">', address)


def list_names(items: Iterable[object], most: int = 10) -> str:
    """The first of them in words, and how many more there are."""
    names = [str(item) for item in items]
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
