"""Groups on each scheme's host."""

from django.urls import path

from groups.views import at_schemes

urlpatterns = [
    path("group/", at_schemes.group_space, name="group_space"),
    path("agreements/", at_schemes.agreements, name="agreements"),
    path("agreements/make/", at_schemes.agreement_make, name="agreement_make"),
    path("agreements/<uuid:agreement_id>/", at_schemes.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/terms/", at_schemes.agreement_terms, name="agreement_terms"),
    path(
        "agreements/<uuid:agreement_id>/resources/add/", at_schemes.agreement_resource_add,
        name="agreement_resource_add",
    ),
    path(
        "agreements/<uuid:agreement_id>/resources/<uuid:resource_id>/take-back/",
        at_schemes.agreement_resource_withdraw, name="agreement_resource_withdraw",
    ),
    path(
        "agreements/<uuid:agreement_id>/decisions/<uuid:decision_id>/", at_schemes.agreement_decision,
        name="agreement_decision",
    ),
    path("agreements/<uuid:agreement_id>/end/", at_schemes.agreement_end, name="agreement_end"),
]  # fmt: skip
