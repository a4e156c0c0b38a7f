"""Groups on the platform."""

from django.urls import path

from groups.views import agreements, joining, own, peer_support, readiness, sites

AGREEMENT = "groups/<slug:slug>/agreements/<uuid:agreement_id>/"
PEERS = "groups/<slug:slug>/peer-support/"
READY = "groups/<slug:slug>/readiness/"
MEMBER = f"{READY}<uuid:membership_id>/"
DECISION = f"{AGREEMENT}decisions/<uuid:decision_id>/"

urlpatterns = [
    path("groups/", own.groups, name="groups"),
    path("groups/new/", own.group_new, name="group_new"),
    path("groups/join/", joining.group_join, name="group_join"),
    path("groups/join/accept/", joining.group_join_accept, name="group_join_accept"),
    path("groups/join/<str:token>/", joining.group_join_open, name="group_join_open"),
    path("groups/<slug:slug>/", own.group, name="group"),
    path("groups/<slug:slug>/invite/", own.group_invite, name="group_invite"),
    path("groups/<slug:slug>/seats/<uuid:membership_id>/", own.group_seat, name="group_seat"),
    path("groups/<slug:slug>/seats/<uuid:membership_id>/end/", own.group_seat_end, name="group_seat_end"),
    path(
        "groups/<slug:slug>/invitations/<uuid:invitation_id>/take-back/",
        own.group_invitation_withdraw,
        name="group_invitation_withdraw",
    ),
    path("groups/<slug:slug>/leave/", own.group_leave, name="group_leave"),
    path(AGREEMENT, agreements.group_agreement, name="group_agreement"),
    path(f"{AGREEMENT}resources/<uuid:resource_id>/", agreements.group_resource, name="group_resource"),
    path(f"{AGREEMENT}decide/", agreements.group_decide, name="group_decide"),
    path(DECISION, agreements.group_decision, name="group_decision"),
    path(f"{AGREEMENT}sites/<uuid:site_id>/", sites.group_site, name="group_site"),
    path(f"{AGREEMENT}permissions/<uuid:permission_id>/end/", sites.group_permission_end, name="group_permission_end"),
    path(PEERS, peer_support.group_peer_support, name="group_peer_support"),
    path(f"{PEERS}add/", peer_support.group_peer_support_add, name="group_peer_support_add"),
    path(f"{PEERS}<uuid:peer_support_id>/", peer_support.group_peer_support_change, name="group_peer_support_change"),
    path(READY, readiness.group_readiness, name="group_readiness"),
    path(MEMBER, readiness.group_member_readiness, name="group_member_readiness"),
    path(f"{MEMBER}training/add/", readiness.group_training_add, name="group_training_add"),
    path(f"{MEMBER}training/<uuid:training_id>/", readiness.group_training, name="group_training"),
    path(f"{MEMBER}training/<uuid:training_id>/remove/", readiness.group_training_remove, name="group_training_remove"),
    path(f"{MEMBER}conflicts/add/", readiness.group_conflict_add, name="group_conflict_add"),
    path(f"{MEMBER}conflicts/<uuid:conflict_id>/", readiness.group_conflict, name="group_conflict"),
    path(
        f"{MEMBER}conflicts/<uuid:conflict_id>/remove/", readiness.group_conflict_remove, name="group_conflict_remove"
    ),
    path(f"{MEMBER}lived-experience/", readiness.group_lived_experience, name="group_lived_experience"),
    path(f"{MEMBER}vetting/<uuid:site_id>/", readiness.group_vetting, name="group_vetting"),
    path(f"{DECISION}take-back/", agreements.group_decision_withdraw, name="group_decision_withdraw"),
]
