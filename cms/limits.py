"""How many papers one address may have made within an hour: each takes the machine a moment, and anybody may ask."""

from django.http import HttpRequest

from tenants.feedback.limits import counted

PAPERS_AN_HOUR = 60
TOO_MANY = "There were very many downloads. Wait one hour and try again."


def may_make_paper(request: HttpRequest) -> bool:
    """Count one paper; False once there were too many within this hour."""
    return counted("paper", request) <= PAPERS_AN_HOUR
