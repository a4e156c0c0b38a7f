"""The boundary's pages on each scheme's host."""

from django.urls import path

from tenants.schemes import views
from tenants.schemes.urls.footer import footer

urlpatterns = [
    *footer,
    path("sites/", views.sites, name="sites"),
    path("sites/add/", views.site_add, name="site_add"),
    path("sites/<uuid:site_id>/close/", views.site_close, name="site_close"),
]
