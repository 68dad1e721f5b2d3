"""What a shopper does and sees in a real browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

TOKEN_KEY = "switchcart.cart"
_PATIENCE = 20_000
"""Milliseconds; a busy machine serves a page in seconds, and changes wait for each other."""


class Tab:
    """One tab on the shop. What its console complained about is in `complaints`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.page: Page = context.new_page()
        self.url = url
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def open(self, path: str) -> Tab:
        self.page.goto(self.url + path)
        return self

    def open_product(self, number: int) -> Tab:
        return self.open(f"/product/basket-{number}/")

    def add(self) -> None:
        self.page.get_by_role("button", name="Add to cart").click()

    def add_soon(self, times: int = 1) -> None:
        """Press the button in a moment, by the tab's own clock: two tabs do it at once."""
        self.page.evaluate(
            """times => setTimeout(() => {
                const button = document.querySelector(".buy-form .button-primary");
                for (let i = 0; i < times; i++) button.click();
            }, 60)""",
            times,
        )

    def expect_count(self, count: int | str) -> None:
        badge = self.page.locator("#cart-badge")
        expect(badge).to_have_attribute("data-count", str(count), timeout=_PATIENCE)

    def expect_said(self, words: str) -> None:
        expect(self.page.locator("#notices")).to_contain_text(words, timeout=_PATIENCE)

    def token(self) -> str | None:
        found: str | None = self.page.evaluate(f"localStorage.getItem('{TOKEN_KEY}')")
        return found
