"""
Three years: a worker of children's social work and two managers, a counsellor and her supervisor, a group of nurses.
"""

from __future__ import annotations

from tests.year.story import SUPERVISOR, Deed, Sitting, Subject, Year

BOTH = {"supervisee": "agreed", "supervisor": "agreed"}

#: A loss in May, a broken-off session in June, a joint one in July, ten weeks without any, a new manager in autumn.
CHILDREN = Year(
    name="children",
    series="k7m2",
    profile="childrens-social-work",
    people={"supervisee": "AM", "supervisor": "JT", "second": "NK", "other": "BK"},
    subjects={
        "school": Subject(words="what to say to the school", purpose="decide"),
        "door": Subject(words="the morning at the door", purpose="think"),
        "form": Subject(words="the new form", who=SUPERVISOR, purpose="tell", ring="personal"),
        "rota": Subject(words="the rota in April", purpose="decide"),
        "doubts": Subject(words="whether I am still right for this work"),
        "course": Subject(words="a course in the autumn", purpose="decide", ring="personal"),
        "meeting": Subject(words="the meeting on Thursday", purpose="decide"),
        "cover": Subject(words="who goes for me this week", purpose="decide"),
        "writing": Subject(words="writing at night", purpose="think"),
        "files": Subject(words="what is not yet on the files", who=SUPERVISOR, purpose="decide", ring="personal"),
        "sisters": Subject(words="the two sisters in one plan", purpose="think", ring="personal"),
        "alone": Subject(words="what I decided alone in August", purpose="think"),
        "nights": Subject(words="nights since August"),
        "hello": Subject(words="how we want to work", purpose="think"),
        "visits": Subject(words="visits in the dark", purpose="decide"),
        "panel": Subject(words="the panel in December", purpose="think"),
    },
    deeds={
        "ring": Deed(what="ring the school", by="21 January 2026"),
        "dates": Deed(what="ask for the court dates", who="supervisor", by="30 January 2026"),
        "visit": Deed(what="go there with a second worker", by="20 March 2026", ring="case"),
        "swap": Deed(what="swap the April week", by="1 April 2026"),
        "relief": Deed(what="take two visits off the list", who="supervisor", by="15 May 2026"),
        "letter": Deed(what="write to the panel", by="30 June 2026"),
        "letters": Deed(what="write to the panel and to the school", by="10 July 2026"),
        "notes": Deed(what="write up the four visits", by="24 July 2026"),
        "rooms": Deed(what="ask for the two rooms", by="30 July 2026"),
        "phone": Deed(what="a second telephone for the car", who="supervisor", by="31 October 2026"),
        "lights": Deed(what="ask who else visits after four", by="20 November 2026"),
    },
    sittings=(
        Sitting(
            day="2026-01-14",
            brings=("school", "door", "form"),
            became={"school": "decided", "door": "talked about", "form": "talked about"},
            said={
                "school": "We say what we saw, and no more",
                "door": "Slowly, and not alone",
                "differently": "the order",
            },
            agreed=("ring", "dates"),
            private="I did not sleep before it",
            copy="Next time I ask for the order first",
            signs=BOTH,
        ),
        Sitting(
            day="2026-02-11",
            brings=("rota", "doubts"),
            became={"rota": "put off", "doubts": "talked about"},
            until={"rota": "next time"},
            before={"ring": "done", "dates": "not yet"},
            said={
                "doubts": "Two good days and one bad",
                "before.seen": "The child in the blue house",
                "not-safely": "The car park is dark",
                "taken-off": "By the duty team",
                "support": "A second visitor",
                "doubts.also": "It could be the winter",
            },
            signs={"supervisee": "agreed with comments: I said three good days", "supervisor": "agreed"},
        ),
        Sitting(
            day="2026-03-11",
            brings=("course",),
            became={"rota": "put off", "course": "put off"},
            until={"rota": "18 March, by telephone"},
            before={"dates": "not yet", "2026-02-11-before.seen": "done"},
            case={"decision": "a visit by two, this week", "why": "the door was not opened twice"},
            agreed=("visit",),
            hand="tracked",
            signs=BOTH,
        ),
        Sitting(day="2026-04-08", cancelled=("supervisor", "2026-04-15")),
        Sitting(
            day="2026-04-15",
            brings=("meeting",),
            became={"rota": "decided", "meeting": "decided"},
            before={"dates": "not yet"},
            gone=("course",),
            said={"rota": "The second week is mine", "meeting": "Both of us go"},
            agreed=("swap",),
            signs=BOTH,
        ),
        Sitting(
            day="2026-05-06",
            settings={"after-shock": True},
            brings=("cover",),
            became={"cover": "decided"},
            before={"dates": "done"},  # nobody asks after the swap today
            said={"cover": "The duty team goes"},
            agreed=("relief",),
            private="It was the one I had carried up the stairs",
        ),
        Sitting(
            day="2026-06-10",
            brings=("writing", "files"),
            became={"writing": "talked about"},
            before={"swap": "dropped", "relief": "done"},
            said={"writing": "Twenty minutes in the car"},
            signs=BOTH,
        ),
        Sitting(
            day="2026-06-11",
            became={"files": "decided"},
            said={"files": "Two of four, by Friday"},
            agreed=("letter", "notes"),
            hand="beside",
            signs=BOTH,
        ),
        Sitting(
            day="2026-07-15",
            joint=True,
            brings=("sisters",),
            became={"sisters": "talked about"},
            agreed=("rooms",),
            said={"sisters": "One plan, two rooms"},
            signs=BOTH,
        ),
        Sitting(
            day="2026-09-30",
            brings=("alone", "nights"),
            became={"alone": "decided", "nights": "put off"},
            before={"letter": "changed", "notes": "done", "rooms": "not yet"},
            agreed=("letters",),
            said={"alone": "It was right, and it was late"},
            signs={"supervisee": "agreed", "supervisor": "not agreed: It was not decided on that day"},
        ),
        Sitting(
            day="2026-10-28",
            changed=True,
            brings=("hello", "visits"),
            became={"hello": "talked about", "visits": "decided"},
            before={"letters": "done", "rooms": "dropped"},
            said={"hello": "You ring first", "visits": "Two of us after four"},
            agreed=("phone", "lights"),
            signs=BOTH,
        ),
        Sitting(
            day="2026-11-25",
            brings=("panel",),
            became={"panel": "talked about"},
            before={"phone": "not yet"},
            said={"panel": "Begin with the child"},
            signs={"supervisee": "agreed"},
        ),
    ),
)

