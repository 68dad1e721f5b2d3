from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "shop.accounts"
    verbose_name = "Customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shop.accounts.keys import load_keys

        load_keys()  # a key that cannot sign stops every kind of start
