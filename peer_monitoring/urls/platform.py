"""Programmes and visits on the platform, below the group whose they are."""

from django.urls import include, path

from peer_monitoring.views import app, deliveries, mine, on_the_day, planning, programmes, received, shell, writing

_a_visit = [
    path("", planning.visit, name="visit"),
    path("change/", planning.visit_change, name="visit_change"),
    path("team/", planning.visit_team, name="visit_team"),
    path("settle/", planning.visit_ready, name="visit_ready"),
    path("call-off/", planning.visit_cancel, name="visit_cancel"),
    path("close/", planning.visit_close, name="visit_close"),
    path("trouble/", planning.visit_trouble, name="visit_trouble"),
    path("needs/", mine.visit_needs, name="visit_needs"),
    path("log/", writing.visit_log, name="visit_log"),
    path("log/review/", writing.visit_log_review, name="visit_log_review"),
    path("log/change/", writing.visit_log_correct, name="visit_log_correct"),
    path("log/sections/<slug:name>/", writing.visit_log_section, name="visit_log_section"),
    path("records/", received.visit_records, name="visit_records"),
    path("records/logged/", received.visit_logged, name="visit_logged"),
    path("records/answers.<slug:kind>", received.visit_records_file, name="visit_records_file"),
    path("records/<uuid:record_id>/choose/<uuid:received_id>/", received.record_choose, name="record_choose"),
    path("records/photos/<uuid:attachment_id>/", received.visit_photo, name="visit_photo"),
    path("briefing.pdf", on_the_day.visit_briefing, name="visit_briefing"),
    path("calendar.ics", on_the_day.visit_calendar, name="visit_calendar"),
    path("concern/", on_the_day.visit_concern, name="visit_concern"),
    path("safety/", on_the_day.visit_safety, name="visit_safety"),
    path("safety/<uuid:check_id>/out/", on_the_day.visit_out, name="visit_out"),
]
_a_programme = [
    path("", programmes.programme, name="programme"),
    path("end/", programmes.programme_end, name="programme_end"),
    path("places/<uuid:place_id>/take-away/", programmes.programme_place_remove, name="programme_place_remove"),
]
_shell = [
    path("", shell.app, name="app"),
    path("worker.js", shell.app_worker, name="app_worker"),
    path("manifest.webmanifest", shell.app_manifest, name="app_manifest"),
]
_app = [
    path("mine.json", app.app_mine, name="app_mine"),
    path("phones/new/", app.phone_new, name="phone_new"),
    path("phones/this/", deliveries.phone_told, name="phone_told"),
    path("deliveries/<uuid:delivery_id>/record/", deliveries.delivery_record, name="delivery_record"),
    path("drafts/<uuid:draft_id>/photos/<uuid:photo_id>/", app.draft_photo, name="draft_photo"),
    path("drafts/<uuid:draft_id>/fetched/", app.draft_fetched, name="draft_fetched"),
    path("deliveries/<uuid:delivery_id>/concern/", deliveries.delivery_concern, name="delivery_concern"),
    path("deliveries/<uuid:delivery_id>/draft/", deliveries.delivery_draft, name="delivery_draft"),
    path("deliveries/<uuid:delivery_id>/photos/<uuid:photo_id>/", deliveries.delivery_photo, name="delivery_photo"),
    path("session-over/", deliveries.session_over, name="session_over"),
]

urlpatterns = [
    path("app/", include(_shell)),
    path("app/", include(_app)),
    path("visits/", mine.my_visits, name="my_visits"),
    path("visits/phones/", mine.my_phones, name="my_phones"),
    path("visits/phones/<uuid:phone_id>/shut-out/", mine.phone_shut_out, name="phone_shut_out"),
    path("groups/<slug:slug>/programmes/", programmes.programmes, name="programmes"),
    path("groups/<slug:slug>/programmes/new/", programmes.programme_new, name="programme_new"),
    path("groups/<slug:slug>/programmes/<uuid:programme_id>/", include(_a_programme)),
    path("groups/<slug:slug>/visits/", planning.visits, name="visits"),
    path("groups/<slug:slug>/visits/new/", planning.visit_new, name="visit_new"),
    path("groups/<slug:slug>/visits/<uuid:visit_id>/", include(_a_visit)),
]