#: Her supervisor never ticks what became of anything; a topic is dropped, an action is changed, and one paper is not
#: agreed. Every other paper comes back from Google Docs.
COUNSELLING = Year(
    name="counselling",
    series="p3x9",
    profile="counselling",
    people={"supervisee": "LB", "supervisor": "RO"},
    subjects={
        "silence": Subject(words="the silence in the second half", purpose="think"),
        "fee": Subject(words="the fee that was not paid", purpose="decide"),
        "ending": Subject(words="how an ending begins", purpose="think"),
        "dream": Subject(words="that I dream of the room"),
        "notes": Subject(words="how long notes are kept", who=SUPERVISOR, purpose="tell", ring="personal"),
        "letter": Subject(words="a letter from a solicitor", purpose="decide"),
        "holiday": Subject(words="three weeks in August", purpose="decide"),
        "liking": Subject(words="somebody I do not like", purpose="think"),
        "group": Subject(words="a place in the reading group", purpose="tell"),
        "return": Subject(words="the one who came back", purpose="think"),
        "hours": Subject(words="too many evenings", purpose="decide", ring="personal"),
        "room": Subject(words="the other room", who=SUPERVISOR, purpose="tell", ring="personal"),
        "winter": Subject(words="what helps in winter", purpose="think"),
    },
    deeds={
        "write": Deed(what="write the reminder", by="13 February 2026"),
        "insurer": Deed(what="ring the insurer", by="20 March 2026"),
        "read": Deed(what="read the chapter", by="next time"),
        "reread": Deed(what="read the two chapters", by="next time"),
        "answer": Deed(what="answer the solicitor", who="supervisee and supervisor", by="8 May 2026"),
        "list": Deed(what="send the list of rooms", who="supervisor", by="30 October 2026"),
    },
    sittings=(
        Sitting(
            day="2026-01-22",
            brings=("silence", "fee"),
            became={"silence": "talked about", "fee": "decided"},
            said={"silence": "Count to ten, and then once more", "fee": "One letter, a kind one"},
            agreed=("write",),
            signs=BOTH,
        ),
        Sitting(day="2026-02-19", brings=("ending",), said={"ending": "It has begun"}, hand="google"),
        Sitting(
            day="2026-03-19", brings=("dream",), said={"dream": "The door is open in it"}, agreed=("insurer", "read")
        ),
        Sitting(
            day="2026-04-16",
            brings=("letter", "notes"),
            before={"write": "done", "read": "changed"},
            became={"letter": "decided"},
            said={"letter": "Nothing goes before the insurer has answered"},
            agreed=("answer", "reread"),
            hand="google",
            signs={"supervisee": "not agreed: It was I who said so", "supervisor": "agreed"},
        ),
        Sitting(day="2026-05-14", brings=("holiday",), before={"answer": "done"}, said={"holiday": "In April already"}),
        Sitting(day="2026-06-11", brings=("liking",), said={"support": "Nothing for now"}),
        Sitting(
            day="2026-07-09",
            brings=("group",),
            became={"liking": "put off", "group": "dropped"},
            before={"insurer": "not yet"},
            hand="beside",
        ),
        Sitting(day="2026-08-06", cancelled=("supervisee", "2026-09-03")),
        Sitting(
            day="2026-09-03",
            brings=("return",),
            became={"liking": "talked about", "return": "talked about"},
            before={"insurer": "not yet", "reread": "done"},
            said={"liking": "It is an uncle", "return": "With a cake"},
            private="I wished he had not",
            signs={"supervisee": "agreed with comments: an aunt, not an uncle", "supervisor": "agreed"},
        ),
        Sitting(day="2026-10-01", brings=("hours",), said={"hours": "Tuesday is free"}, hand="google"),
        Sitting(
            day="2026-10-29",
            brings=("room",),
            before={"insurer": "done"},
            became={"room": "talked about"},
            agreed=("list",),
            signs=BOTH,
        ),
        Sitting(day="2026-11-26", brings=("winter",), before={"list": "dropped"}, signs=BOTH),
    ),
)

