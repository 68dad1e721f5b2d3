"""The addresses of the shop, by surface."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve

from shop.api.views.base import UnknownAddressView
from shop.api.views.jwks import jwks

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("shop.api.urls")),
    path(".well-known/jwks.json", jwks, name="jwks"),
    re_path(r"^api(/|$)", UnknownAddressView.as_view()),
    path("health/", include("shop.state.urls")),
    path("", include("shop.storefront.urls")),
]
if settings.DEBUG:
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )
