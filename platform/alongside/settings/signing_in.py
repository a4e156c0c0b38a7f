"""Sign-in: allauth by e-mail code and password, on the platform host alone."""

import os

from django.core.exceptions import ImproperlyConfigured

from alongside.settings.environment import PRODUCTION

# How many proxies of ours stand in front: the visitor's address, which limits count by, is read past that many.
PROXIES = os.environ.get("ALONGSIDE_PROXIES", "" if PRODUCTION else "0")
if not PROXIES.isdecimal():
    raise ImproperlyConfigured(
        "ALONGSIDE_PROXIES is not set to a number. Say how many proxies of yours stand in front of Alongside, such as "
        "1: else all visitors count as one, and a few wrong codes keep everybody out."
    )
ALLAUTH_TRUSTED_PROXY_COUNT = int(PROXIES)

AUTHENTICATION_BACKENDS = [
    "people.backends.PersonBackend",
]

LOGIN_URL = "/sign-in/"
# Where a page of staff leads to whoever signed in without a second step: on every host (ADR 0045).
SECOND_STEP_URL = "/sign-in/step/"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "people.sign_in_forms.SignInForm",
    "request_login_code": "people.sign_in_forms.AskForCodeForm",
    "confirm_login_code": "people.sign_in_forms.CodeForm",
    "signup": "people.sign_in_forms.SignUpForm",
    "confirm_email_verification_code": "people.sign_in_forms.ConfirmAddressForm",
    "reset_password": "people.sign_in_forms.AskForResetForm",
    "confirm_password_reset_code": "people.sign_in_forms.ResetCodeForm",
    "reset_password_from_key": "people.sign_in_forms.NewPasswordForm",
    "change_password": "people.sign_in_forms.ChangePasswordForm",
    "set_password": "people.sign_in_forms.SetPasswordForm",
    "reauthenticate": "people.sign_in_forms.PasswordAgainForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = False
# Wrong passwords: five for one account, and 25 from one line, on which a whole hostel or office may be. Whoever
# is shut out waits five minutes at most, as every limit here.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,25/5m/ip"}
USERSESSIONS_TRACK_ACTIVITY = False

MFA_ADAPTER = "people.second_step_adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# Whoever holds a passkey shows their face, finger or PIN to it: so it is two steps in one, and signs in alone.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Clocks of phones differ by some seconds. A code works once all the same (`people.second_step_forms`).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "people.second_step_forms.StepForm",
    "reauthenticate": "people.second_step_forms.StepAgainForm",
    "activate_totp": "people.second_step_forms.AddAppForm",
    "add_webauthn": "people.passkey_forms.AddPasskeyForm",
    "login_webauthn": "people.passkey_forms.SignInByPasskeyForm",
    "authenticate_webauthn": "people.passkey_forms.StepByPasskeyForm",
    "reauthenticate_webauthn": "people.passkey_forms.PasskeyAgainForm",
}
