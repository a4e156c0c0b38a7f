"""People: the account, how it is safe to reach them, what they agreed to, where they are known, what waits."""

from people.models.contact import Consent, SafeContact
from people.models.erasure import Erasure, ErasureRequest
from people.models.person import Person
from people.models.places import Notice, Place
from people.models.reaching import Mobile, MobileCode, SignInCode, WayToTell, Word, WordLink
from people.models.recovering import Recovery, RecoveryCode
from people.models.sessions import HandOff

__all__ = [
    "Consent",
    "Erasure",
    "ErasureRequest",
    "HandOff",
    "Mobile",
    "MobileCode",
    "Notice",
    "Person",
    "Place",
    "Recovery",
    "RecoveryCode",
    "SafeContact",
    "SignInCode",
    "WayToTell",
    "Word",
    "WordLink",
]
