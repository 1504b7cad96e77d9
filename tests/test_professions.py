"""
The profiles that come with the library: each plans an hour, in the words of its profession and in nobody else's.
"""

from __future__ import annotations

import datetime
import functools
import re
from pathlib import Path

import attrs
import pytest

import reflect
from reflect.errors import Refused
from reflect.pages.catalogues import our_catalogue
from reflect.planning import profiles
from reflect.planning.agenda import arrange
from reflect.planning.occasions import occasion, occasion_names, settings_for
from reflect.planning.participating import NamedParticipant
from reflect.planning.plan import Plan
from reflect.planning.profiles import Profile, profile
from reflect.planning.session_file import Promise, SessionFile, Wish
from reflect.questions.wordings import Wording, wording, wording_names
from reflect.rendering import session_papers
from reflect.sessions.series import varies

D = datetime.date
DAY = D(2026, 3, 4)
NAMES = profiles.profile_names()
FOLDER = Path(profiles.__file__).parents[1] / "profiles"
#: Those that plan an hour by its occasion.
NEW = [name for name in NAMES if not profile(name).items and name != "general"]
#: Words that any profession may say: each has colleagues, and students to teach.
PLAIN = {"person", "people", "worker", "workers", "family", "case", "colleague", "colleagues", "student", "students"}
#: Who is meant by name: the words of a wording for people, without their articles.
WHO = ("person", "people", "worker", "workers")


def people_in(words: Wording) -> set[str]:
    """
    What a profession calls the people it works with and those who do the work.
    """
    return {dict(words.words)[name].removeprefix("the ") for name in WHO} - PLAIN


def foreign_to(settings: Profile) -> re.Pattern[str]:
    """
    The words of other professions, which a profession does not say.
    """
    own = people_in(wording(settings.wording))
    others = {each for name in wording_names() for each in people_in(wording(name))} - own
    # A social worker with children and adults says both, and whoever says "young people" says people.
    if wording(settings.wording).key in ("social-work", "social-work-placement"):
        others -= {"child", "children", "adult", "adults", "social worker", "social workers"}
    if wording(settings.wording).key == "youth-work":
        others -= {"child", "children"}
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(others, key=len, reverse=True)))})\b", re.IGNORECASE)


@functools.cache
def planned(name: str, seed: int = 0, nation: str = "") -> Plan:
    return arrange(file_of(seed, nation), profile(name))


def file_of(seed: int = 0, nation: str = "") -> SessionFile:
    return SessionFile(
        date=DAY,
        start="10:00",
        seed=seed,
        nation=nation,
        supervisee="AM",
        supervisor="BK",
        supervisee_items=(Wish(what="what to say on Monday"), Wish(what="the rota in April", purpose="decide")),
        supervisor_items=(Wish(what="the new form", purpose="tell", minutes=5),),
        previous_actions=(Promise(what="ask for a date", who="supervisor", due=D(2026, 2, 20)),),
    )


@pytest.mark.parametrize("name", NEW)
def test_each_says_where_its_figures_come_from_and_brings_no_items(name: str) -> None:
    """
    A profession's hour is that of its occasion; what its file claims of a rule, it claims with an address.
    """
    text = (FOLDER / f"{name}.yaml").read_text()
    found = profile(name)

    assert found.items == ()
    assert text.startswith("# ")
    for figure in ("every", "limit", "sessions", "touch", "depth"):
        if re.search(rf"^{figure}:", text, re.MULTILINE):
            assert re.search(r"[a-z]\.(uk|org|com)/", text), figure
    assert all(key in our_catalogue() for key in found.not_offered)
    assert all(paper in session_papers.MORE for paper in found.papers)


