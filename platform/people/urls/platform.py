"""People's pages on the platform."""

from django.urls import include, path

from people.views import carriers, crossing, invitations, mine, reaching

urlpatterns = [
    path("", mine.home, name="home"),
    path("", include("people.urls.sign_in")),
    path("", include("people.urls.second_steps")),
    path("hand-off/", crossing.hand_off, name="hand_off"),
    path("invitations/", invitations.invitation, name="invitation"),
    path("invitations/accept/", invitations.invitation_accept, name="invitation_accept"),
    path("invitations/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("my/", mine.my, name="my"),
    path("my/first-visit/", mine.my_first_visit, name="my_first_visit"),
    path("my/waiting/", mine.my_waiting, name="my_waiting"),
    path("my/details/", mine.my_details, name="my_details"),
    path("my/name/", mine.my_name, name="my_name"),
    path("my/contact/", reaching.my_contact, name="my_contact"),
    path("my/contact/way/", reaching.my_way, name="my_way"),
    path("my/contact/letter/", reaching.my_letter, name="my_letter"),
    path("my/contact/worker/", reaching.my_worker, name="my_worker"),
    path("my/contact/words/", reaching.my_words, name="my_words"),
    path("my/contact/times/", reaching.my_times, name="my_times"),
    path("my/contact/format/", reaching.my_format, name="my_format"),
    path("my/mobile/", reaching.my_mobile, name="my_mobile"),
    path("my/mobile/code/", reaching.my_mobile_code, name="my_mobile_code"),
    path("my/mobile/sign-in/", reaching.my_mobile_opens, name="my_mobile_opens"),
    path("my/mobile/remove/", reaching.my_mobile_remove, name="my_mobile_remove"),
    path("notify/callback/", carriers.notify_callback, name="notify_callback"),
    path("my/erasure/", mine.my_erasure, name="my_erasure"),
    path("my/consents/<slug:purpose>/take-back/", mine.my_consent, name="my_consent"),
    path("my/notices/<uuid:notice_id>/", mine.notice_open, name="notice_open"),
]
