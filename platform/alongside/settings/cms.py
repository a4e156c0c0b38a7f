"""Wagtail: each scheme's site is small, kept in its own schema, and takes nothing that could carry a script."""

from alongside.settings.site import LANGUAGES, PLATFORM_ORIGIN

WAGTAIL_SITE_NAME = "Alongside"
WAGTAILADMIN_BASE_URL = PLATFORM_ORIGIN
WAGTAILADMIN_LOGIN_URL = "/sign-in/"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Ours are kept when a page is published, not once its address has changed (ADR 0062).
WAGTAILREDIRECTS_AUTO_CREATE = False
# Whatever is typed in another way of this country is understood too (`cms.moments`).
WAGTAIL_DATETIME_FORMAT = "%d %B %Y %H:%M"
WAGTAIL_I18N_ENABLED = True
# Addresses are typed, read out and printed: plain letters alone.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en-gb", "English")]
# Wagtail sends the words of comments by e-mail.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "english"}}

WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.picture_forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_FEATURE_DETECTION_ENABLED = False

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
