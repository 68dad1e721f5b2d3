"""Opening an account."""

from __future__ import annotations

from typing import Any

import pytest

from shop.accounts.models import User
from tests.api.shopper import Shopper, assert_problem
from tests.threads import run_at_once

pytestmark = pytest.mark.django_db
GOOD = {"username": "ada", "email": "ada@example.com", "password": "correct-horse-9"}


def test_register_and_log_in(shopper: Shopper) -> None:
    answer = shopper.post("register/", GOOD)
    assert answer.status_code == 201
    assert answer.json()["username"] == "ada"
    assert "password" not in answer.json()
    assert shopper.log_in("ada", GOOD["password"]).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "12345678901"}, "password"),
        ({"password": "password123"}, "password"),
        ({"username": "adalovelace", "password": "adalovelace"}, "password"),
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "a\x00"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": ["a"]}, "username"),
        ({"email": "nothing"}, "email"),
        ({"email": ""}, "email"),
        ({"email": None}, "email"),
        ({"password": "x" * 300}, "password"),
    ],
)
def test_weak_or_wrong(shopper: Shopper, change: dict[str, Any], field: str) -> None:
    body = assert_problem(shopper.post("register/", {**GOOD, **change}), 400, "invalid")
    assert field in body["errors"]
    assert User.objects.count() == 0


def test_taken_whatever_the_case(shopper: Shopper, customer: User) -> None:
    taken = {"username": customer.username.upper(), "email": customer.email.upper()}
    body = assert_problem(shopper.post("register/", {**GOOD, **taken}), 400, "invalid")
    assert set(body["errors"]) == {"username", "email"}


@pytest.mark.django_db(transaction=True)
def test_taken_by_one_of_many_at_once() -> None:
    def register(number: int) -> tuple[int, Any]:
        answer = Shopper().post("register/", {**GOOD, "username": f"ADA{number % 2}"})
        return answer.status_code, answer.json().get("errors")

    answers = run_at_once(register)
    assert sorted(status for status, _ in answers) == [201] + 7 * [400]
    assert all("email" in wrong for status, wrong in answers if status == 400)
