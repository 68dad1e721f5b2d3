"""What logging in, registering and the profile take and answer."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from rest_framework import serializers

# Hashing a long text is work for the server: no password needs more.
PASSWORD_LENGTH = 256


class PasswordField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=PASSWORD_LENGTH,
            trim_whitespace=False,
            write_only=True,
            style={"input_type": "password"},
            **kwargs,
        )


class CredentialsSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150, trim_whitespace=False)
    password = PasswordField()


class TokenPairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="For some minutes: `Authorization: Bearer …`.")
    refresh = serializers.CharField(help_text="To be spent once for the next pair.")


class RefreshSerializer(serializers.Serializer[Any]):
    refresh = serializers.CharField(max_length=4_096)


class RegistrationSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150, validators=[UnicodeUsernameValidator()])
    email = serializers.EmailField(max_length=254)
    password = PasswordField()


class CustomerSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    date_joined = serializers.DateTimeField()
