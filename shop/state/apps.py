from django.apps import AppConfig


class StateConfig(AppConfig):
    name = "shop.state"
    verbose_name = "State"
