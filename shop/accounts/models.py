"""The customer's account, and the logins of clients that hold tokens."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from shop.accounts.addresses import Address  # noqa: F401  (a model of this room)


class User(AbstractUser):
    """A customer or a member of staff. Name and e-mail are unique whatever their case."""

    email = models.EmailField("e-mail address", blank=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="accounts_user_email_unique",
                violation_error_message="There is an account with this e-mail address already.",
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_unique",
                violation_error_message="This user name is taken.",
            ),
        ]


class RefreshFamilyQuerySet(models.QuerySet[Any]):
    def expired(self) -> "RefreshFamilyQuerySet":
        return self.filter(expires_at__lte=timezone.now())

    def live(self) -> "RefreshFamilyQuerySet":
        return self.filter(expires_at__gt=timezone.now(), revoked_at=None)


class RefreshFamily(models.Model):
    """One login of a client that holds tokens, and every refresh token that came of it.

    Only the token whose id is `current` can be spent; the row, not the token, says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresh_families"
    )
    current = models.CharField(max_length=64)
    # What Django's sessions keep, for the same end: a new password ends the login.
    password_mark = models.CharField(max_length=128)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = RefreshFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "refresh families"

    def __str__(self) -> str:
        return str(self.id)
