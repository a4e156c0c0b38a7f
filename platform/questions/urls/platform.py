"""Question sets on the platform, below the group that uses them."""

from django.urls import include, path

from questions.views import parts, preview, sets, words

_a_set = [
    path("", sets.question_set, name="question_set"),
    path("name/", sets.question_set_title, name="question_set_title"),
    path("publish/", sets.question_set_publish, name="question_set_publish"),
    path("preview/", preview.question_set_preview, name="question_set_preview"),
    path("sections/new/", parts.section_new, name="section_new"),
    path("sections/<slug:name>/", parts.section_change, name="section_change"),
    path("sections/<slug:name>/new/", parts.question_kind, name="question_kind"),
    path("sections/<slug:name>/new/<slug:kind>/", parts.question_new, name="question_new"),
    path("parts/<slug:name>/", parts.question_change, name="question_change"),
    path("parts/<slug:name>/move/", parts.part_move, name="part_move"),
    path("parts/<slug:name>/take-away/", parts.part_delete, name="part_delete"),
    path("languages/", words.question_set_languages, name="question_set_languages"),
    path("languages/<slug:code>/take-away/", words.question_set_language_remove, name="question_set_language_remove"),
    path("languages/<slug:code>/<slug:part>/", words.question_set_words, name="question_set_words"),
]

urlpatterns = [
    path("groups/<slug:slug>/questions/", sets.question_sets, name="question_sets"),
    path("groups/<slug:slug>/questions/new/", sets.question_set_new, name="question_set_new"),
    path("groups/<slug:slug>/questions/<uuid:set_id>/", include(_a_set)),
    path("groups/<slug:slug>/versions/<uuid:version_id>/", sets.question_set_version, name="question_set_version"),
    path("groups/<slug:slug>/versions/<uuid:version_id>/copy/", sets.question_set_copy, name="question_set_copy"),
    path("groups/<slug:slug>/versions/<uuid:version_id>/retire/", sets.question_set_retire, name="question_set_retire"),
    path("groups/<slug:slug>/versions/<uuid:version_id>/xlsform/", sets.question_set_file, name="question_set_file"),
]
