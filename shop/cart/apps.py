from django.apps import AppConfig
from django.conf import settings


class CartConfig(AppConfig):
    name = "shop.cart"
    verbose_name = "Carts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shop.cart import checks  # noqa: F401  (registers the start-up check)
        from shop.cart.cart import Cart
        from shop.cart.strategies import load_strategy

        Cart.max_lines = settings.CART_MAX_LINES
        Cart.max_quantity = settings.CART_MAX_QUANTITY
        load_strategy()  # a wrong flag stops every kind of start, servers too
