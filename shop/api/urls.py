"""The addresses of the API, version 1."""

from django.urls import URLPattern, path, re_path

from shop.api.views import accounts, base, cart, catalog, methods, openapi, orders, webhooks

app_name = "api"
urlpatterns: list[URLPattern] = [
    path("token/", accounts.TokenView.as_view(), name="token"),
    path("token/refresh/", accounts.TokenRefreshView.as_view(), name="token-refresh"),
    path("token/revoke/", accounts.TokenRevokeView.as_view(), name="token-revoke"),
    path("register/", accounts.RegisterView.as_view(), name="register"),
    path("profile/", accounts.ProfileView.as_view(), name="profile"),
    path("categories/", catalog.CategoryListView.as_view(), name="categories"),
    path("products/", catalog.ProductListView.as_view(), name="products"),
    path("products/<slug:slug>/", catalog.ProductView.as_view(), name="product"),
    path("cart/", cart.CartView.as_view(), name="cart"),
    path("cart/coupon/", cart.CouponView.as_view(), name="cart-coupon"),
    path("cart/lines/", cart.LinesView.as_view(), name="cart-lines"),
    path("cart/lines/<path:sku>/", cart.LineView.as_view(), name="cart-line"),
    path("shipping-methods/", methods.ShippingMethodsView.as_view(), name="shipping-methods"),
    path("payment-methods/", methods.PaymentMethodsView.as_view(), name="payment-methods"),
    path("orders/", orders.OrdersView.as_view(), name="orders"),
    path("orders/<slug:number>/", orders.OrderView.as_view(), name="order"),
    path("orders/<slug:number>/cancel/", orders.CancelOrderView.as_view(), name="order-cancel"),
    path("orders/<slug:number>/confirm/", orders.ConfirmOrderView.as_view(), name="order-confirm"),
    path("webhooks/stripe/", webhooks.StripeWebhookView.as_view(), name="stripe-webhook"),
    path("", openapi.RootView.as_view(), name="root"),
    path("schema/", openapi.SchemaView.as_view(), name="schema"),
    path("docs/", openapi.DocsView.as_view(), name="docs"),
    re_path(r"", base.UnknownAddressView.as_view(), name="unknown"),
]
