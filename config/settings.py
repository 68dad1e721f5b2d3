"""Settings of the shop, read from the environment (see `.env.example`).

Every value has a default that works on a fresh machine; a wrong one stops the start
with a sentence that names it.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    env,
    read_country,
    read_currency,
    read_database_url,
    read_flag,
    read_folder,
    read_hosts,
    read_number,
    read_origins,
    read_rate,
    read_text,
    read_url,
)
from shop.state.logs import FORMATS, make_logging

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- Security -----------------------------------------------------------------------

DEBUG = read_flag("DEBUG", default=True)
_DEVELOPMENT_KEY = "development-only-key-that-signs-nothing-of-value-0123456789"
SECRET_KEY = env.str("SECRET_KEY", default=_DEVELOPMENT_KEY if DEBUG else "")
if not DEBUG and (len(SECRET_KEY) < 50 or SECRET_KEY == _DEVELOPMENT_KEY):
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or weak, and DEBUG is false; set it to a random text of at "
        "least 50 characters of your own."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = read_hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = read_origins("CSRF_TRUSTED_ORIGINS")

_IS_HTTPS = read_flag("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# --- Applications -------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "shop.backoffice.admin_app.ShopAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "channels",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "tree_queries",
    "shop.accounts",
    "shop.catalog",
    "shop.inventory",
    "shop.cart",
    "shop.exchange",
    "shop.pricing",
    "shop.orders",
    "shop.payments",
    "shop.storefront",
    "shop.api",
    "shop.state",
    "shop.backoffice",
    "shop.demo",
]

MIDDLEWARE = [
    "shop.state.request_id.RequestIdMiddleware",
    "shop.api.middleware.ApiErrorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shop.cart.middleware.CartMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shop.storefront.context.storefront",
            ],
        },
    }
]

# --- Storage ------------------------------------------------------------------------

DATABASE_URL = read_database_url(f"sqlite:///{VAR_DIR / 'shop.sqlite3'}")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    VAR_DIR.mkdir(exist_ok=True)
    # Without IMMEDIATE, two writers that began by reading cannot both go on: one gets
    # "database is locked" at once, whatever the time-out (measured: 159 of 200 adds).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = read_url("REDIS_URL", "redis://127.0.0.1:6379/0", ("redis", "rediss", "unix"))

# By which processes tell each other of stock. Empty: there is one process, it needs none.
CHANNEL_LAYER_URL = read_url(
    "CHANNEL_LAYER_URL",
    REDIS_URL if env.str("REDIS_URL", default="").strip() else "",
    ("redis", "rediss", "unix", "memory"),
)
if CHANNEL_LAYER_URL.startswith("memory:"):
    CHANNEL_LAYER_URL = ""

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "carts": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 2,
            "SOCKET_TIMEOUT": 2,
        },
    },
    # What is counted for rate limits: by one process, and by all together.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
CACHES["shared"] = {**CACHES["local"], "LOCATION": "shared"}
if CHANNEL_LAYER_URL:
    CACHES["shared"] = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": CHANNEL_LAYER_URL,
        "KEY_PREFIX": "shared",
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
            # Nobody is turned away because Redis is.
            "IGNORE_EXCEPTIONS": True,
        },
    }

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = read_folder("MEDIA_ROOT", VAR_DIR / "media")
WHITENOISE_USE_FINDERS = DEBUG

# --- Customers ----------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "storefront:login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "storefront:home"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
AXES_FAILURE_LIMIT = read_number("LOGIN_FAILURE_LIMIT", 10, 1, 1_000)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False  # no line of its own at every start
AXES_LOCKOUT_TEMPLATE = "storefront/account/locked_out.html"

# --- The shop -----------------------------------------------------------------------

SHOP_NAME = read_text("SHOP_NAME", "Switchcart")
SHOP_CURRENCY = read_currency("SHOP_CURRENCY", "EUR")
SHOP_COUNTRY = read_country("SHOP_COUNTRY", "DE")

CART_STRATEGY = read_text("CART_STRATEGY", "session")
CART_TTL = timedelta(days=read_number("CART_TTL_DAYS", 30, 1, 400))
CART_MAX_LINES = read_number("CART_MAX_LINES", 200, 1, 1_000)
CART_MAX_QUANTITY = read_number("CART_MAX_QUANTITY", 999, 1, 100_000)
CART_MEMORY_MAX = read_number("CART_MEMORY_MAX", 100_000, 1, 100_000_000)

LIVE_MAX_SKUS = read_number("LIVE_MAX_SKUS", 500, 1, 100_000)
LIVE_MAX_FRAMES_PER_SECOND = read_number("LIVE_MAX_FRAMES_PER_SECOND", 50, 1, 100_000)
LIVE_MAX_SOCKETS_PER_ADDRESS = read_number("LIVE_MAX_SOCKETS_PER_ADDRESS", 1_000, 1, 1_000_000)
LIVE_REREAD_SECONDS = read_number("LIVE_REREAD_SECONDS", 10, 1, 3_600)

# --- The admin ----------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": SHOP_NAME,
    "SITE_HEADER": SHOP_NAME,
    "SITE_SUBHEADER": "Back office",
    "SITE_SYMBOL": "storefront",
    "ENVIRONMENT": "shop.backoffice.navigation.name_environment",
    "DASHBOARD_CALLBACK": "shop.backoffice.dashboard.add_tiles",
    "STYLES": ["shop.backoffice.navigation.find_styles"],
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "shop.backoffice.navigation.find_icon"}
    ],
    "SIDEBAR": {"show_search": True, "navigation": "shop.backoffice.navigation.build_sidebar"},
    "COLORS": {
        "primary": {
            "50": "oklch(98.6% .031 120.757)",
            "100": "oklch(96.7% .067 122.328)",
            "200": "oklch(93.8% .127 124.321)",
            "300": "oklch(89.7% .196 126.665)",
            "400": "oklch(76% .19 128.85)",
            "500": "oklch(70% .185 130)",
            "600": "oklch(51% .15 131.6)",
            "700": "oklch(45.3% .124 130.933)",
            "800": "oklch(40.5% .101 131.063)",
            "900": "oklch(35% .085 131.5)",
            "950": "oklch(27.4% .072 132.109)",
        }
    },
}

# --- The API ------------------------------------------------------------------------

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=read_number("ACCESS_TOKEN_MINUTES", 10, 1, 1_440)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=read_number("REFRESH_TOKEN_DAYS", 14, 1, 400)),
    "ALGORITHM": "HS256",
    "SIGNING_KEY": SECRET_KEY,
    "ISSUER": env.str("JWT_ISSUER", default="switchcart"),
    "AUDIENCE": env.str("JWT_AUDIENCE", default="switchcart-api"),
    "AUTH_TOKEN_CLASSES": ("shop.accounts.tokens.AccessToken",),
}
# PEM files: the first signs access tokens, all verify them. Empty: SECRET_KEY does.
JWT_KEY_FILES = env.list("JWT_KEY_FILES", default=[])
# How often one client may call: by customer where there is one, else by address.
API_RATES = {
    "any": read_rate("API_RATE", "6000/minute"),
    "login": read_rate("LOGIN_RATE", "600/minute"),
    "refresh": read_rate("REFRESH_RATE", "600/minute"),
    "register": read_rate("REGISTER_RATE", "300/minute"),
    "coupon": read_rate("COUPON_RATE", "60/minute"),
    "checkout": read_rate("CHECKOUT_RATE", "1200/minute"),
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "shop.api.authentication.CustomerTokenAuthentication",
        "shop.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "shop.api.negotiation.Negotiation",
    "DEFAULT_PAGINATION_CLASS": "shop.api.pagination.Pages",
    "DEFAULT_PARSER_CLASSES": [
        "shop.api.parsers.JSONParser",
        "shop.api.parsers.FormParser",
        "shop.api.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "shop.api.renderers.BrowsableRenderer",
    ],
    "DEFAULT_SCHEMA_CLASS": "shop.api.openapi.security.ShopSchema",
    "DEFAULT_THROTTLE_CLASSES": ["shop.api.throttles.AnyThrottle"],
    "EXCEPTION_HANDLER": "shop.api.problems.handle_exception",
    # How many proxies of ours stand in front: 0 believes no X-Forwarded-For.
    "NUM_PROXIES": read_number("PROXY_COUNT", 0, 0, 10),
}
SPECTACULAR_SETTINGS = {
    "TITLE": SHOP_NAME,
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "PARSER_WHITELIST": ["shop.api.parsers.JSONParser"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "shop.api.openapi.security.add_schemes",
        "shop.api.openapi.problems.add_problems",
        "shop.api.openapi.examples.add_examples",
        "shop.api.openapi.examples.loosen_sparse",
    ],
    "DESCRIPTION": "The shop for programs. Errors are problems (RFC 9457) with a stable `code`; "
    "money is a decimal string with its currency; lists have pages.",
}

# --- Orders, payments and mail ------------------------------------------------------

# For how long stock is held while the shopper pays, confirmation step included.
ORDER_HOLD = timedelta(minutes=read_number("ORDER_HOLD_MINUTES", 15, 1, 1_440))
# After this time without an answer a request that talks to a gateway is taken for dead.
PAYMENT_LEASE = timedelta(seconds=read_number("PAYMENT_LEASE_SECONDS", 30, 1, 600))
# How long a request waits for another one that places the same order, before it answers 409.
ORDER_WAIT = timedelta(seconds=read_number("ORDER_WAIT_SECONDS", 10, 0, 120))
PAYMENT_GATEWAYS = [
    name.strip() for name in env.list("PAYMENT_GATEWAYS", default=["demo", "invoice"])
]
PAYMENT_CAPTURE = env.str("PAYMENT_CAPTURE", default="fulfilment").strip()
if PAYMENT_CAPTURE not in ("fulfilment", "placing"):
    raise ImproperlyConfigured(
        f"PAYMENT_CAPTURE is {PAYMENT_CAPTURE!r}; it must be fulfilment or placing."
    )
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="")
STRIPE_PUBLISHABLE_KEY = env.str("STRIPE_PUBLISHABLE_KEY", default="")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", default="")
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="")

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SHOP_NAME} <shop@localhost>")
MAIL_DIR = read_folder("MAIL_DIR", VAR_DIR / "mail")
EMAIL_URL = read_url(
    "EMAIL_URL",
    "" if DEBUG else "smtp://localhost:25",
    ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "memorymail"),
)
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "shop.orders.mail.backend.FolderEmailBackend"
EMAIL_TIMEOUT = 10
# Mails go out right after the commit; false leaves all to `send_mail_outbox`.
MAIL_AT_ONCE = read_flag("MAIL_AT_ONCE", default=True)
# The address by which mails link to the shop.
SHOP_URL = read_url("SHOP_URL", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")

# --- Logs ---------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="console" if DEBUG else "json").strip()
if LOG_FORMAT not in FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it must be {' or '.join(FORMATS)}.")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").strip().upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(
        f"LOG_LEVEL is {LOG_LEVEL!r}; it must be DEBUG, INFO, WARNING or ERROR."
    )
LOGGING = make_logging(LOG_FORMAT, LOG_LEVEL)

# --- Language and time --------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True
