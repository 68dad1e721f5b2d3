"""Opening an account."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shop.accounts.models import User


def register_customer(*, username: str, email: str, password: str) -> User:
    """Make the account. Raises Django's `ValidationError` by field: a name or an address
    that is taken (whatever its case, and however many ask for it at once), a weak password.
    """
    user = User(username=username, email=User.objects.normalize_email(email))
    errors: dict[str, list[str]] = {}
    try:
        validate_password(password, user)
    except ValidationError as error:
        errors["password"] = error.messages
    errors |= _find_taken(user)
    if errors:
        raise ValidationError(errors)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        # Somebody was faster: the constraints have refused what the look-up above let pass.
        if taken := _find_taken(user):
            raise ValidationError(taken) from None
        raise
    return user


def _find_taken(user: User) -> dict[str, list[str]]:
    taken: dict[str, list[str]] = {}
    if User.objects.filter(username__iexact=user.username).exists():
        taken["username"] = ["This user name is taken."]
    if user.email and User.objects.filter(email__iexact=user.email).exists():
        taken["email"] = ["There is an account with this e-mail address already."]
    return taken
