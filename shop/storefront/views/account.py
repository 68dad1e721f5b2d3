"""Signing up, in and out, and the customer's own page."""

from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.accounts.models import User
from shop.errors import ShopError
from shop.storefront.forms import LoginForm, SignUpForm
from shop.storefront.http import SeeOther, ShopRequest, find_next

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_FORM_METHODS = ["GET", "HEAD", "POST"]


@sensitive_post_parameters()
@never_cache
@require_http_methods(_FORM_METHODS)
def login(request: ShopRequest) -> HttpResponse:
    home = reverse("storefront:account")
    if request.user.is_authenticated:
        return SeeOther(find_next(request, home))
    form = LoginForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        _welcome(request, form.get_user())
        return SeeOther(find_next(request, home))
    return _show_form(request, "login", form)


@sensitive_post_parameters()
@never_cache
@require_http_methods(_FORM_METHODS)
def signup(request: ShopRequest) -> HttpResponse:
    home = reverse("storefront:account")
    if request.user.is_authenticated:
        return SeeOther(find_next(request, home))
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (user := form.create()):
        _welcome(request, user)
        return SeeOther(find_next(request, home))
    return _show_form(request, "signup", form)


@require_POST
def logout(request: ShopRequest) -> HttpResponse:
    end_session(request)
    messages.success(request, _("You are logged out."))
    return SeeOther(reverse("storefront:home"))


@login_required
@never_cache
@require_safe
def account(request: ShopRequest) -> HttpResponse:
    return render(request, "storefront/account/account.html")


def _welcome(request: ShopRequest, user: User) -> None:
    """Log the customer in and take the visitor's cart over; nothing wrong with the cart
    keeps anybody from logging in."""
    start_session(request, user, backend=_BACKEND)
    try:
        request.cart.take_over()
    except ShopError:
        messages.warning(
            request, _("You are logged in, but your cart could not be brought along just now.")
        )


def _show_form(request: ShopRequest, name: str, form: LoginForm | SignUpForm) -> HttpResponse:
    context = {"form": form, "next": find_next(request, "")}
    return render(request, f"storefront/account/{name}.html", context)
