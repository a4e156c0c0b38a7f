"""What keeps people safe: secrets, hosts, cookies, Content-Security-Policy (`docs/trust.md`)."""

from csp.constants import NONE, SELF

from alongside.settings.environment import HOST, PRODUCTION, required

SECRET_KEY = required("ALONGSIDE_SECRET_KEY")

# Which of these hosts leads anywhere is decided by SchemeMiddleware, from the live domains.
ALLOWED_HOSTS = [HOST, f".{HOST}", "localhost", "127.0.0.1"]

# One name per host and no Domain attribute: no cookie of ours is ever sent to another host.
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
# On a computer that others use too, closing the browser ends it on every host, and closes a slip that was opened.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "kit.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

SECURE_SSL_REDIRECT = PRODUCTION
# Asked from this machine, past any proxy.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A section of a question set with all its rounds (`questions.page_size`), and what a page adds to it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_100

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Wagtail's admin has inline scripts and styles; it is served under /cms/ with this policy of its own (ADR 0005).
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
}

# What was just done is said on the next page, and stands meanwhile where nobody can read it: not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
