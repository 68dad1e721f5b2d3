from shop.orders.models.event import OrderEvent
from shop.orders.models.fulfilment import Fulfilment, FulfilmentLine
from shop.orders.models.key import IdempotencyKey
from shop.orders.models.line import OrderLine
from shop.orders.models.mail import OutboxMail
from shop.orders.models.order import Order

__all__ = [
    "Fulfilment",
    "FulfilmentLine",
    "IdempotencyKey",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OutboxMail",
]
