"""Where Django looks for the pages of the admin: importing them registers them."""

from shop.backoffice import (  # noqa: F401
    carts,
    categories,
    customers,
    delivery,
    exchange,
    offers,
    orders,
    products,
    stock,
    taxes,
    variants,
)
