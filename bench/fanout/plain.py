"""What the shop is compared with: the textbook way, a group of Channels' Redis layer."""

from __future__ import annotations

import json
import os
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import channel_layers
from django.conf import settings

GROUP = "stock"

if not settings.configured:
    settings.configure()
settings.CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [os.environ["CHANNEL_LAYER_URL"]]},
    }
}
channel_layers.backends.clear()


class PlainConsumer(AsyncWebsocketConsumer):
    groups = [GROUP]

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=json.dumps({"type": "snapshot", "items": []}))

    async def stock_changed(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])


application = PlainConsumer.as_asgi()
