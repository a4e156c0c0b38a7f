"""Mobile numbers of the United Kingdom, as people type them and as a message is sent to them."""

import re

from django.utils.translation import gettext as _

from kit.errors import Refused

# 070 are not mobile phones, and 076 are mostly pagers.
_MOBILE = re.compile(r"(?:\+440?|00440?|0)(7[1-57-9]\d{8}|7624\d{6})")
_BETWEEN = re.compile(r"[\s\-.()]")


class BadNumber(Refused):
    """What was typed is no mobile number we can send to."""


def mobile(typed: str) -> str:
    """A mobile number in the one form in which it is kept: "+447700900123"."""
    found = _MOBILE.fullmatch(_BETWEEN.sub("", typed))
    if found is None:
        raise BadNumber(_("Enter a UK mobile number, like 07700 900 982."))
    return f"+44{found[1]}"


def shown(number: str) -> str:
    """A number as people read it: "07700 900 123"."""
    return f"0{number[3:7]} {number[7:10]} {number[10:]}"