@pytest.mark.parametrize("name", NEW)
def test_each_plans_its_hour(name: str) -> None:
    """
    Every minute has its place, at most one heading for each ten of them, and a talk with a model that is offered there.
    """
    settings, plan = profile(name), planned(name)
    session = plan.session

    assert session.minutes == settings.length
    assert sum(item.minutes for item in session.items) + session.spare == settings.length
    talks = [line for line in plan.lines if line.kind in ("talk", "depth")]
    assert talks
    assert all(line.minutes >= 15 for line in talks)
    for seed in range(12):
        used = {line.use for line in planned(name, seed).lines}
        assert not used & set(settings.not_offered)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_that_is_offered_speaks_of_another_profession(name: str) -> None:
    """
    Of every page that may be chosen: each question as it is printed there, and its title.
    """
    settings = profile(name)
    words, foreign = wording(settings.wording), foreign_to(settings)
    if name in ("general", "first-session"):
        return  # any profession: what is said there is nobody's own
    found = []
    for head in our_catalogue().heads():
        if not varies(head) or head.key in settings.not_offered or (head.suits and settings.setting not in head.suits):
            continue
        for question in reflect.load(head.key).asks:
            staged = words.stage(question)
            said = " ".join(words.fill(text) for text in (head.title, staged.text, staged.plain))
            found += [(question.key, match[0]) for match in foreign.finditer(said)]

    assert found == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("general", "first-session")])
def test_its_papers_have_its_words_and_nobody_elses(name: str) -> None:
    """
    Agenda, record and what stands beside them, as they are printed.
    """
    settings = profile(name)
    words, foreign = wording(settings.wording), foreign_to(settings)
    for seed in range(2):
        made = list(
            session_papers.papers(
                planned(name, seed), file_of(seed), settings, more=("preparation", "pair-notes"), to="txt"
            )
        )
        texts = {f"{paper.folder}/{paper.name}": paper.data.decode() for paper in made if paper.name.endswith(".txt")}
        assert [(where, match[0]) for where, text in texts.items() for match in foreign.finditer(text)] == []
        if settings.setting != "group":
            record = next(text for where, text in texts.items() if "/record" in where)
            assert words.word("session").casefold() in record.casefold()


def test_nobody_on_a_ward_reads_of_a_child() -> None:
    """
    The example that everybody knows, so that the test above cannot pass for want of words.
    """
    foreign = foreign_to(profile("restorative-nursing-group"))

    assert foreign.findall("The child, the resident and a young person; patient and nurse.") == [
        "child", "resident", "young person",
    ]  # fmt: skip
    assert foreign_to(profile("childrens-social-work")).findall("the child and the patient") == ["patient"]


@pytest.mark.parametrize(
    ("name", "nation", "day", "who"),
    [
        ("adults-social-work", "", D(2019, 12, 1), "HCPC"),
        ("adults-social-work", "", D(2019, 12, 2), "Social Work England"),
        ("adults-social-work", "Wales", DAY, "Social Care Wales"),
        ("asye-first-year", "", DAY, "Social Work England"),
        ("agency-worker", "Northern Ireland", DAY, "Northern Ireland Social Care Council"),
        ("care-home", "England", DAY, ""),
        ("care-home", "", DAY, ""),
        ("care-home", "Wales", D(2022, 9, 30), ""),
        ("care-home", "Wales", D(2022, 10, 1), "Social Care Wales"),
        ("care-home", "Scotland", D(2015, 9, 29), ""),
        ("care-home", "Scotland", D(2015, 9, 30), "Scottish Social Services Council"),
        ("care-home", "Northern Ireland", D(2014, 1, 1), "Northern Ireland Social Care Council"),
        ("housing", "Scotland", D(2020, 9, 30), "Scottish Social Services Council"),
        ("housing", "England", DAY, ""),
        ("practice-educator", "", DAY, ""),
        ("coaching", "England", DAY, ""),
        ("peer-pair", "England", DAY, ""),
        ("restorative-nursing-group", "Scotland", DAY, "Nursing and Midwifery Council"),
    ],
)
def test_who_regulates_is_that_of_the_profession_the_nation_and_the_day(
    name: str, nation: str, day: D, who: str
) -> None:
    assert profile(name).regulated_by(day, nation) == who


