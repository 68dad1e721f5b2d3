"""A customer's address book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from shop.accounts.addresses import Address, PostalAddress

if TYPE_CHECKING:
    from shop.accounts.models import User


def save_address(
    *, user: User, postal: PostalAddress, is_default: bool = False, entry: Address | None = None
) -> Address:
    """Write an entry, or change one of the user's own; the first is the default, and a new
    default takes the place of the old one. An equal entry is not written twice."""
    with transaction.atomic():
        book = _lock(user)
        same = Address.objects.filter(user=user, **postal.as_dict()).first()
        entry = entry or same or Address(user=user)
        for name, value in postal.as_dict().items():
            setattr(entry, name, value)
        makes_default = is_default or not book
        if makes_default:
            Address.objects.filter(user=user, is_default=True).exclude(pk=entry.pk).update(
                is_default=False
            )
            entry.is_default = True
        entry.save()
        return entry


def delete_address(*, user: User, pk: int) -> bool:
    """Take one of the user's entries out; the next one becomes the default if it was that.
    False if the user has no such entry."""
    with transaction.atomic():
        _lock(user)
        entry = Address.objects.filter(user=user, pk=pk).first()
        if entry is None:
            return False
        entry.delete()
        if entry.is_default and (following := Address.objects.filter(user=user).first()):
            following.is_default = True
            following.save(update_fields=["is_default"])
        return True


def _lock(user: User) -> list[Address]:
    """All entries, with the owner's row locked, so that one change waits for the other."""
    # Not by the user's own class: a request's user is a lazy object.
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)
    return list(Address.objects.filter(user=user))
