"""Where load balancers ask how the process is."""

from django.urls import URLPattern, path

from shop.state import health

app_name = "state"
urlpatterns: list[URLPattern] = [
    path("live/", health.live, name="live"),
    path("ready/", health.ready, name="ready"),
]
