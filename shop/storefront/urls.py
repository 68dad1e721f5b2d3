"""The addresses of the storefront. A sku may hold a slash, so it is a path."""

from django.urls import path

from shop.storefront.views import account, cart, catalog

app_name = "storefront"
urlpatterns = [
    path("", catalog.home, name="home"),
    path("category/<slug:slug>/", catalog.category, name="category"),
    path("product/<slug:slug>/", catalog.product, name="product"),
    path("search/", catalog.search, name="search"),
    path("cart/", cart.cart, name="cart"),
    path("cart/add/", cart.add, name="cart_add"),
    path("cart/lines/<path:sku>/", cart.set_quantity, name="cart_set"),
    path("cart/remove/<path:sku>/", cart.remove, name="cart_remove"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("signup/", account.signup, name="signup"),
    path("account/", account.account, name="account"),
]
