"""What a customer does with the address book. Lock order: the customer, then addresses."""

from __future__ import annotations

from django.db import transaction

from shop.accounts.addresses import Address, PostalAddress
from shop.accounts.models import User

MOST_ADDRESSES = 50


def save_address(
    *, user: User, address: PostalAddress, is_default: bool = False, entry: Address | None = None
) -> Address:
    """Put the address into the customer's book, in place of `entry` if one is given. One that
    is in it already is not doubled; the first becomes the default. Past `MOST_ADDRESSES` the
    oldest that is not the default makes room.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        book = list(Address.objects.filter(user=user))
        same = next((known for known in book if known.postal == address), None)
        kept = entry or same or Address(user=user)
        for name, text in address.as_dict().items():
            setattr(kept, name, text)
        if is_default or not book:
            Address.objects.filter(user=user, is_default=True).update(is_default=False)
            kept.is_default = True
        kept.save()
        surplus = max(0, len(book) + 1 - MOST_ADDRESSES)
        spare = [known for known in book if not known.is_default and known.pk != kept.pk]
        for old in spare[:surplus]:
            old.delete()
        return kept
