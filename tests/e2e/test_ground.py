"""The ground that the other browser tests stand on."""

import pytest


@pytest.mark.parametrize("live_shop", ["session", "memory"], indirect=True)
@pytest.mark.parametrize("visit", [1, 2])
def test_a_browser_reaches_the_shop(page, live_shop, visit):
    response = page.goto(f"{live_shop.url}/admin/login/")
    assert response is not None
    assert response.ok
    assert page.get_by_role("textbox").count() > 0
