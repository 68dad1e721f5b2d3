"""The addresses of the storefront. A sku may hold a slash, so it is a path."""

from django.urls import path

from shop.storefront.views import account, addresses, cart, catalog, checkout, orders, placing

app_name = "storefront"
urlpatterns = [
    path("", catalog.home, name="home"),
    path("category/<slug:slug>/", catalog.category, name="category"),
    path("product/<slug:slug>/", catalog.product, name="product"),
    path("search/", catalog.search, name="search"),
    path("cart/", cart.cart, name="cart"),
    path("cart/add/", cart.add, name="cart_add"),
    path("cart/coupon/", cart.coupon, name="cart_coupon"),
    path("cart/lines/<path:sku>/", cart.set_quantity, name="cart_set"),
    path("cart/remove/<path:sku>/", cart.remove, name="cart_remove"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("signup/", account.signup, name="signup"),
    path("account/", account.account, name="account"),
    path("account/addresses/", addresses.book, name="addresses"),
    path("account/addresses/new/", addresses.edit, name="address_new"),
    path("account/addresses/<int:pk>/", addresses.edit, name="address_edit"),
    path("account/addresses/<int:pk>/remove/", addresses.remove, name="address_remove"),
    path("checkout/", checkout.begin, name="checkout"),
    path("checkout/address/", checkout.address, name="checkout_address"),
    path("checkout/delivery/", checkout.delivery, name="checkout_delivery"),
    path("checkout/payment/", checkout.payment, name="checkout_payment"),
    path("checkout/review/", placing.review, name="checkout_review"),
    path("checkout/confirm/<str:number>/", placing.confirm, name="checkout_confirm"),
    path("orders/", orders.history, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/invoice/", orders.invoice, name="invoice"),
    path("orders/<str:number>/cancel/", orders.cancel, name="order_cancel"),
    path("orders/<str:number>/again/", orders.again, name="order_again"),
]
