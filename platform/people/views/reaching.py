"""“How we reach you”: one thing a page, chosen and changed by the person alone (F4)."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kit.errors import Refused
from kit.forms import Form
from kit.kept import posted_or_kept
from kit.numbers import shown
from people import actions, besides, queries
from people.fresh import asked_again
from people.here import me
from people.models import SafeContact
from people.reach_forms import (
    FormatForm,
    LetterForm,
    MobileForm,
    OpensForm,
    ProveMobileForm,
    TimesForm,
    WayForm,
    WordsForm,
    WorkerForm,
)
from people.safe_times import days_in_words, parts_in_words
from tenants.schemes.requires import requires
from tenants.schemes.rights import Permission

Channel = SafeContact.Channel
NOT_SENT = "We could not send the code just now. Wait a few minutes, then try again."
NUMBER_IS_KEPT = "We have your number. To get text messages, press “Save your choice” below."
# Where the way somebody chose is asked for what it needs.
NEEDS = {Channel.LETTER.value: "my_letter", Channel.WORKER.value: "my_worker"}


@requires(Permission.SIGNED_IN)
@require_GET
def my_contact(request: HttpRequest) -> HttpResponse:
    """Everything somebody said about how to reach them, each with a way to change it."""
    contact = _contact(request)
    mobile = queries.mobile_of(me(request))
    context = {
        "contact": contact,
        "besides": besides.in_words(me(request), contact),
        "mobile": shown(mobile.number) if mobile else "",
        "opens_account": mobile is not None and mobile.opens_account,
        "days": days_in_words(contact.days),
        "parts": parts_in_words(contact.parts),
        "did_not_arrive": queries.last_word_failed(me(request)),
    }
    return render(request, "people/my_contact.jinja", context)


@requires(Permission.SIGNED_IN)
def my_way(request: HttpRequest) -> HttpResponse:
    """The safe way to reach the person; where it needs more, that is asked next."""
    contact = _contact(request)
    chosen = request.GET.get("chosen") or (contact.channel if contact.is_chosen else "")
    form = WayForm(posted_or_kept(request), initial={"channel": chosen}, has_email=bool(me(request).email))
    if form.is_valid():
        channel = form.cleaned_data["channel"]
        if channel in NEEDS:
            return redirect(NEEDS[channel])
        if channel == Channel.TEXT and queries.mobile_of(me(request)) is None:
            return redirect("my_mobile")
        contact = actions.change_contact(person=me(request), channel=channel, by=me(request))
        return redirect("my_words" if contact.is_by_message else "my_contact")
    came_from_the_code = request.GET.get("chosen") == Channel.TEXT and queries.mobile_of(me(request)) is not None
    words = NUMBER_IS_KEPT if came_from_the_code else ""
    return _ask(request, form, "How can we tell you something?", words=words)


@requires(Permission.SIGNED_IN)
def my_letter(request: HttpRequest) -> HttpResponse:
    """Where a letter goes."""
    form = LetterForm(posted_or_kept(request), initial={"letter_to": _contact(request).letter_to})
    return _change(request, form, "Your letter", lambda given: _by(request, Channel.LETTER, **given))


@requires(Permission.SIGNED_IN)
def my_worker(request: HttpRequest) -> HttpResponse:
    """Who tells them."""
    form = WorkerForm(posted_or_kept(request), initial={"worker": _contact(request).worker})
    return _change(request, form, "Who should tell you?", lambda given: _by(request, Channel.WORKER, **given))


@requires(Permission.SIGNED_IN)
def my_words(request: HttpRequest) -> HttpResponse:
    """Whether the answer itself may stand in a message."""
    contact = _contact(request)
    if not contact.is_by_message:
        return redirect("my_way")
    form = WordsForm(posted_or_kept(request), initial={"words_in_messages": contact.words_in_messages})
    return _change(request, form, "What may stand in a message?", _with(request, actions.choose_words))


@requires(Permission.SIGNED_IN)
def my_times(request: HttpRequest) -> HttpResponse:
    """When it is safe to send something."""
    contact = _contact(request)
    form = TimesForm(posted_or_kept(request), initial={"days": contact.days, "parts": contact.parts})
    return _change(request, form, "When is it safe?", _with(request, actions.choose_times))


@requires(Permission.SIGNED_IN)
def my_format(request: HttpRequest) -> HttpResponse:
    """In which form they can read an answer."""
    contact = _contact(request)
    initial = {"format": contact.format, "format_words": contact.format_words}
    form = FormatForm(posted_or_kept(request), initial=initial)
    return _change(request, form, "What you need to read it", _with(request, actions.choose_format))


@requires(Permission.SIGNED_IN)
@asked_again
def my_mobile(request: HttpRequest) -> HttpResponse:
    """A number, to which a code is sent."""
    form = MobileForm(posted_or_kept(request))
    if form.is_valid():
        try:
            address = get_adapter().get_client_ip(request)
            actions.send_mobile_code(person=me(request), address=address, by=me(request), **form.cleaned_data)
            return redirect("my_mobile_code")
        except Refused as refused:
            form.refuse(refused, "number")
        except OSError:
            form.refuse(NOT_SENT)
    return _ask(request, form, "Your mobile number", button="Send me a code")


@requires(Permission.SIGNED_IN)
def my_mobile_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent; with it the number is theirs."""
    waiting = queries.code_on_its_way(me(request))
    if waiting is None:
        return redirect("my_mobile")
    form = ProveMobileForm(posted_or_kept(request))
    if form.is_valid():
        try:
            actions.prove_mobile(person=me(request), by=me(request), **form.cleaned_data)
            return redirect("/my/contact/way/?chosen=text")
        except Refused as refused:
            form.refuse(refused, "code")
    words = f"We sent a code to {shown(waiting.number)}. It works for 15 minutes."
    return _ask(request, form, "Your code", button="Go on", words=words, back="my_mobile", again="my_mobile")


