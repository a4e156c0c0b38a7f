"""The loop's pages on a scheme's host; every name stands in `tenants.schemes.pages`."""

from django.urls import URLPattern, URLResolver, include, path

from tenants.feedback.views import (
    asked,
    board,
    concerns,
    easy,
    exporting,
    helping_back,
    importing,
    outcomes,
    own,
    owning,
    posters,
    printing,
    public,
    questions,
    quoting,
    regard,
    same,
    saying,
    staff,
    supporting,
    telling,
    together,
    writing_down,
    young,
)

Pages = list[URLPattern | URLResolver]

app_name = "feedback"

tell_us: Pages = [
    path("", saying.tell_us, name="tell_us"),
    path("thanks/", saying.tell_us_thanks, name="tell_us_thanks"),
    path("slip/", saying.tell_us_slip, name="tell_us_slip"),
    path("thanks/slip/", saying.slip_paper, name="slip_paper"),
    path("harm/", concerns.harm, name="harm"),
    path("harm/thanks/", concerns.harm_thanks, name="harm_thanks"),
    path("complaint/", saying.complaint, name="complaint"),
]

answer: Pages = [
    path("", public.slip, name="slip"),
    path("close/", public.slip_close, name="slip_close"),
    path("yours/", public.slip_answer, name="slip_answer"),
    path("yours/<uuid:point_id>/", public.slip_confirm, name="slip_confirm"),
    path("yours/<uuid:point_id>/website/", public.slip_stop, name="slip_stop"),
    path("yours/<uuid:point_id>/quote/", quoting.slip_quote_stop, name="slip_quote_stop"),
    path("yours/<uuid:point_id>/reply/", questions.slip_reply, name="slip_reply"),
    path("yours/<uuid:point_id>/back/", public.slip_take_back, name="slip_take_back"),
    path("taken-back/", public.slip_taken_back, name="slip_taken_back"),
    path("changed/", asked.slip_asked, name="slip_asked"),
]

mine: Pages = [
    path("", own.mine, name="mine"),
    path("supporters/", supporting.supporters, name="supporters"),
    path("supporters/new/", supporting.supporter_new, name="supporter_new"),
    path("supporters/<uuid:supporter_id>/end/", supporting.supporter_end, name="supporter_end"),
    path("<uuid:point_id>/", own.my_point, name="my_point"),
    path("<uuid:point_id>/changed/", own.my_point_confirm, name="my_point_confirm"),
    path("<uuid:point_id>/website/", own.my_point_stop, name="my_point_stop"),
    path("<uuid:point_id>/back/", own.my_point_take_back, name="my_point_take_back"),
    path("taken-back/", own.my_point_taken_back, name="my_point_taken_back"),
    path("<uuid:point_id>/quote/", quoting.my_quote_stop, name="my_quote_stop"),
    path("<uuid:point_id>/reply/", questions.my_point_reply, name="my_point_reply"),
]

support: Pages = [
    path("", supporting.support, name="support"),
    path("join/", supporting.support_join, name="support_join"),
    path("open/<str:token>/", supporting.support_open, name="support_open"),
    path("<uuid:supporter_id>/say/", supporting.support_say, name="support_say"),
    path("<uuid:supporter_id>/stop/", supporting.support_stop, name="support_stop"),
    path("<uuid:supporter_id>/<uuid:point_id>/", supporting.supported_point, name="supported_point"),
    path("<uuid:supporter_id>/<uuid:point_id>/changed/", supporting.supported_confirm, name="supported_confirm"),
]

one_point: Pages = [
    path("", staff.point, name="point"),
    path("acknowledge/", staff.point_acknowledge, name="point_acknowledge"),
    path("assign/", owning.point_assign, name="point_assign"),
    path("ask/", questions.point_ask, name="point_ask"),
    path("pass-on/", concerns.point_pass_on, name="point_pass_on"),
    path("sort/", staff.point_sort, name="point_sort"),
    path("day/", writing_down.point_day, name="point_day"),
    path("words/", staff.point_words, name="point_words"),
    path("quotes/", quoting.point_quotes, name="point_quotes"),
    path("quotes/<uuid:sayer_id>/", quoting.point_quote_end, name="point_quote_end"),
    path("decide/", staff.point_decide, name="point_decide"),
    path("easy/", easy.point_easy, name="point_easy"),
    path("same/", same.point_same, name="point_same"),
    path("same/take-back/", same.point_same_take_back, name="point_same_take_back"),
    path("regard/", regard.point_regard, name="point_regard"),
    path("regard/record/", regard.point_regard_record, name="point_regard_record"),
    path("helps/", outcomes.point_outcomes, name="point_outcomes"),
    path("together/", together.point_together, name="point_together"),
    path("split/", together.point_split, name="point_split"),
    path("apart/", together.point_apart, name="point_apart"),
    path("progress/", staff.point_progress, name="point_progress"),
    path("done/", staff.point_done, name="point_done"),
]

points: Pages = [
    path("", staff.register, name="register"),
    path("assign/", owning.points_assign, name="points_assign"),
    path("file/", exporting.register_export, name="register_export"),
    path("import/", importing.points_import, name="points_import"),
    path("import/look/", importing.points_import_look, name="points_import_look"),
    path("import/added/", importing.points_imported, name="points_imported"),
    path("new/", writing_down.point_log, name="point_log"),
    path("new/slip/", writing_down.point_logged, name="point_logged"),
    path("slips/", printing.printed_slips, name="printed_slips"),
    path("slips/paper/", printing.printed_slips_paper, name="printed_slips_paper"),
    path("slips/<uuid:batch_id>/cancel/", printing.printed_slips_cancel, name="printed_slips_cancel"),
    path("tellings/", telling.telling, name="telling"),
    path("tellings/letters/", telling.letters, name="letters"),
    path("tellings/<uuid:told_id>/", telling.telling_end, name="telling_end"),
    path("tellings/<uuid:told_id>/letter/", telling.letter, name="letter"),
    path("back-in/", helping_back.help_back_in, name="help_back_in"),
    path("young/<uuid:sayer_id>/", young.young, name="young"),
    path("askings/<uuid:asked_id>/", asked.asking_end, name="asking_end"),
    path("askings/<uuid:asked_id>/code/", asked.asking_code, name="asking_code"),
    path("askings/<uuid:asked_id>/letter/", asked.asking_letter, name="asking_letter"),
    path("needs/", telling.needs, name="needs"),
    path("needs/<uuid:need_id>/", telling.need, name="need"),
    path("<uuid:point_id>/", include(one_point)),
]

concern_pages: Pages = [
    path("", concerns.concerns, name="concerns"),
    path("<uuid:concern_id>/", concerns.concern, name="concern"),
    path("<uuid:concern_id>/take/", concerns.concern_take, name="concern_take"),
]

urlpatterns: Pages = [
    path("tell-us/", include(tell_us)),
    path("answer/", include(answer)),
    path("mine/", include(mine)),
    path("support/", include(support)),
    path("points/", include(points)),
    path("concerns/", include(concern_pages)),
    path("complaints/", concerns.complaint_way, name="complaint_way"),
    path("partners/", staff.partners, name="partners"),
    path("reach/", staff.reach, name="reach"),
    path("board/", board.board, name="board"),
    path("board/paper/", board.board_paper, name="board_paper"),
    path("poster/", posters.poster, name="poster"),
]
