"""People's pages on the platform."""

from django.urls import include, path

from people.views import crossing, invitations, mine

urlpatterns = [
    path("", mine.home, name="home"),
    path("", include("people.urls.sign_in")),
    path("hand-off/", crossing.hand_off, name="hand_off"),
    path("invitations/", invitations.invitation, name="invitation"),
    path("invitations/accept/", invitations.invitation_accept, name="invitation_accept"),
    path("invitations/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("my/", mine.my, name="my"),
    path("my/first-visit/", mine.my_first_visit, name="my_first_visit"),
    path("my/details/", mine.my_details, name="my_details"),
    path("my/name/", mine.my_name, name="my_name"),
    path("my/contact/", mine.my_contact, name="my_contact"),
    path("my/erasure/", mine.my_erasure, name="my_erasure"),
    path("my/consents/<slug:purpose>/take-back/", mine.my_consent, name="my_consent"),
    path("my/notices/<uuid:notice_id>/", mine.notice_open, name="notice_open"),
]
