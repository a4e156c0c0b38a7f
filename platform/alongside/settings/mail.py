"""Messages: files in the data folder, or a mail server named by one URL, such as `smtp+tls://name:word@mail.example:587`."""

import os
from urllib.parse import unquote, urlsplit

from alongside.settings.environment import DATA, HOST

_server = urlsplit(os.environ.get("ALONGSIDE_MAIL_URL", ""))

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _server.hostname else "kit.mail.FileBackend"
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
