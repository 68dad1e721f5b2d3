"""The demo gateway: moves no money, but keeps books as a real one does.

Its tokens: `demo-ok` succeeds, `demo-declined` is refused, `demo-confirm` needs a
confirmation step (answered with `ok`, anything else declines), `demo-timeout` charges and
then does not answer, the worst case of a real one.
"""

from __future__ import annotations

from django.db import transaction

from shop.payments.gateways.base import (
    Gateway,
    GatewayError,
    GatewayUnavailable,
    Outcome,
    Verdict,
)
from shop.payments.models import DemoCharge, Payment, Refund

_State = DemoCharge.State
_FIRST = {
    "demo-ok": _State.AUTHORISED,
    "demo-timeout": _State.AUTHORISED,
    "demo-confirm": _State.CONFIRMING,
}
TOKENS = ("demo-ok", "demo-declined", "demo-confirm", "demo-timeout")
CONFIRMED = "ok"


class DemoGateway(Gateway):
    """Each call is a short transaction on the gateway's own table, as if it were elsewhere."""

    name = "demo"
    title = "Demo payment"
    default_token = "demo-ok"  # noqa: S105  (names a demo card, opens nothing)

    def begin(self, payment: Payment) -> str:
        return f"demo-{payment.key}"

    def authorise(self, payment: Payment, token: str) -> Outcome:
        charge, _ = DemoCharge.objects.get_or_create(
            key=payment.key,
            defaults={
                "amount_minor": payment.amount_minor,
                "currency": payment.currency,
                "state": _FIRST.get(token, _State.DECLINED),
            },
        )
        if token == "demo-timeout":  # noqa: S105
            raise GatewayUnavailable("demo-timeout does not answer")
        return _describe(charge)

    def confirm(self, payment: Payment, answer: str) -> Outcome:
        state = _State.AUTHORISED if answer == CONFIRMED else _State.DECLINED
        DemoCharge.objects.filter(key=payment.key, state=_State.CONFIRMING).update(state=state)
        return self.look_up(payment)

    def look_up(self, payment: Payment) -> Outcome:
        charge = DemoCharge.objects.filter(key=payment.key).first()
        return _describe(charge) if charge else Outcome(Verdict.OPEN)

    def capture(self, payment: Payment) -> None:
        with transaction.atomic():
            charge = DemoCharge.objects.select_for_update().get(key=payment.key)
            if charge.state not in (_State.AUTHORISED, _State.CAPTURED):
                raise GatewayError(f"the charge is {charge.state}")
            charge.state, charge.captured_minor = _State.CAPTURED, charge.amount_minor
            charge.save(update_fields=["state", "captured_minor"])

    def void(self, payment: Payment) -> None:
        with transaction.atomic():
            # Made if it is not there, so that an authorisation still on its way comes too late.
            charge, _ = DemoCharge.objects.select_for_update().get_or_create(
                key=payment.key,
                defaults={
                    "amount_minor": payment.amount_minor,
                    "currency": payment.currency,
                    "state": _State.VOIDED,
                },
            )
            if charge.state == _State.CAPTURED:
                raise GatewayError("the charge is captured; refund it")
            if charge.state != _State.DECLINED:
                charge.state = _State.VOIDED
                charge.save(update_fields=["state"])

    def refund(self, refund: Refund) -> str:
        key = str(refund.key)
        with transaction.atomic():
            charge = DemoCharge.objects.select_for_update().get(key=refund.payment.key)
            if key not in charge.refunds:
                if charge.refunded_minor + refund.amount_minor > charge.captured_minor:
                    raise GatewayError("more than was captured")
                charge.refunds[key] = refund.amount_minor
                charge.save(update_fields=["refunds"])
        return f"demo-refund-{key}"


def _describe(charge: DemoCharge) -> Outcome:
    verdict = Verdict(charge.state)
    confirmation = {"kind": "demo", "answers": [CONFIRMED, "fail"]}
    return Outcome(
        verdict,
        confirmation if verdict is Verdict.CONFIRMING else {},
        "card_declined" if verdict is Verdict.DECLINED else "",
    )
