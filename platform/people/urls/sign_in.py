"""Signing in, on the platform alone: the few pages of allauth that are used, under neutral paths and its own names."""

from allauth.account import views as allauth
from django.urls import path

from people.fresh import asked_again
from people.views import mine, passwords, recovering, signing_out, texting, work
from people.work import PROVIDER
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

anyone = requires(Permission.ANYONE)
signed_in = requires(Permission.SIGNED_IN)

urlpatterns = [
    path("sign-in/", anyone(work.SignIn.as_view()), name="account_login"),
    path("sign-in/code/", anyone(allauth.request_login_code), name="account_request_login_code"),
    path("sign-in/code/enter/", anyone(allauth.confirm_login_code), name="account_confirm_login_code"),
    path("sign-in/text/", texting.text_code, name="text_code"),
    path("sign-in/text/code/", texting.text_code_enter, name="text_code_enter"),
    path("sign-in/text/new/", texting.text_code_new, name="text_code_new"),
    path("sign-in/help/", recovering.recover, name="recover"),
    path("sign-in/help/code/", recovering.recover_prove, name="recover_prove"),
    path("sign-in/help/stop/<str:token>/", recovering.recover_stop, name="recover_stop"),
    path("my/recovery/", recovering.my_recovery, name="my_recovery"),
    path("sign-in/new/", anyone(allauth.signup), name="account_signup"),
    path("sign-in/new/code/", anyone(allauth.email_verification_sent), name="account_email_verification_sent"),
    path("sign-in/password/", anyone(allauth.password_reset), name="account_reset_password"),
    path(
        "sign-in/password/code/",
        anyone(allauth.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path("sign-in/password/new/", anyone(allauth.complete_password_reset), name="account_complete_password_reset"),
    path(
        "sign-in/password/done/", anyone(allauth.password_reset_from_key_done), name="account_password_reset_completed"
    ),
    path("sign-in/closed/", anyone(allauth.account_inactive), name="account_inactive"),
    path("sign-in/work/", work.work_sign_in, name="work_sign_in"),
    path("sign-in/work/back/", work.work_back, {"provider_id": PROVIDER}, name="openid_connect_callback"),
    path("sign-out/", signing_out.sign_out, name="sign_out"),
    path("my/password/", signed_in(passwords.ChangePassword.as_view()), name="account_change_password"),
    path("my/password/new/", signed_in(asked_again(passwords.SetPassword.as_view())), name="account_set_password"),
    path("my/sign-ins/", signing_out.my_sign_ins, name="my_sign_ins"),
    path("my/email/", mine.my_email, name="account_email"),
]
