"""Groups on each scheme's host."""

from django.urls import path

from groups.views import at_schemes

urlpatterns = [
    path("group/", at_schemes.group_space, name="group_space"),
    path("agreements/", at_schemes.agreements, name="agreements"),
    path("agreements/make/", at_schemes.agreement_make, name="agreement_make"),
    path("agreements/<uuid:agreement_id>/end/", at_schemes.agreement_end, name="agreement_end"),
]