#: Seven nurses, six weeks apart or less. Nobody signs; one thing leaves the room, word for word.
NURSES = Year(
    name="nurses",
    series="g4r8",
    profile="ward-group",
    subjects={
        key: Subject(words=words, ring="group")
        for key, words in {
            "calls": "the calls after five",
            "breaks": "breaks that are none",
            "thanks": "a letter of thanks",
            "new": "the new ones",
            "beds": "beds in the corridor",
            "night": "the night of the fourth",
            "words": "words for the family",
            "summer": "the summer list",
            "anger": "anger at the desk",
            "students": "students who watch",
            "doors": "doors that slam",
            "year": "what the year was",
        }.items()
    },
    deeds={
        "kettle": Deed(what="a kettle for the small room", who="the facilitator", by="next time", ring="group"),
        "sign": Deed(what="a sign for the corridor", who="two of us", by="1 May 2026", ring="group"),
        "signs": Deed(what="two signs for the corridor", who="two of us", by="1 June 2026", ring="group"),
        "ask": Deed(what="ask about the summer list", who="the facilitator", by="1 July 2026", ring="group"),
    },
    sittings=tuple(
        Sitting(day=day, brings=(brought,), said={brought: f"What we thought of it, {brought}"}, **more)  # type: ignore[arg-type]
        for day, brought, more in (
            ("2026-01-13", "calls", {"became": {"calls": "talked about"}, "agreed": ("kettle",)}),
            ("2026-02-10", "breaks", {"became": {"breaks": "talked about"}, "before": {"kettle": "not yet"}}),
            ("2026-03-10", "thanks", {"before": {"kettle": "not yet"}, "agreed": ("sign",), "hand": "google"}),
            ("2026-04-07", "new", {"became": {"new": "put off"}, "before": {"kettle": "not yet"}}),
            ("2026-05-05", "beds", {"became": {"new": "put off"}, "before": {"kettle": "done", "sign": "changed"}, "agreed": ("signs",), "slip": ("Beds stand in the corridor at night", "the matron")}),
            ("2026-06-02", "night", {"settings": {"after-shock": True}}),
            ("2026-06-30", "words", {"became": {"new": "talked about"}, "before": {"signs": "done"}, "agreed": ("ask",)}),
            ("2026-07-28", "summer", {"before": {"ask": "dropped"}, "hand": "beside"}),
            ("2026-09-01", "anger", {}),
            ("2026-09-29", "students", {"became": {"students": "talked about"}, "hand": "tracked"}),
            ("2026-11-03", "doors", {}),
            ("2026-12-01", "year", {"became": {"year": "talked about"}}),
        )
    ),
)  # fmt: skip

YEARS = (CHILDREN, COUNSELLING, NURSES)
