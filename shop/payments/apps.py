from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "shop.payments"
    verbose_name = "Payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shop.payments.gateways import load_gateways

        load_gateways()  # a wrong setting stops every kind of start, servers too
