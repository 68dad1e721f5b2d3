from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shop.accounts"
    verbose_name = "Customers"
    default_auto_field = "django.db.models.BigAutoField"
