"""How a request becomes a page: middleware in order, URL configurations, templates."""

ROOT_URLCONF = "alongside.urls.scheme"
PUBLIC_SCHEMA_URLCONF = "alongside.urls.platform"
WSGI_APPLICATION = "alongside.wsgi.application"

MIDDLEWARE = [
    # Before all others: what it gives from memory, they have made once.
    "kit.page_cache.middleware.PageCacheMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kit.middleware.NoNulMiddleware",
    "tenants.schemes.middleware.SchemeMiddleware",
    "kit.languages.LanguageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.SessionHostMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tenants.schemes.middleware.PermissionMiddleware",
    "kit.middleware.RefusalMiddleware",
]

_context = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
]

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "kit.jinja.environment",
            "extensions": [
                "jinja2.ext.i18n",
                "wagtail.jinja2tags.core",
                "wagtail.images.jinja2tags.images",
                "cms.page_links.PageLinks",
            ],
            "context_processors": [*_context, "tenants.schemes.context.page", "people.context.account"],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [*_context, "django.contrib.auth.context_processors.auth"]},
    },
]

CSRF_FAILURE_VIEW = "kit.error_views.csrf_failure"
