"""Messages: files in the data folder, or a mail server named by one URL, such as `smtp+tls://name:word@mail.example:587`."""

import os
from urllib.parse import unquote, urlsplit

from alongside.settings.environment import DATA, HOST

_server = urlsplit(os.environ.get("ALONGSIDE_MAIL_URL", ""))

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _server.hostname else "kit.channels.files.FileBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = _server.hostname or ""
EMAIL_PORT = _server.port or 25
EMAIL_HOST_USER = unquote(_server.username or "")
EMAIL_HOST_PASSWORD = unquote(_server.password or "")
EMAIL_USE_TLS = _server.scheme == "smtp+tls"
EMAIL_USE_SSL = _server.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 20

DEFAULT_FROM_EMAIL = f"Alongside <no-reply@{HOST}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""

# GOV.UK Notify carries what it has a template for (ADR 0044). `ALONGSIDE_NOTIFY_URL` is for trying it out elsewhere.
NOTIFY_KEY = os.environ.get("ALONGSIDE_NOTIFY_KEY", "")
NOTIFY_URL = os.environ.get("ALONGSIDE_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_TEXT_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_TEXT_TEMPLATE", "")
# What Notify says with each call that tells how a message ended.
NOTIFY_CALLBACK_TOKEN = os.environ.get("ALONGSIDE_NOTIFY_CALLBACK_TOKEN", "")
