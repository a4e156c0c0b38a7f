"""Which apps stand in the public schema, and which in each scheme's own. Two lists to be read at a glance."""

SHARED_APPS = [
    "django_tenants",
    "tenants.schemes",
    "people",
    "groups",
    "questions",
    "peer_monitoring",
    "comparison",
    "answers",
    "kit",
    "audit",
    "roles",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

TENANT_APPS = [
    "tenants.feedback",
    "cms",
    "audit",
    "roles",
    "django.contrib.auth",
    "wagtail.sites",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "cms.editors.SchemeUsersConfig",
    "wagtail.images",
    "wagtail.search",
    "cms.editors.SchemeAdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]

INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

TENANT_MODEL = "schemes.Scheme"
TENANT_DOMAIN_MODEL = "schemes.Domain"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What the models of other people’s packages hold about a person (ADR 0022).
THIRD_PARTY_ERASURE = "alongside.third_party_erasure.THIRD_PARTY"
