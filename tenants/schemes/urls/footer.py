"""The pages of the footer, the same on every host; under `about/`, so that no page of a scheme's own site is hidden."""

from django.urls import path

from tenants.schemes import footer_views

footer = [
    path("about/privacy/", footer_views.privacy, name="privacy"),
    path("about/accessibility/", footer_views.accessibility, name="accessibility"),
    path("about/contact/", footer_views.contact, name="contact"),
]
