"""Reads settings from the environment. Each reader raises `ImproperlyConfigured` with a
sentence that names the setting, its value, and what it may be."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from babel.core import Locale
from babel.numbers import list_currencies
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9a-fA-F:.]+\]")
_ORIGIN = re.compile(r"https?://(\*\.)?(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?")
# CLDR's names for groupings, tests and the unknown, which are no countries.
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def read_text(name: str, default: str) -> str:
    """Without blanks around it; the default for an empty one."""
    return env.str(name, default=default).strip() or default


def read_number(name: str, default: int, least: int, most: int) -> int:
    text = read_text(name, str(default))
    if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it must be a whole number from {least} to {most}."
        )
    return int(text)


def read_rate(name: str, default: str) -> str:
    text = read_text(name, default)
    number, _, unit = text.partition("/")
    if not number.isdecimal() or unit not in ("second", "minute", "hour", "day"):
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it must be a number of calls per second, minute, hour or day, "
            "such as 60/minute; 0/minute is no limit."
        )
    return text


def read_flag(name: str, default: bool) -> bool:
    text = env.str(name, default=str(default)).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; it must be true or false.")


def read_url(name: str, default: str, schemes: Sequence[str]) -> str:
    text = read_text(name, default)
    if not text:
        return text
    parts = urlsplit(text)
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} is {_hide_password(parts)!r}; it must begin with "
            f"{', '.join(scheme + '://' for scheme in schemes)}."
        )
    if parts.scheme not in ("sqlite", "unix"):
        try:
            parts.port  # noqa: B018 (reading it checks it)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} is {_hide_password(parts)!r}; its port must be a number up to 65535."
            ) from None
    return text


def read_database_url(default: str) -> str:
    text = read_url("DATABASE_URL", default, ("sqlite", "postgres", "postgresql", "psql"))
    parts = urlsplit(text)
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"DATABASE_URL is {_hide_password(parts)!r}, which names no database; it must be "
            "like postgres://user:password@host:5432/database."
        )
    return text


def read_hosts(name: str, default: Sequence[str]) -> list[str]:
    hosts = _read_list(name, default)
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{name} has {host!r}; it must be host names with commas between, such as "
                "shop.example,.shop.example, without scheme, port or path."
            )
    return hosts


def read_origins(name: str) -> list[str]:
    origins = _read_list(name, [])
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ImproperlyConfigured(
                f"{name} has {origin!r}; it must be origins with commas between, such as "
                "https://shop.example,https://*.shop.example, without a path."
            )
    return origins


def read_folder(name: str, default: Path) -> Path:
    folder = Path(read_text(name, str(default))).expanduser()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(folder)!r}, which is not a folder.")
    return folder


def read_currency(name: str, default: str) -> str:
    text = read_text(name, default)
    if text.upper() not in list_currencies():
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it must be the code of a currency (ISO 4217), such as EUR or USD."
        )
    return text.upper()


def read_country(name: str, default: str) -> str:
    text = read_text(name, default)
    code = text.upper()
    if len(code) != 2 or code not in Locale("en").territories or code in _NO_COUNTRIES:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it must be the code of a country (ISO 3166-1), such as DE or US."
        )
    return code


def _read_list(name: str, default: Sequence[str]) -> list[str]:
    words = [word.strip() for word in env.str(name, default="").split(",")]
    return [word for word in words if word] or list(default)


def _hide_password(parts: SplitResult) -> str:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
