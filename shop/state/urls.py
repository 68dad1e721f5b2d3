from django.urls import URLPattern

app_name = "state"
urlpatterns: list[URLPattern] = []
