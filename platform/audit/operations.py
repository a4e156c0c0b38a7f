"""What can be done with information about a person, and what makes it lawful (`docs/requirements.md` S1 to S8)."""

from django.db import models


class Operation(models.TextChoices):
    """The operations that are told apart; the first three need a lawful basis (S1)."""

    COLLECT = "collect", "Collected"
    COLLATE = "collate", "Brought together"
    DISCLOSE = "disclose", "Disclosed"
    READ = "read", "Read"
    CHANGE = "change", "Changed"
    ERASE = "erase", "Erased"


class Basis(models.TextChoices):
    """Why it is lawful, in the order of S3 to S8."""

    CONSENT = "consent", "The person agreed"
    PARENTAL_RESPONSIBILITY = "parental_responsibility", "Somebody with parental responsibility agreed"
    MCA_BEST_INTERESTS = "mca_best_interests", "Best interests, under the Mental Capacity Act 2005"
    PUBLIC_INTEREST_A = "public_interest_a", "To help a child or young person at risk of harm"
    PUBLIC_INTEREST_B = "public_interest_b", "To help anyone at risk of offending or of harm from it"
    PUBLIC_INTEREST_C = "public_interest_c", "To prevent or investigate a crime"
    PUBLIC_TASK = "public_task", "The scheme’s public task"
    VITAL_INTERESTS = "vital_interests", "To protect somebody’s life"


NEEDS_BASIS = [Operation.COLLECT.value, Operation.COLLATE.value, Operation.DISCLOSE.value]
