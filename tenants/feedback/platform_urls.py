"""The loop's pages on the platform's host."""

from django.urls import URLPattern, URLResolver, path

from tenants.feedback.views import asked_by_link, helping_by_link

urlpatterns: list[URLPattern | URLResolver] = [
    path("asked/<str:token>/", asked_by_link.asked, name="asked"),
    path("help/<uuid:scheme_id>/<str:token>/", helping_by_link.help_link, name="help_link"),
]
