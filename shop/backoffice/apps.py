from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "shop.backoffice"
    verbose_name = "Import and export"
