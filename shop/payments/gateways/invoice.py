"""Paying by invoice: the money comes later, by bank transfer, and staff note it."""

from shop.payments.gateways.base import Gateway, Outcome, Verdict
from shop.payments.models import Payment, Refund


class InvoiceGateway(Gateway):
    """Says yes to every payment. `capture` means that the money has come, `refund` that it
    has been sent back; both are noted, nothing is moved."""

    name = "invoice"
    title = "Invoice"
    pays_later = True

    def begin(self, payment: Payment) -> str:
        return f"invoice-{payment.key}"

    def authorise(self, payment: Payment, token: str) -> Outcome:
        return Outcome(Verdict.AUTHORISED)

    def confirm(self, payment: Payment, answer: str) -> Outcome:
        return Outcome(Verdict.AUTHORISED)

    def look_up(self, payment: Payment) -> Outcome:
        return Outcome(Verdict.AUTHORISED)

    def capture(self, payment: Payment) -> None:
        """The money has come."""

    def void(self, payment: Payment) -> None:
        """There is nothing to let go."""

    def refund(self, refund: Refund) -> str:
        return f"invoice-refund-{refund.key}"
