"""How people sign up and sign in. Each variable is named in docs/reference/settings.md."""

from pathlib import Path

from common import env

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "change_password": "accounts.forms.ChangeSecretForm",
    "reset_password": "accounts.forms.ResetMailForm",
    "reset_password_from_key": "accounts.forms.NewSecretForm",
}
# Our forms ask one identifier of any kind; these two say the same to allauth's own checks.
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Signing up, signing in and wrong secrets are counted by accounts/limits.py: allauth's own limits by address would
# refuse a classroom, and they wait on a lock that 25 people at once do not get in time.
ACCOUNT_RATE_LIMITS = {
    "signup": None,
    "login": None,
    "login_failed": None,
    "reset_password": "5/10m/key",
    "reset_password_from_key": "60/5m/ip",
}
# The second factor: see accounts/second_factor.py. Whoever may enter the admin must have one where this is on.
SENDA_STAFF_TOTP = env.flag("SENDA_STAFF_TOTP", False)
MFA_ADAPTER = "accounts.second_factor_forms.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.second_factor_forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# A telephone's clock may be half a minute off; codes seen once are refused for longer than that.
MFA_TOTP_TOLERANCE = 1
# Staff's logins are made by administrators, with e-mails that nobody may have confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# How many proxies stand before the site, so that a reader's address is hers and not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 0, high=10)

# A sign-up must not hang on a mail server that does not answer.
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT", 5, low=1, high=120)

# Kept with every consent: the version of the privacy notice in force, which is a file of SENDA_NOTICES.
SENDA_NOTICE_VERSION = "2026-11b"
SENDA_NOTICE_PATH = "/aviso-de-privacidad/"
SENDA_NOTICES = Path(__file__).resolve().parents[2] / "starter" / "notices"

# How long things are kept (docs/rules/privacy/retention.md). 0 is no term. Off, the night ends nothing.
SENDA_RETENTION = env.flag("SENDA_RETENTION", False)
SENDA_RETAIN_ACCOUNTS_MONTHS = env.whole("SENDA_RETAIN_ACCOUNTS_MONTHS", 24, high=240)
SENDA_RETAIN_WARN_DAYS = env.whole("SENDA_RETAIN_WARN_DAYS", 30, low=7, high=180)
SENDA_RETAIN_ANSWERS_MONTHS = env.whole("SENDA_RETAIN_ANSWERS_MONTHS", 24, high=240)
SENDA_RETAIN_NOTES_MONTHS = env.whole("SENDA_RETAIN_NOTES_MONTHS", 12, low=1, high=12)
SENDA_RETAIN_LOGS_MONTHS = env.whole("SENDA_RETAIN_LOGS_MONTHS", 12, high=240)
SENDA_RETAIN_LOOKS_MONTHS = env.whole("SENDA_RETAIN_LOOKS_MONTHS", 24, high=240)
SENDA_RETAIN_REGISTER_MONTHS = env.whole("SENDA_RETAIN_REGISTER_MONTHS", 0, high=600)