def test_a_pair_of_peers_has_no_supervisor() -> None:
    """
    Neither reads more than the other, both bring something, and no paper of theirs says "supervisor".
    """
    settings, plan = profile("peer-pair"), planned("peer-pair")
    made = {
        (paper.folder, paper.name): paper.data
        for paper in session_papers.papers(plan, file_of(), settings, more=("pair-notes", "preparation"), to="txt")
    }
    names = {name for _, name in made if name.endswith(".txt") and not name.startswith("preparation")}

    assert all(made["supervisee", name] == made["supervisor", name] for name in names)
    assert [name for (_, name), data in made.items() if name.endswith(".txt") and b"upervisor" in data] == []


@pytest.mark.parametrize(("own", "theirs"), [(1, 1), (3, 1), (1, 3), (2, 2)])
def test_each_of_two_peers_has_a_talk(own: int, theirs: int) -> None:
    """
    However much the first of them brings, the second talk is the other's; with a supervisor, it is the supervisee's.
    """
    file = SessionFile(
        date=DAY,
        supervisee_items=tuple(Wish(what=f"own {n}") for n in range(own)),
        supervisor_items=tuple(Wish(what=f"theirs {n}") for n in range(theirs)),
    )

    def talks(settings: Profile) -> list[str]:
        return [line.title for line in arrange(file, settings).lines if line.kind == "talk"]

    assert talks(profile("peer-pair")) == ["own 0", "theirs 0"]
    assert "theirs 0" not in talks(attrs.evolve(profile("peer-pair"), peers=False))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("interpreted", [False, True])
def test_every_occasion_can_be_planned_in_every_profile(name: str, interpreted: bool) -> None:
    """
    Each adds up, and with an interpreter none is shorter than half as long again.
    """
    people = (NamedParticipant(role="interpreter"),) if interpreted else ()
    file = attrs.evolve(file_of(), participants=people)
    of_two = profile(name).setting != "group"
    for known in map(occasion, occasion_names()):
        if of_two and known.name == "group":
            with pytest.raises(Refused, match=r"is for a group.*for_group\(\)"):
                arrange(attrs.evolve(file, occasion=known.name), profile(name))
        settings = settings_for(profile(name), known)
        session = arrange(file, settings, occasion=known).session
        assert sum(item.minutes for item in session.items) + session.spare == session.minutes
        usual = known.length or profile(name).length
        assert session.minutes >= usual * (1.5 if interpreted else 1)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_remarked_can_be_typed(name: str) -> None:
    """
    An occasion or a paper that a remark names is there.
    """
    said = " ".join(profile(name).remarks)

    assert set(re.findall(r"--occasion ([a-z-]+)", said)) <= set(occasion_names())
    assert set(re.findall(r"reflect make ([a-z-]+)", said)) <= set(reflect.Templates().names())


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_sent_to_the_occasion_that_it_is(name: str) -> None:
    """
    A remark that names an occasion is made on every other one, and not on that.
    """
    known = profile(name)
    named = [each for remark in known.remarks for each in re.findall(r"--occasion ([a-z-]+)", remark)]
    for name_of_it in named:
        for said, told in ((name_of_it, False), ("ordinary", True)):
            remarks = arrange(SessionFile(date=DAY), known, occasion=said).remarks
            assert any(f"--occasion {name_of_it}" in each for each in remarks) is told


def test_an_agency_worker_can_go_tonight() -> None:
    """
    A record for each piece of work comes without being asked for; their company's paper has dates and nothing else.
    """
    file = file_of()
    case = Wish(what="QZwords", under="")
    settings = profile("agency-worker")
    plan = arrange(SessionFile(date=DAY, supervisee_items=(case,), previous_actions=file.previous_actions), settings)
    made = {paper.asked for paper in session_papers.papers(plan, file, settings, to="txt")}

    assert "action-log" in made
    assert settings.papers == ("case-record", "action-log")
    assert any("supervision-log" in remark for remark in plan.remarks)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_remarked_is_on_no_paper(name: str) -> None:
    """
    Whoever plans is told; the papers do not have it.
    """
    settings = profile(name)
    plan = planned(name)
    texts = [
        paper.data.decode("utf-8", "replace") for paper in session_papers.papers(plan, file_of(), settings, to="txt")
    ]

    for remark in settings.remarks:
        assert remark in plan.remarks
        assert all(remark not in text for text in texts)
