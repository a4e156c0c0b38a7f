"""How tests hash passwords: the same way as the service, with next to no work."""

from django.contrib.auth.hashers import ScryptPasswordHasher


class Quick(ScryptPasswordHasher):
    """Nobody tries to guess a password of a test."""

    work_factor = 2
    parallelism = 1
