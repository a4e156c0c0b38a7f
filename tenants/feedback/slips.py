"""What a browser keeps of slips: a new code until it is written down, and which slip has been opened here.

A phone may be shared, so a new code is shown for a quarter of an hour at most, a slip closes itself half an hour after
it was opened, and one press of a button ends both. What a new code is made of stands nowhere after that quarter of an
hour (`kit.short_lived`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest

from kit import clock, codes, short_lived
from tenants.feedback.actions import Heard
from tenants.feedback.rules import BY_HAND, decided_clock

NEW, OPENED, ASKED, PRINTED = "feedback.new", "feedback.opened", "feedback.asked", "feedback.printed"
SHOWN_FOR = timedelta(minutes=15)
OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class NewSlip:
    """A code that was just made, and by when there is an answer.

    It is empty for whoever gets the answer on their page, or had a printed slip, whose code stands on paper alone.
    """

    code: str
    answer_by: date
    on_paper: bool
    signed_out: bool
    """Whether they wanted the answer on their page, and their sign-in had ended."""
    reference: str
    """The number beside which staff keep an address, where somebody has to carry the answer."""

    @property
    def is_late(self) -> bool:
        """Whether the day by which there should have been an answer had passed before it was written down."""
        return self.answer_by < clock.today()


def keep(request: HttpRequest, heard: Heard, *, send: UUID, signed_out: bool = False, on_paper: bool = False) -> None:
    """Keep what a new code is made of, to show it once; the code itself is written down nowhere."""
    answer_by = decided_clock(heard.point.received_on).due
    new = {
        "key": str(heard.key) if heard.code else "",
        "by": answer_by.isoformat(),
        "signed_out": signed_out,
        "on_paper": on_paper,
        "reference": next((one.reference for one in heard.point.sayers.all() if one.channel in BY_HAND), ""),
        "send": str(send),
    }
    short_lived.keep(request, NEW, new, lasts=SHOWN_FOR)


def kept(request: HttpRequest) -> NewSlip | None:
    """The new code, or nothing once it has been shown for long enough."""
    new = short_lived.kept(request, NEW)
    if new is None:
        return None
    code = codes.code_for(UUID(new["key"])) if new["key"] else ""
    return NewSlip(
        code,
        date.fromisoformat(new["by"]),
        new["on_paper"],
        new["signed_out"],
        new["reference"],
    )


def mark_for_a_form(request: HttpRequest) -> UUID:
    """The mark of a form: that of the one just sent while its code is shown, since Back may have brought it again.

    The same words with the same mark are the same point. A browser with JavaScript knows by itself which form is which.
    """
    last = short_lived.kept(request, NEW)
    return UUID(last["send"]) if last else uuid4()


def forget(request: HttpRequest) -> None:
    """The code has been written down."""
    short_lived.forget(request, NEW)


@dataclass(frozen=True, slots=True)
class Printed:
    """Slips that were just made, and what their codes come from."""

    batch_id: UUID
    mark: UUID
    large: bool


def keep_printed(request: HttpRequest, batch_id: UUID, mark: UUID, *, large: bool) -> None:
    """Keep what the codes of new slips come from, for as long as their paper can be saved."""
    short_lived.keep(request, PRINTED, {"batch": batch_id, "mark": mark, "large": large}, lasts=SHOWN_FOR)


def printed(request: HttpRequest) -> Printed | None:
    """The slips that were just made, or nothing once their paper could be saved for long enough."""
    found = short_lived.kept(request, PRINTED)
    return Printed(UUID(found["batch"]), UUID(found["mark"]), found["large"]) if found else None


def forget_printed(request: HttpRequest, batch_id: UUID) -> None:
    """These slips were cancelled: nobody needs their paper."""
    ready = printed(request)
    if ready and ready.batch_id == batch_id:
        short_lived.forget(request, PRINTED)


def open_with(request: HttpRequest, fingerprint: str) -> None:
    """Open a slip in this browser; a slip opened before is closed, and a new code is forgotten with it."""
    forget(request)
    request.session[OPENED] = {"slip": fingerprint, "at": clock.now().isoformat()}


def opened(request: HttpRequest) -> str:
    """The fingerprint of the slip that is open here, or nothing."""
    return _open_here(request, OPENED, "slip")


def open_question(request: HttpRequest, asked_id: UUID) -> None:
    """Open the question of a letter in this browser, and nothing else with it."""
    close(request)
    forget(request)
    request.session[ASKED] = {"asked": str(asked_id), "at": clock.now().isoformat()}


def question_opened(request: HttpRequest) -> UUID | None:
    """The question that is open here, if there is one."""
    found = _open_here(request, ASKED, "asked")
    return UUID(found) if found else None


def close(request: HttpRequest) -> None:
    """Close the slip, and the question of a letter."""
    request.session.pop(OPENED, None)
    request.session.pop(ASKED, None)


def _open_here(request: HttpRequest, what: str, key: str) -> str:
    found = request.session.get(what)
    if found is None:
        return ""
    if clock.now() - datetime.fromisoformat(found["at"]) > OPEN_FOR:
        close(request)
        return ""
    return str(found[key])
