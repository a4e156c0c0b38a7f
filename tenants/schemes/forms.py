"""Forms of a scheme's sites and of the operators' page."""

from kit import clock
from kit.fields import Date, Radios, Text
from kit.forms import Form
from tenants.schemes.models import Site


class SiteForm(Form):
    """A place where the scheme meets people."""

    name = Text("Name of the site", max_length=120)
    kind = Radios("What kind of place is it?", Site.Kind.choices)


class CloseSiteForm(Form):
    """The last day of a site."""

    on = Date("Closed from", initial=clock.today)


class GiveUpForm(Form):
    """Why a dead letter is laid aside."""

    reason = Text("Why it is laid aside", max_length=300)
