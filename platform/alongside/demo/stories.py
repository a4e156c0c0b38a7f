"""What was said in the invented schemes, and what became of it. All of it is invented."""

from dataclasses import dataclass

from tenants.feedback.rules import Answer, Decision, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A decision, so many days after the point came, and what was done; `confirmed` is the answer of who said it."""

    decision: Decision
    answer: str
    reason: str
    after: int = 9
    due_in: int = 60
    progress: str = ""
    done: str = ""
    confirmed: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One point: who said it (a service user's key, or nothing for a slip), how long ago, and how far it went."""

    said: str
    public: str = ""
    quote: str = ""
    """What of it they agreed to have shown word for word."""
    theme: str
    group: str = ""
    by: str = ""
    how_many: int | None = None
    method: Method = Method.TELL_US
    days_ago: int
    seen: bool = True
    reply: Reply | None = None
    site: int | None = None


CARD = Reply(
    decision=Decision.WILL,
    answer="We will put a card on the wall that says what happens next and about how long it takes.",
    reason="Not knowing makes a hard day harder. A card costs little and everyone can read it.",
    progress="The card is written. Four people who have been through it helped with the words.",
    done="The card is on the wall by every door.",
    confirmed=Answer.YES,
)

WILLOWFORD = (
    Story(
        said="Nobody told me how long I would wait. I sat there for hours and did not know what came next.",
        public="People were not told how long they would wait or what would happen next.",
        quote="I sat there for hours and did not know what came next.",
        theme="waiting_and_information", by="jo", how_many=14, method=Method.WORKSHOP, days_ago=120, site=0, reply=CARD,
    ),
    Story(
        said="The forms are too hard. I said yes because I was ashamed to say I could not read it.",
        public="The forms are hard to read, and it is hard to say so.",
        theme="waiting_and_information", group="learning", by="ash", how_many=6, days_ago=90,
        reply=Reply(
            decision=Decision.DOING,
            answer="We are making an Easy Read form with one idea on each line and a picture beside it.",
            reason="A form that people cannot read asks nothing.",
            progress="The first page has been tried with six people.",
            done="The Easy Read form is used at every site.",
            confirmed=Answer.PARTLY,
        ),
    ),
    Story(
        said="I wanted to talk to a woman and there was none on that night.",
        public="Some women want to speak to a woman, at night too.",
        theme="staff_and_respect", group="women", how_many=8, method=Method.WORKSHOP, days_ago=80, site=0,
        reply=Reply(
            decision=Decision.CANNOT,
            answer="We cannot promise that a woman is on duty every night.",
            reason="There are five of us for all nights. We now ask at the start, and offer a call the next morning.",
        ),
    ),
    Story(
        said="Could the worker ring me the week after? It all went quiet and I thought I was forgotten.",
        public="People would like a call in the week after.",
        theme="waiting_and_information", by="sam", days_ago=45, how_many=1,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will ring everyone who agrees to it within seven days.",
            reason="A short call keeps people from falling through.",
            progress="Two workers have begun with it on Mondays.",
        ),
    ),
    Story(
        said="A room with a window would help. The little room makes me panic.",
        public="The small room with no window makes some people panic.",
        theme="something_else", how_many=12, method=Method.EXIT_QUESTIONNAIRE, days_ago=60, site=0,
        reply=Reply(
            decision=Decision.NOT_NOW,
            answer="We will look at it again when the building is changed.",
            reason="The building is not ours, and its owner plans work for next year.",
            due_in=150,
        ),
    ),
    Story(
        said="My tablets were in my bag and nobody would get them until the next day.",
        public="People do not get their own medicine in time.", quote="My tablets were in my bag",
        theme="health_and_medication", by="lou", how_many=3, days_ago=100, site=0,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will ask about medicine in the first ten minutes.",
            reason="Missing a dose can be dangerous.",
            done="Asking about medicine is now the second question.",
            confirmed=Answer.NO,
        ),
    ),
    Story(
        said="Please say sorry when you are late. It is only manners.",
        theme="staff_and_respect", by="jo", days_ago=6, how_many=1,
    ),
    Story(said="The letter came to my mum’s house and she opened it.", theme="rights", days_ago=2, seen=False),
    Story(
        said="Could there be something to read while waiting, with pictures?", theme="something_else",
        by="ash", days_ago=1, seen=False, how_many=1,
    ),
)  # fmt: skip

