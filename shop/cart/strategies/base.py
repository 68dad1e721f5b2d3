"""What a cart strategy is: the one interface that all ways of keeping a cart share."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from typing import ClassVar, Self

from django.core.checks import CheckMessage

from shop.cart.cart import Cart

Change = Callable[[Cart], Cart]
"""A pure function from cart to cart. It may run more than once; if it raises, the
cart stays as it was."""


class Carrier(Enum):
    """What brings a visitor's token along from a browser (an API client always
    uses the header `X-Cart`)."""

    COOKIE = "cookie"
    SESSION = "session"
    STORAGE = "storage"


class CartStrategy(ABC):
    """Where carts are kept. A token stands for a cart: for a server-held cart it is an
    id (never chosen by a client: `RequestCart` signs what leaves and checks what
    comes), for a client-held one it *is* the cart.

    Write your own by subclassing, and name it in `CART_STRATEGY` by its dotted path;
    see `docs/cart-strategies.md`.
    """

    name: ClassVar[str]
    """What the API shows as the cart's `strategy`."""
    is_client_held: ClassVar[bool] = False
    """Does the token hold the cart itself?"""
    carrier: ClassVar[Carrier] = Carrier.COOKIE
    max_token_bytes: ClassVar[int | None] = None
    """The size that a signed token may reach before a change is refused as `cart_full`."""

    @classmethod
    def from_settings(cls) -> Self:
        """The one object of this class that a process uses, made from the settings."""
        return cls()

    @property
    def token_family(self) -> str:
        """Tokens of one family are understood by every strategy of it."""
        return "lines" if self.is_client_held else self.name

    @abstractmethod
    def read(self, token: str) -> Cart:
        """The cart that the token stands for; empty if there is none. Creates nothing.

        Raises `CartUnavailable` if the store cannot be reached.
        """

    @abstractmethod
    def update(self, token: str, change: Change) -> tuple[str, Cart]:
        """Apply `change` to the token's cart, atomically: of any number of updates of one
        server-held cart at once, every one counts. Gives the token that now stands for it.

        Raises what `change` raises, with the cart as it was, and `CartUnavailable`.
        """

    def check(self) -> list[CheckMessage]:
        """Can this setting work here? Messages for Django's system checks."""
        return []
