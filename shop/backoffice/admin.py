"""Where Django looks for the pages of the admin: importing them registers them."""

from shop.backoffice import (  # noqa: F401
    carts,
    categories,
    customers,
    exchange,
    products,
    stock,
    taxes,
    variants,
)
