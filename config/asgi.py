"""One process that does all (development), and the `live` processes."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http_application = get_asgi_application()

from shop.live.routing import websocket_application  # noqa: E402 (needs the applications)

application = ProtocolTypeRouter({"http": http_application, "websocket": websocket_application})
