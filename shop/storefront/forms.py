"""Logging in and signing up."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import User
from shop.accounts.registration import register_customer


class LoginForm(AuthenticationForm):
    """By user name, or by e-mail address."""

    username = forms.CharField(
        label=_("E-mail or user name"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    error_messages = {
        "invalid_login": _("We know no account with this name and this password."),
        "inactive": _("This account is closed."),
    }

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"].replace("\x00", "")
        if "@" in name:
            user = User.objects.filter(email__iexact=name).first()
            return user.username if user else name
        return name


class SignUpForm(forms.Form):
    """What `register_customer` needs, said in the words of a page."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and . + - _"),
        validators=[RegexValidator(r"^[\w.+-]+\Z", _("Letters, digits and . + - _ only."))],
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, and not one that everybody uses."),
    )

    def create(self) -> User | None:
        """The new customer; None, with the errors on the form, if there is something
        against it: a name that is taken (even since a moment ago), a weak password."""
        try:
            return register_customer(**self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None
