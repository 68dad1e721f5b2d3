"""Mail for development: each one is a file to open, and a line says where."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger("shop.mail")


class FolderEmailBackend(BaseEmailBackend):
    """Writes each mail as `.eml` (any mail program opens it) into `settings.MAIL_DIR`."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.MAIL_DIR)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{uuid.uuid4().hex[:12]}.eml"
            path.write_bytes(message.message().as_bytes())
            logger.info("Mail to %s: “%s” is in %s", ", ".join(message.to), message.subject, path)
        return len(email_messages)
