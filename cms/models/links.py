"""Where the site leads out of itself, and when somebody of the team last followed it."""

from django.db import models

from kit.erasure import about_nobody

LONGEST = 500


class FollowedLink(models.Model):
    """An address outside this site that a person followed: the day, and whether it led where it should."""

    about = about_nobody("an address that stands on the public site, and a day")

    address = models.CharField(max_length=LONGEST, unique=True)
    checked_on = models.DateField()
    works = models.BooleanField()

    def __str__(self) -> str:
        return self.address
