"""The boundary's pages on the platform, for national staff and operators."""

from django.urls import path

from tenants.schemes import views
from tenants.schemes.urls.footer import footer

urlpatterns = [
    *footer,
    path("schemes/", views.schemes, name="schemes"),
    path("operate/", views.operate, name="operate"),
    path("operate/letters/<uuid:message_id>/retry/", views.letter_retry, name="letter_retry"),
    path("operate/letters/<uuid:message_id>/give-up/", views.letter_give_up, name="letter_give_up"),
]
