"""Closing and opening accounts. Accounts are locked by id, ascending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from shop.accounts.models import RefreshFamily, User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def deactivate_users(*, users: QuerySet[User]) -> list[User]:
    """Close these accounts: their sessions and tokens end at once. Gives those that were
    open."""
    with transaction.atomic():
        changed = [user for user in _lock_users(users) if user.is_active]
        User.objects.filter(pk__in=[user.pk for user in changed]).update(is_active=False)
        RefreshFamily.objects.live().filter(user__in=changed).update(revoked_at=timezone.now())
    return changed


def activate_users(*, users: QuerySet[User]) -> list[User]:
    """Open these accounts again. Gives those that were closed."""
    with transaction.atomic():
        changed = [user for user in _lock_users(users) if not user.is_active]
        User.objects.filter(pk__in=[user.pk for user in changed]).update(is_active=True)
    return changed


def _lock_users(users: QuerySet[User]) -> list[User]:
    chosen = users.order_by().values("pk")
    return list(User.objects.select_for_update().filter(pk__in=chosen).order_by("pk"))
