"""What the outbox has this app do."""

from datetime import datetime
from uuid import UUID

from kit.outbox import Message, handles
from peer_monitoring import actions
from peer_monitoring.actions.team_news import News
from peer_monitoring.queries import whom_to_tell
from people.actions import notice


@handles("peer_monitoring.announced")
def tell_the_scheme(message: Message) -> None:
    """On their page, those who agree with groups learn that a visit was announced; never one that is held back."""
    visit = str(message.payload["visit"])
    for person_id, scheme in whom_to_tell(UUID(visit)):
        notice(person_id=person_id, kind="visit", key=visit, path="/monitoring/", scheme=scheme)


@handles("peer_monitoring.team_news")
def tell_one_of_a_team(message: Message) -> None:
    """Somebody learns that they are on a team or off it, or that the plan has changed, or that the visit is off."""
    seat, news = UUID(str(message.payload["seat"])), str(message.payload["news"])
    actions.tell_team_news(seat_id=seat, news=news, key=message.key)


@handles("peer_monitoring.team_word")
def write_to_one_of_a_team(message: Message) -> None:
    """A wordless message to them."""
    seat, news = UUID(str(message.payload["seat"])), str(message.payload["news"])
    since = datetime.fromisoformat(str(message.payload["since"]))
    actions.send_team_word(seat_id=seat, news=news, since=since, key=message.key)


@handles("peer_monitoring.said_off")
def tell_those_who_can_call_it_off(message: Message) -> None:
    """The group's leads learn that somebody sent that a visit was called off."""
    actions.tell_it_is_said_off(record_id=UUID(message.key))


@handles("peer_monitoring.came_after")
def tell_those_who_called_it_off(message: Message) -> None:
    """The group's leads learn that something came of a visit that was called off."""
    actions.tell_it_came_after(record_id=UUID(message.key))


@handles("peer_monitoring.to_choose")
def tell_those_who_can_choose(message: Message) -> None:
    """The group's leads learn that somebody has to choose which of several records counts."""
    actions.tell_it_is_to_choose(record_id=UUID(message.key.partition(":")[0]))


@handles("peer_monitoring.said_off_word")
def write_to_one_who_can_call_it_off(message: Message) -> None:
    """A wordless message to one of them, of any of the three; what was promised before there were two says no news."""
    member, visit = UUID(str(message.payload["member"])), UUID(str(message.payload["visit"]))
    since, news = datetime.fromisoformat(str(message.payload["since"])), message.payload.get("news", News.SAID_OFF)
    actions.send_said_off_word(member_id=member, visit_id=visit, since=since, key=message.key, news=str(news))


@handles("groups.goes_no_more")
def leave_the_teams(message: Message) -> None:
    """Somebody left a group, or only supports it now: they are on no team of it, and nobody reads what they needed."""
    actions.leave_teams(member_id=UUID(str(message.payload["member"])))


@handles("groups.leads_no_more")
def leave_what_leads_read(message: Message) -> None:
    """Somebody leads a group no more, and still goes on visits: what only its leads read waits for them no more."""
    actions.lead_no_more(member_id=UUID(str(message.payload["member"])))


@handles("peer_monitoring.concern_raised")
def tell_those_who_lead(message: Message) -> None:
    """The group's leads learn that somebody raised a concern on a visit."""
    actions.tell_leads(concern_id=UUID(message.key))


@handles("peer_monitoring.concern_word")
def write_to_a_lead(message: Message) -> None:
    """A wordless message to one of them."""
    actions.send_concern_word(member_id=UUID(str(message.payload["member"])), key=message.key)


@handles("feedback.concern_stands")
def follow_what_was_raised(message: Message) -> None:
    """What a scheme does about a concern, if it came from a visit, stands with that visit."""
    told = {name: str(message.payload[name]) for name in ("concern", "step", "whom", "at", "because")}
    actions.follow_concern(
        kept_as=UUID(told["concern"]), step=told["step"], whom=told["whom"], at=datetime.fromisoformat(told["at"]),
        because=told["because"],
    )  # fmt: skip


@handles("peer_monitoring.photo")
def draw_a_photo_anew(message: Message) -> None:
    """Of a photo that came, a picture is made of its pixels; nobody sees it before."""
    actions.make_picture(photo_id=UUID(message.key))


@handles("peer_monitoring.alarm")
def write_to_who_is_told(message: Message) -> None:
    """Whoever is to know that somebody is not back is written to, unless all is well by now."""
    check, member = UUID(str(message.payload["check"])), UUID(str(message.payload["member"]))
    actions.send_alarm(check_id=check, alarm=str(message.payload["alarm"]), member_id=member, key=message.key)