@requires(Permission.SIGNED_IN)
@asked_again
def my_mobile_opens(request: HttpRequest) -> HttpResponse:
    """Whether a code to their number signs them in."""
    mobile = queries.mobile_of(me(request))
    if mobile is None or not me(request).email:
        return redirect("my_contact")
    form = OpensForm(posted_or_kept(request), initial={"opens": mobile.opens_account})
    return _change(request, form, "Signing in with your phone", _with(request, actions.open_with_mobile))


@requires(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@asked_again
def my_mobile_remove(request: HttpRequest) -> HttpResponse:
    """Take the number away again, where it is not the only way in; the button for it stands where this leads."""
    if request.method == "POST" and me(request).email:
        actions.remove_mobile(person=me(request), by=me(request))
    return redirect("my_contact")


def _contact(request: HttpRequest) -> SafeContact:
    return queries.contact_of(me(request))


def _by(request: HttpRequest, channel: str, **given: Any) -> SafeContact:
    return actions.change_contact(person=me(request), channel=channel, by=me(request), **given)


def _with(request: HttpRequest, action: Callable[..., object]) -> Callable[[dict[str, Any]], object]:
    return lambda given: action(person=me(request), by=me(request), **given)


def _change(request: HttpRequest, form: Form, title: str, change: Callable[[dict[str, Any]], object]) -> HttpResponse:
    if form.is_valid():
        change(form.cleaned_data)
        return redirect("my_contact")
    return _ask(request, form, title)


def _ask(
    request: HttpRequest,
    form: Form,
    title: str,
    *,
    button: str = "Save your choice",
    words: str = "",
    back: str = "my_contact",
    again: str = "",
) -> HttpResponse:
    own_heading = any(getattr(field, "label_is_page_heading", False) for field in form.fields.values())
    context = {
        "own_heading": own_heading,
        "form": form,
        "title": title,
        "button": button,
        "words": words,
        "back_to": back,
        "again": again,
    }
    return render(request, "people/my_contact_one.jinja", context)
