"""The second step, on the platform alone: the few pages of allauth that are used, under neutral paths and its names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from people.fresh import freshly
from people.views import second_steps
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

anyone = requires(Permission.ANYONE)
signed_in = requires(Permission.SIGNED_IN)
again_by_passkey = second_steps.StepByPasskeyAgain.as_view()

urlpatterns = [
    path("sign-in/step/", second_steps.step_start, name="step_start"),
    path("sign-in/step/code/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", anyone(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/again/passkey/", signed_in(again_by_passkey), name="mfa_reauthenticate_webauthn"),
    path("sign-in/again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("sign-in/again/code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("my/second-step/", second_steps.second_steps, name="mfa_index"),
    path("my/second-step/app/", signed_in(freshly(second_steps.AddApp.as_view())), name="mfa_activate_totp"),
    path("my/second-step/passkey/", signed_in(freshly(second_steps.AddPasskey.as_view())), name="mfa_add_webauthn"),
    path("my/second-step/codes/", signed_in(second_steps.RecoveryCodes.as_view()), name="mfa_view_recovery_codes"),
    path("my/second-step/codes/new/", second_steps.recovery_codes_new, name="recovery_codes_new"),
    path("my/second-step/<int:step_id>/remove/", second_steps.second_step_remove, name="second_step_remove"),
]
