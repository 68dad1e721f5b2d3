"""`manage.py send_mail_outbox`: sends the mails that have not gone out yet."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop.orders.mail.outbox import send_due


class Command(BaseCommand):
    help = "Send the mails that are due (run it every minute, or with --every)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="Go on for ever.")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            total = 0
            while sent := send_due():
                total += sent
            self.stdout.write(f"{total} mails sent.")
            if not options["every"]:
                return
            time.sleep(options["every"])
