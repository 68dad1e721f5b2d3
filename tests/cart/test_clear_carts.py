from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from shop.cart.management.commands import clear_carts
from shop.cart.models import StoredCart


@pytest.mark.django_db
def test_only_carts_past_their_time_go(monkeypatch):
    monkeypatch.setattr(clear_carts, "BATCH", 2)
    now = timezone.now()
    for number in range(5):
        StoredCart.objects.create(key=f"old{number}", expires_at=now - timedelta(seconds=1))
    StoredCart.objects.create(key="new", expires_at=now + timedelta(minutes=1))
    said = StringIO()
    call_command("clear_carts", stdout=said)
    assert said.getvalue() == "5 expired carts deleted.\n"
    assert [cart.key for cart in StoredCart.objects.all()] == ["new"]
