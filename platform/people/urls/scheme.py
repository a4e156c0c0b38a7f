"""People's pages on each scheme's host."""

from django.urls import path

from people.views import away, crossing, signing_out, staff

urlpatterns = [
    path("sign-in/", crossing.arrive_start, name="arrive_start"),
    path("sign-in/arrive/", crossing.arrive, name="arrive"),
    path("sign-in/step/", crossing.step_start, name="step_start"),
    path("sign-out/", signing_out.sign_out, name="sign_out"),
    path("staff/", staff.staff, name="staff"),
    path("staff/waiting/", staff.staff_waiting, name="staff_waiting"),
    path("team/", staff.team, name="team"),
    path("team/away/", away.away, name="away"),
    path("team/away/<uuid:absence_id>/take-back/", away.away_take_back, name="away_take_back"),
    path("team/<uuid:membership_id>/away/", away.team_away, name="team_away"),
    path("team/invite/", staff.team_invite, name="team_invite"),
    path("team/<uuid:membership_id>/second-step/", staff.team_second_step, name="team_second_step"),
    path("team/<uuid:membership_id>/end/", staff.team_end, name="team_end"),
    path(
        "team/invitations/<uuid:invitation_id>/take-back/",
        staff.team_invitation_withdraw,
        name="team_invitation_withdraw",
    ),
    path("audit/", staff.audit_read, name="audit"),
]
