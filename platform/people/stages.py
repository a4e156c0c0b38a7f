"""When the second step is asked for while somebody signs in."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from tenants.schemes import second_step


class SecondStep(AuthenticateStage):
    """allauth's, but for whoever has just shown one where they work."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if person is not None and second_step.is_marked(request, person_id=person.pk, how="work"):
            return False
        return bool(super()._should_handle(request))