# What came in the last weeks, so that a month of the board has something to say.
LATELY = (
    Story(
        said="The leaflet is out of date. The number on it does not work.",
        public="The number on the leaflet does not work.",
        theme="waiting_and_information", group="older", how_many=11, method=Method.WORKSHOP, days_ago=55,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will print a new leaflet, and try each number before we do.",
            reason="A wrong number can be the last straw.",
            due_in=25,
            done="The new leaflet is at every site.",
            confirmed=Answer.YES,
        ),
    ),
    Story(
        said="The meetings are always in the morning when I have to bring the kids to school.",
        public="Meetings in the morning shut out people who bring children to school.",
        theme="family_and_children", group="women", how_many=9, method=Method.WORKSHOP, days_ago=52, site=1,
        reply=Reply(
            decision=Decision.DOING,
            answer="Every second meeting is at one o’clock now.",
            reason="It costs us nothing.",
            due_in=40,
        ),
    ),
    Story(
        said="Can you pay the bus fare? I walked an hour.",
        public="People walk a long way because the bus fare is not paid.",
        theme="money_and_housing", how_many=13, method=Method.EXIT_QUESTIONNAIRE, days_ago=47,
        reply=Reply(
            decision=Decision.CANNOT,
            answer="We cannot pay fares to a first talk.",
            reason="Our money may not be spent on travel before somebody is with us. We have asked for that to change.",
        ),
    ),
    Story(
        said="Nobody asked what I want to be called.",
        public="Staff should ask people what they want to be called.",
        theme="staff_and_respect", how_many=4, days_ago=43,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will ask it first, and write it at the top of the page.",
            reason="It is the least that respect asks for.",
            due_in=15,
        ),
    ),
    Story(
        said="I wanted somebody who speaks my language and not my cousin.",
        public="People want an interpreter, and not somebody of their family.",
        theme="culture_and_identity", group="ethnic_minority", how_many=6, method=Method.CONVERSATION, days_ago=41,
        reply=Reply(
            decision=Decision.NOT_NOW,
            answer="Not now for every language. For three we have somebody on the telephone.",
            reason="The contract for interpreters ends in spring, and we will ask for more then.",
            due_in=120,
        ),
    ),
    Story(said="Why does nobody explain what happens after court?", theme="rights", how_many=2, days_ago=38),
    Story(
        said="The chairs are so low that I could not get up.", theme="something_else", group="older",
        how_many=1, days_ago=34, seen=False,
    ),
    Story(
        said="They talked about my health in front of everybody.",
        public="Health should not be talked about where others hear it.",
        theme="rights", how_many=10, method=Method.WORKSHOP, days_ago=24,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will talk about health only in a closed room.",
            reason="It is nobody else’s business.",
            after=8,
            due_in=30,
        ),
    ),
    Story(said="A worker I trusted left and nobody told me.", theme="staff_and_respect", days_ago=16, how_many=1),
)  # fmt: skip

FENMARSH = (
    Story(
        said="I did not know I could say no to seeing you. I thought it was part of it all.",
        public="It was not clear that seeing us is a choice.",
        theme="rights",
        how_many=11,
        method=Method.WORKSHOP,
        days_ago=70,
        site=0,
        reply=Reply(
            decision=Decision.DOING,
            answer="We now say it first: you can say no, and nothing bad follows.",
            reason="It is your choice, and it was not clear enough.",
            done="It is the first sentence we say, and it is on the leaflet.",
        ),
    ),
    Story(said="The bus to the place you sent me takes two hours.", theme="money_and_housing", days_ago=12),
    Story(said="Thank you for the call. It came when I needed it.", theme="staff_and_respect", days_ago=3, seen=False),
)

SALTERSBY = (
    Story(
        said="On the island there is nobody. It is always the mainland.",
        public="People on the islands have to come to the mainland for everything.",
        theme="something_else", how_many=16, method=Method.REFERENCE_GROUP, days_ago=50, site=1,
        reply=Reply(
            decision=Decision.WILL,
            answer="We will be at the Old Chandlery every second Thursday.",
            reason="The crossing is dear, and people gave up.",
            progress="The first two Thursdays were full.",
        ),
    ),
    Story(said="I could not hear the person on the screen.", theme="waiting_and_information", days_ago=30),
)  # fmt: skip

OAKENHYTHE = (
    Story(said="They were kind, but they spoke to my carer and not to me.", theme="staff_and_respect", days_ago=4),
)

STORIES = {
    "willowford": (*WILLOWFORD, *LATELY), "fenmarsh": FENMARSH, "saltersby-sands": SALTERSBY, "oakenhythe": OAKENHYTHE,
}  # fmt: skip

# How one scheme answered the case study: by finding, in the source's own words. The answers are invented.
CASE_STUDY_NOTE = "Invented answer"
