"""Customers with known names and passwords, for tests and demonstrations only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db.models.functions import Lower

from shop.accounts.models import User
from shop.demo.load import Track

ADMIN_NAME = "admin"
ADMIN_PASSWORD = "admin-demo-Passw0rd"  # noqa: S105 (known on purpose; see the command)
_BATCH = 20


@dataclass(slots=True)
class Outcome:
    made: int = 0
    kept: int = 0
    skipped: list[str] = field(default_factory=list)


def shopper_password(number: int) -> str:
    return f"acceptance-{number}-Passw0rd"


def create_shoppers(*, count: int, track: Track[User] = lambda items, heading: items) -> Outcome:
    """Make `shopper1` to `shopper<count>`, those that there are not yet.

    One whose e-mail address somebody else has is skipped. Each password is hashed as a
    customer's is, which takes its time; they are saved in small batches, so that a run that
    was killed goes on where it stopped.
    """
    users = [
        User(username=f"shopper{number}", email=f"shopper{number}@example.com")
        for number in range(1, count + 1)
    ]
    names = _lower_case("username", [user.username for user in users])
    addresses = _lower_case("email", [user.email for user in users])
    outcome = Outcome(kept=len(names))
    missing = [user for user in users if user.username not in names]
    for user in [user for user in missing if user.email in addresses]:
        missing.remove(user)
        outcome.skipped.append(f"{user.username}: {user.email} belongs to somebody else.")
    batch: list[User] = []
    for user in track(missing, "Shoppers"):
        user.password = make_password(shopper_password(int(user.username[7:])))
        batch.append(user)
        if len(batch) == _BATCH or user is missing[-1]:
            # Another run at the same time may have been quicker with some of them.
            User.objects.bulk_create(batch, ignore_conflicts=True)
            outcome.made += len(batch)
            batch.clear()
    return outcome


def create_admin() -> bool:
    """Make the member of staff who may do anything; False if the name is taken already."""
    if _lower_case("username", [ADMIN_NAME]):
        return False
    User.objects.create_superuser(ADMIN_NAME, "admin@example.com", ADMIN_PASSWORD)
    return True


def _lower_case(name: str, values: Sequence[str]) -> set[str]:
    found: Iterable[str] = (
        User.objects.annotate(lower=Lower(name))
        .filter(lower__in=values)
        .values_list("lower", flat=True)
    )
    return set(found)
