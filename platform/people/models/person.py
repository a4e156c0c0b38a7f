"""One account per person: thin, rarely written, never hard-deleted (data rule 2). The rest stands beside it."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q

from kit import clock
from kit.erasure import about_person
from people.models.permissions import AsksForPermissions


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Person":
        """A person with this address; without a password they sign in by code."""
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_without_address(self) -> "Person":
        """A person whom a mobile number alone leads to: they sign in with a code that is sent there."""
        person = self.model(email=None)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Addresses are compared without regard to case."""
        return self.get(email=(username or "").lower())


class Person(AsksForPermissions, AbstractBaseUser):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """Somebody with an account. Nobody is a superuser; rights come from `tenants.schemes.rights`."""

    about = about_person(by="id", empty={"email": None, "name": "", "password": "", "is_active": False})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Null, not empty, for who has none and once erased: the address is unique.
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True)
    groups = models.ManyToManyField(
        Group, through="roles.PersonGroup", related_name="user_set", related_query_name="user", blank=True
    )

    last_login = None  # written at each sign-in otherwise; sessions know when
    is_staff = False
    is_superuser = False

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="person_address_is_their_own"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(email=None, name="", password="", is_active=False),
                name="person_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Somebody with no name given"

    def get_full_name(self) -> str:
        """The name this person gave."""
        return str(self)

    def get_short_name(self) -> str:
        """The name this person gave."""
        return str(self)

    @property
    def first_name(self) -> str:
        """What Wagtail's templates greet somebody with."""
        return str(self)

    @property
    def last_name(self) -> str:
        """Wagtail asks for one; we hold one name per person."""
        return ""
