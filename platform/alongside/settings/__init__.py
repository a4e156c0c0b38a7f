"""Settings: one small package; everything that differs between places comes from the environment (`docs/wiring.md`)."""

from alongside.settings.apps import *  # noqa: F403
from alongside.settings.cms import *  # noqa: F403
from alongside.settings.database import *  # noqa: F403
from alongside.settings.mail import *  # noqa: F403
from alongside.settings.pages import *  # noqa: F403
from alongside.settings.security import *  # noqa: F403
from alongside.settings.signing_in import *  # noqa: F403
from alongside.settings.site import *  # noqa: F403
from alongside.settings.work import *  # noqa: F403
