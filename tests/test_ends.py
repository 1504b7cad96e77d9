"""
Everything ends: what readers take, how their work grows, and what leaves a function that is given nonsense.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import inspect
import io
import itertools
import re
import sys
import tempfile
import types
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import reflect
import reflect.testing
from reflect.documents import costs
from reflect.documents.sandbox import Sandbox
from reflect.errors import GIVE_UP, MOST_FAULTS, Fault, FaultList, Faults, hint_at_nearest
from reflect.files import objects
from reflect.files.office import NotOpened
from reflect.formats.word.accessibility import barriers
from reflect.pages.limits import LONGEST_PAGE, MOST_BRACKETS, MOST_BRACKETS_OF_PAGE, MOST_SIGNS
from reflect.pages.reading import read_head
from reflect.papers import SupervisionLog
from reflect.planning import findings_of_series, profiles, read_journal, series, session_file
from reflect.planning.case_list import cases_of, identifying_cases
from reflect.planning.identifying import identifying_lines
from reflect.questions.wordings import read_wording
from reflect.reading_back import Filled, Reading, assurance_of, fields_of, write_table
from reflect.safekeeping.own_copies import prove
from reflect.sessions.journal import MOST_SESSIONS, Journal, JournalEntry, ModelUse
from reflect.word_files.word_reading import MOST_PARAS
from tests.documents import a_few

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "limits.md"
#: A row of the page: what, how much, and the constant.
ROW = re.compile(r"^\| .+ \| ([0-9,]+) \| `(reflect\.[a-z_.]+)\.([A-Z][A-Za-z_.]*)` \|$", re.MULTILINE)


def test_the_page_of_limits_says_what_the_code_does() -> None:
    """
    Each limit on the page is the constant beside it.
    """
    rows = ROW.findall(PAGE.read_text("utf-8"))

    assert len(rows) > 40
    for number, place, names in rows:
        value: Any = importlib.import_module(place)
        for name in names.split("."):
            value = getattr(value, name)
        assert value == int(number.replace(",", "")), f"{place}.{names}"


# --- growth

PROFILE = profiles.profile("general")


def word_file(body: str) -> bytes:
    """
    A blank record with something in front of all that is in it.
    """
    session = reflect.plan("arrive@3 + close@7", minutes=10)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reflect.render(session, "record"))) as blank, zipfile.ZipFile(out, "w") as file:
        for name in blank.namelist():
            data = blank.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            file.writestr(name, data)
    return out.getvalue()


def record_json(length: int) -> str:
    answers = [f'{{"key": "a{n}", "ring": "own", "lines": []}}' for n in range(length)]
    return f'{{"format": "reflect-record", "version": 1, "minutes": 5, "items": [], "answers": [{", ".join(answers)}]}}'


PARA = "<w:p><w:r><w:t>What went well, and what did not?</w:t></w:r></w:p>"
#: Readers, each with what makes it work: a text of so many things, and the reader itself.
READERS: dict[str, tuple[Callable[[int], Any], Callable[[Any], object]]] = {
    "a page": (lambda n: "# T\n\n" + "- What of it?\n\n" * n, reflect.read_page),
    "a page of parts": (
        lambda n: "# T\n" + "".join(f"\n## Part {i}\n\n- What?\n" for i in range(n)),
        reflect.read_page,
    ),
    "a page of mistakes": (lambda n: "# T\n\n" + "- {#a} What?\n\n" * n, reflect.read_page),
    "the head of a page": (lambda n: "---\ntitle: T\n---\n" + "- What?\n" * n, read_head),
    "a session file": (lambda n: "date: 2026-05-15\nsupervisee-items:\n" + "- the rota\n" * n, session_file.parse),
    "cases in a session file": (
        lambda n: "date: 2026-05-15\ncases:\n" + "".join(f"- ref: R{i}\n" for i in range(n)),
        session_file.parse,
    ),
    "names that are not known": (lambda n: "".join(f"minute{i}: x\n" for i in range(n)), session_file.parse),
    "items under what is not there": (
        lambda n: (
            "date: 2026-05-15\nsupervisee-items:\n"
            + "".join(f"- what: a\n  under: q{i}\n" for i in range(n))
            + "cases:\n- ref: a\n"
        ),
        session_file.parse,
    ),
    "a profile": (
        lambda n: "title: T\nitems:\n" + "- kind: cases\n" * n,
        lambda text: objects.read(text, profiles.Profile, "p.yaml"),
    ),
    "a wording": (
        lambda n: "title: T\nwords:\n" + "".join(f"  w{i}: word\n" for i in range(n)),
        lambda text: read_wording("w", text),
    ),
    "names used twice": (lambda n: "words:\n" + "  a: b\n" * n, lambda text: read_wording("w", text)),
    "a journal": (
        lambda n: "date: 2026-05-15\nused:\n" + "- kolb-cycle\n" * n,
        lambda text: objects.read(text, JournalEntry, "j.yaml"),
    ),
    "a list of cases": (
        lambda n: "ref,family,touched\n" + "".join(f"R{i},F{i},2026-01-{i % 28 + 1:02}\n" for i in range(n)),
        lambda text: cases_of(text, PROFILE),
    ),
    "names in a list of cases": (
        lambda n: "ref,note\n" + "".join(f"R{i},Jane Smith {i}\n" for i in range(n)),
        lambda text: list(identifying_cases(text, PROFILE, "c.csv")),
    ),
    "a record's JSON": (record_json, reflect.from_json),
    "JSON with mistakes": (lambda n: record_json(n).replace('"own"', "1"), reflect.from_json),
    "an outline": (lambda n: "arrive@3" + " + close@7" * n, reflect.outline),
    "an outline in brackets": (lambda n: "(arrive)@3" + " + (close | arrive)@7" * n, reflect.outline),
    "paragraphs of a record": (lambda n: word_file(PARA * n), reflect.read),
    "runs of a record": (lambda n: word_file(f"<w:p>{'<w:r><w:t>a </w:t></w:r>' * n}</w:p>"), reflect.read),
    "line ends of a record": (lambda n: word_file(f"<w:p><w:r>{'<w:t>a</w:t><w:br/>' * n}</w:r></w:p>"), reflect.read),
    "rows of a record": (
        lambda n: word_file(f"<w:tbl>{f'<w:tr><w:tc>{PARA}</w:tc></w:tr>' * n}</w:tbl>"),
        reflect.read,
    ),
    "controls of a record": (
        lambda n: word_file(
            f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{PARA}</w:sdtContent></w:sdt>' * n
        ),
        reflect.read,
    ),
    "a Word file that is checked": (lambda n: word_file(PARA * n), barriers),
    "runs that are checked": (lambda n: word_file(f"<w:p>{'<w:r><w:t>a </w:t></w:r>' * n}</w:p>"), barriers),
    "a brand": (lambda n: word_file(PARA * n), reflect.brand),
    "a template": (
        lambda n: "{% for i in range(" + str(n) + ") %}{{ i }} {% endfor %}",
        lambda text: Sandbox(lambda name: text).run("paper", {}),
    ),
}


def calls_of(read: Callable[[Any], object], what: Any) -> int:
    """
    How many functions are called while something is read; a fault is as good as a value.
    """
    count = 0

    def note(frame: types.FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read(what)
    except reflect.ReflectError:
        pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", READERS)
def test_the_work_of_a_reader_grows_with_what_it_reads(name: str) -> None:
    """
    Twice as much takes about twice as many calls, and four times as much four times as many.
    """
    make, read = READERS[name]
    calls_of(read, make(2))  # what is loaded and remembered once
    once, twice, four = (calls_of(read, make(length)) for length in (40, 80, 160))

    assert twice - once < four - twice + 50
    assert four - twice < 2.4 * (twice - once) + 200
    assert four > once


def a_record(length: int) -> reflect.Record:
    lines = ", ".join('{"runs": [{"text": "I told Jane and Tom"}]}' for _ in range(length))
    said = f'{{"key": "talk.a", "ring": "personal", "lines": [{lines}]}}'
    return reflect.from_json(record_json(0).replace('"answers": []', f'"answers": [{said}]'))


def a_journal(length: int) -> Journal:
    day = datetime.date(2020, 1, 1)
    uses = (ModelUse(model="kolb-cycle"), ModelUse(model="kolb"))
    return Journal(
        JournalEntry(date=day + datetime.timedelta(n), used=(*uses, ModelUse(model=f"kolb-{n}"))) for n in range(length)
    )


def a_folder(length: int) -> Path:
    folder = Path(tempfile.mkdtemp(dir="."))
    for entry in a_journal(length).entries:
        (folder / f"{entry.date}.yaml").write_text(f"date: {entry.date}\nused:\n- kolb-cycle\n", encoding="utf-8")
    return folder


def a_page(length: int) -> bytes:
    """
    A page that was filled in and saved: JSON with so many answers.
    """
    answers = {f"a{n}": "What of it?\n" * 3 for n in range(length)}
    made = reflect.to_json(Filled(document="record", answers=tuple(answers.items())))
    return made.encode()


def own_copy_and_comparison(record: reflect.Record) -> object:
    copy = reflect.own_copy(record, {"Jane": "aunt", "Tom": "uncle"})
    return reflect.compare(record, copy), prove(copy, record)


ONE_SESSION = reflect.plan("arrive@3 + close@7", minutes=10)
#: What else takes things by the hundred.
WORKERS: dict[str, tuple[Callable[[int], Any], Callable[[Any], object]]] = {
    "an own copy, proved and compared": (a_record, own_copy_and_comparison),
    "comparing records": (lambda n: (a_record(n), a_record(n + 1)), lambda two: reflect.compare(*two)),
    "a fingerprint": (a_record, reflect.fingerprint),
    "text to be pasted": (a_record, lambda record: fields_of(record, "supervisee", 100)),
    "a table of what was held": (
        lambda n: [("a", assurance_of(a_record(1)))] * n,
        write_table,
    ),
    "a saved page": (a_page, reflect.read),
    "a journal folder": (a_folder, read_journal),
    "what a journal covers": (a_journal, series),
    "findings of a journal": (a_journal, lambda journal: list(findings_of_series(journal))),
    "a standing paper": (
        lambda n: "every: 28\nsessions:\n" + "- date: 2026-05-15\n" * n,
        lambda text: objects.read(text, SupervisionLog, "log.yaml"),
    ),
    "rows of a mail merge": (
        lambda n: [{"supervisee": f"S{i}"} for i in range(n)],
        lambda rows: list(reflect.copies(ONE_SESSION, "agenda", rows, to="txt", reader="supervisee")),
    ),
}
#: Those that take so long for each that fewer have to do.
FEW = ("rows of a mail merge",)


@pytest.mark.parametrize("name", WORKERS)
def test_the_work_of_what_is_done_with_it_grows_no_faster(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What is compared, copied, pasted, saved and kept grows as what is read does.
    """
    monkeypatch.chdir(tmp_path)
    make, work = WORKERS[name]
    calls_of(work, make(2))
    start = 4 if name in FEW else 20
    once, twice, four = (calls_of(work, make(length)) for length in (start, 2 * start, 4 * start))

    assert four - twice < 2.4 * (twice - once) + 400
    assert four > once


def test_a_journal_has_limits(tmp_path: Path) -> None:
    """
    A folder of more files than any pair has sessions is refused before any of them is opened.
    """
    for n in range(MOST_SESSIONS + 1):
        (tmp_path / f"{n}.yaml").touch()

    assert calls_of(read_journal, tmp_path) < 30 * MOST_SESSIONS
    with pytest.raises(Faults, match="more than 1,500 sessions"):
        read_journal(tmp_path)


COLUMNS = "ref,family,kind,touched,in-depth,since,event,risk,worker,supervisor,note\n"


@pytest.mark.parametrize(
    ("make", "read", "most"),
    [
        (
            lambda n: (
                COLUMNS
                + "".join(
                    f"R{i},F{i},K,2026-01-{i % 28 + 1:02},2026-02-01,,,yes,{i % 10},1,a visit\n" for i in range(n)
                )
            ),
            lambda text: cases_of(text, PROFILE),
            240,
        ),
        (lambda n: "- what the foster placement needs\n" * n, lambda text: list(identifying_lines(text, "x")), 20),
        (lambda n: "- Jane Smith called\n" * n * 20, lambda text: list(identifying_lines(text, "x")), 300),
        (a_journal, series, 100),
        (a_journal, lambda journal: list(findings_of_series(journal)), 100),
    ],
    ids=[
        "a row of a case list",
        "a line without capitals",
        "names, when there are a thousand already",
        "a session of a series",
        "a session that is looked at",
    ],
)
def test_what_is_read_by_the_thousand_costs_little(
    make: Callable[[int], Any], read: Callable[[Any], object], most: int
) -> None:
    """
    A row or line of what comes in thousands takes so few calls that all of them are read within a second.
    """
    calls_of(read, make(1))

    assert calls_of(read, make(100)) - calls_of(read, make(50)) < 50 * most


def test_no_page_costs_more_than_its_caps_allow() -> None:
    """
    The dearest paragraphs, as many as a page may have, take so many calls; what is over a cap is not looked at.
    """
    inside = "![[" * (MOST_BRACKETS // 2)
    each = calls_of(reflect.read_page, f"# T\n\n- {inside}\n")
    assert each * MOST_BRACKETS_OF_PAGE // MOST_BRACKETS < 2_500_000

    for over in ("- [a]\n\n" * (MOST_BRACKETS_OF_PAGE + 1), "*a" * (MOST_SIGNS + 1), "- x {a=b}\n" * 8_000):
        assert calls_of(reflect.read_page, f"# T\n\n{over}") < 500
    # One unknown name that is repeated is looked up once.
    once, often = (calls_of(reflect.read_page, "# T\n\n- What? {" + "a=b " * n + "}\n") for n in (1, 400))
    assert often < once + 10_000


def test_a_case_list_with_signs_that_end_lines_elsewhere_is_one_line() -> None:
    """
    Only what ends a line of CSV makes a row of it.
    """
    few, many = (calls_of(lambda text: cases_of(text, PROFILE), "ref\n" + "\u2028" * n + "R1\n") for n in (10, 10_000))
    assert many < few + 100


def test_styles_that_are_based_on_one_another_are_each_asked_once() -> None:
    """
    Checking a file of a hundred styles in a chain takes about as many calls as of a hundred that are not.
    """

    def file_of(based: str) -> bytes:
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="c{i}">{based.format(i + 1)}</w:style>' for i in range(200)
        )
        body = "".join(f'<w:p><w:pPr><w:pStyle w:val="c{i}"/></w:pPr></w:p>' for i in range(200))
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(word_file(body))) as blank, zipfile.ZipFile(out, "w") as file:
            for name in blank.namelist():
                more = f"{styles}</w:styles>".encode()
                file.writestr(name, blank.read(name).replace(b"</w:styles>", more))
        return out.getvalue()

    calls_of(barriers, file_of(""))
    assert calls_of(barriers, file_of('<w:basedOn w:val="c{}"/>')) < 1.5 * calls_of(barriers, file_of(""))


def test_a_page_that_never_ends_is_refused() -> None:
    """
    Of lines that go on for ever only as many are taken as are too many.
    """
    for lines in (itertools.repeat("- What?\n"), itertools.repeat(""), ["x" * LONGEST_PAGE] * 1000):
        with pytest.raises(Faults, match="the page has"):
            reflect.read_page(lines)


@pytest.mark.parametrize(
    "text",
    [
        "{{ '{:999999999}'.format(1) }}",
        "{{ '{}'.format(x.upper) }}",
        "{% set f = '{}' %}{{ f['format'](x.upper) }}",
        "{{ '{a}'.format_map({'a': x.upper}) }}",
        "{{ 'a'|replace('a', x.upper) }}",
        "{{ 'a b'|truncate(1, true, x.upper) }}",
        "{{ 'a\nb'|indent(x.upper) }}",
        "{{ 'a'|replace('a', [x.upper]) }}",
    ],
)
def test_a_template_neither_pads_nor_prints_an_object_by_a_side_door(text: str) -> None:
    """
    Whatever puts values into a text takes only what may be printed, and makes nothing that has not been paid for.
    """
    with pytest.raises(reflect.ReflectError):
        Sandbox(lambda name: text).run("paper", {"x": "a"})


def test_the_steps_of_a_template_take_no_more_calls_than_a_second_has() -> None:
    """
    A loop that spends all the steps there are on the dearest tags makes fewer calls than can be made in a second.
    """
    loop = "{% set n = namespace(a=[]) %}{% for i in range(SIZE) %}{% set n.a = [n.a] %}{% endfor %}"
    run = Sandbox(lambda name: loop.replace("SIZE", name)).run
    once, twice = (calls_of(lambda size: run(size, {}), size) for size in ("1000", "2000"))
    # Each turn costs three steps; six million calls take about a second.
    assert (twice - once) / 1000 * costs.STEPS / 3 < 6_000_000


def test_lists_that_double_cost_no_more_for_being_deep() -> None:
    """
    What is counted in a list is never a number of many digits.
    """
    shared: list[object] = [1]
    for _ in range(20_000):
        shared = [shared, shared]
    assert costs.weigh_many((shared,)) == costs.STEPS + 1


@pytest.mark.parametrize("part", ["1<", "1~", "x|e|"])
def test_a_template_of_very_many_parts_is_not_compiled(part: str) -> None:
    """
    Its parts are counted before it is compiled.
    """
    text = "{{ " + part * (costs.LONGEST // len(part) - 10) + ("e }}" if part.endswith("|") else "1 }}")
    with pytest.raises(reflect.ReflectError, match=r"names, texts, signs and tags|too deep|filter"):
        Sandbox(lambda name: text).run("paper", {"x": "a"})


@pytest.mark.parametrize("thing", ["<w:unknown/>", "<w:hyperlink/>"])
def test_what_stands_between_paragraphs_counts_like_one(thing: str) -> None:
    """
    A record of very many things that hold no words is refused, and the reader stops when it has seen too many: what
    comes behind them is parsed, and no more.
    """
    many, more = word_file(thing * (MOST_PARAS + 5)), word_file(thing * 2 * MOST_PARAS)

    with pytest.raises(NotOpened):
        reflect.read(many)
    assert calls_of(reflect.read, more) < 1.25 * calls_of(reflect.read, many)


# --- faults


def test_faults_are_capped_in_one_place() -> None:
    """
    A hundred faults are said, the others counted; a message has an end, and a reader stops at a thousand.
    """
    many = Faults(tuple(Fault("x.yaml", n, "w" * 10_000, "r") for n in range(1, 301)))
    assert len(many.faults) == MOST_FAULTS + 1
    assert str(many.faults[-1]) == "x.yaml: and 200 more; see to these first"
    assert len(str(many)) < 100_000
    # Joined with others, they are counted together.
    assert str(Faults((*many.faults, *many.faults)).faults[-1]) == "x.yaml: and 500 more; see to these first"

    told = FaultList("x.yaml")
    with pytest.raises(Faults):
        list(map(told, range(2 * GIVE_UP), itertools.repeat("wrong"), itertools.repeat("mend it")))
    assert len(told) == GIVE_UP
    assert hint_at_nearest("a" * 1_000_000, ["b" * 1_000_000]) == ""


def test_doubts_and_notes_have_an_end() -> None:
    """
    What is in doubt in a record, and what is said of it or of a brand, is capped as faults are; twice is as once.
    """
    doubts = tuple((f"q{n}", "it was typed beside its line") for n in range(3 * MOST_FAULTS))
    found = Reading(doubts=doubts, notes=tuple("n" * 100_000 for _ in doubts))

    assert len(found.doubts) == len(found.notes) == MOST_FAULTS + 1
    assert found.doubts[-1] == ("more", "there are 200 more doubts; see to these first")
    assert found.notes[-1] == "and 200 more notes"
    assert sum(map(len, found.notes)) < 1_000_000
    assert Reading(doubts=found.doubts, notes=found.notes) == found
    worn = reflect.brand(word_file(""))
    assert len(attrs.evolve(worn, notes=found.notes * 3).notes) == MOST_FAULTS + 1


# --- nonsense


class Broken:
    """
    Something that fails at whatever is done with it.
    """

    def _fail(self, *_: object, **__: object) -> Any:
        raise ZeroDivisionError("broken")

    __str__ = __repr__ = __iter__ = __len__ = __bool__ = __int__ = __index__ = __fspath__ = _fail
    __getitem__ = __contains__ = __call__ = __eq__ = _fail
    __hash__ = None  # type: ignore[assignment]


FACES = (
    "reflect", "reflect.questions", "reflect.text", "reflect.papers", "reflect.planning", "reflect.formats",
    "reflect.reading_back",
)  # fmt: skip
#: Values that nobody should give, by name; some take too long to be made for each call.
NONSENSE: dict[str, Callable[[], object]] = {
    "None": lambda: None, "below": lambda: -1, "huge": lambda: 10**30, "nan": lambda: float("nan"),
    "bytes": lambda: b"x", "empty": lambda: "", "half a character": lambda: "\ud800", "nought": lambda: "a\0b",
    "long": lambda: "x" * 100_000, "list": lambda: [None], "names": lambda: {"place": None}, "numbers": lambda: {1: 2},
    "broken": Broken, "thing": object, "generator": lambda: (n for n in [1]), "kind": lambda: int,
    "digits": lambda: "60", "day": lambda: datetime.date(2026, 3, 4), "clock": lambda: datetime.time(10, 30),
    "moment": lambda: datetime.datetime(2026, 3, 4, 10, 30), "file": lambda: io.BytesIO(b"x"),
    "text file": lambda: io.StringIO("x"), "memory": lambda: memoryview(b"x"), "fraction": lambda: 1.5,
    "truth": lambda: True, "days": lambda: {"date": datetime.date(2026, 3, 4)},
}  # fmt: skip
#: What a function needs besides, by the name of its argument.
SENSE: dict[str, object] = {
    "what": "arrive@3", "name": "agenda", "path": "kolb-cycle", "text": "x", "minutes": 30, "key": "kolb-cycle",
}  # fmt: skip
#: Python's own words for an argument that is missing, or that there is not.
SIGNATURE = re.compile("argument|Protocols cannot be instantiated")


def public() -> Iterator[tuple[str, Callable[..., object]]]:
    for face in FACES:
        module = importlib.import_module(face)
        for name in module.__all__:
            thing = getattr(module, name)
            if name == "publish" or not callable(thing):  # a whole site takes seconds
                continue
            if isinstance(thing, type) and (issubclass(thing, Exception) or hasattr(thing, "__members__")):
                continue
            yield f"{face}.{name}", thing


def calls_with_nonsense() -> list[tuple[str, Callable[..., object], str, str]]:
    found = []
    for name, thing in public():
        try:
            signature = inspect.signature(thing)
        except (TypeError, ValueError):
            continue
        found += [(name, thing, each, what) for each in signature.parameters for what in NONSENSE]
    return found


def test_only_our_errors_leave_a_public_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever is given for whichever argument, a function gives a value or raises one of our errors, with an end.
    """
    monkeypatch.chdir(tmp_path)
    bare = []
    for name, thing, argument, what in a_few(calls_with_nonsense(), every=7):
        parameters = inspect.signature(thing).parameters
        needed = [each for each in parameters.values() if each.default is each.empty and each.kind != each.VAR_KEYWORD]
        named = {each.name: SENSE.get(each.name) for each in needed if each.kind != each.VAR_POSITIONAL}
        given: tuple[object, ...] = ()
        if parameters[argument].kind == inspect.Parameter.VAR_POSITIONAL:
            given = (NONSENSE[what](),)
        elif parameters[argument].kind != inspect.Parameter.VAR_KEYWORD:
            named[argument] = NONSENSE[what]()
        try:
            made = thing(*given, **named)
            if isinstance(made, types.GeneratorType):
                list(itertools.islice(made, 3))
        except reflect.ReflectError as error:
            if len(str(error)) > 100_000:
                bare.append(f"{name}({argument}={what}): a message without end")
        except ZeroDivisionError:
            pass  # our own Broken
        except Exception as error:
            callback = what == "kind" and argument in ("load", "to")
            if not callback and not (isinstance(error, TypeError) and SIGNATURE.search(str(error))):
                bare.append(f"{name}({argument}={what}): {type(error).__name__}: {error}"[:200])

    assert bare == []
    assert len(calls_with_nonsense()) > 1000


def nested(deep: int) -> list[object]:
    """
    Return lists in one another.
    """
    made: list[object] = []
    for _ in range(deep):
        made = [made]
    return made


def test_a_catalogue_holds_nothing_but_keys() -> None:
    """
    What is no key is in no catalogue, also if it cannot be looked up.
    """
    assert [] not in reflect.catalogue()
    assert len(str(reflect.TemplateFault("x" * 1_000_000, 1, "y" * 1_000_000))) < 20_000


def methods() -> Iterator[tuple[str, Callable[..., object]]]:
    """
    The public methods of values that public functions return.
    """
    model = reflect.load("kolb-cycle")
    asked: tuple[object, ...] = (model, model.questions, reflect.outline("arrive@3 + close@7"), reflect.catalogue())
    for value in (*asked, a_record(2), ONE_SESSION, reflect.Templates(()), a_journal(3)):
        for name in dir(value):
            if not name.startswith("_") and inspect.ismethod(method := getattr(value, name)):
                try:
                    inspect.signature(method)
                except ValueError:
                    continue  # a function of the class that is for no value
                yield f"{type(value).__name__}.{name}", method


def test_only_our_errors_leave_a_method() -> None:
    """
    Whatever is given to a method of what a function returned, it gives a value or raises one of our errors.
    """
    bare = []
    calls = [
        (name, method, each, what)
        for name, method in methods()
        for each in inspect.signature(method).parameters.values()
        for what in NONSENSE
        if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
    ]
    for name, method, wrong, what in a_few(calls, every=7):
        needed = [each for each in inspect.signature(method).parameters.values() if each.default is each.empty]
        named = {each.name: SENSE.get(each.name, "x") for each in needed if each.kind not in (2, 4)}
        try:
            made = method(**{**named, wrong.name: NONSENSE[what]()})
            if isinstance(made, types.GeneratorType):
                list(itertools.islice(made, 3))
        except (reflect.ReflectError, ZeroDivisionError):
            pass
        except Exception as error:
            if not (isinstance(error, TypeError) and SIGNATURE.search(str(error))):
                bare.append(f"{name}({wrong.name}={what}): {type(error).__name__}: {error}"[:200])

    assert bare == []
    assert len(calls) > 500


@pytest.mark.parametrize("name", ["canary", "contents", "everything", "lost", "planted"])
def test_only_our_errors_leave_what_tests_are_made_with(name: str) -> None:
    """
    Whatever is given to the first argument, it gives a value or raises one of our errors.
    """
    make = getattr(reflect.testing, name)
    first, *others = inspect.signature(make).parameters
    for what in NONSENSE.values():
        with contextlib.suppress(reflect.ReflectError, ZeroDivisionError):
            made = make(**{first: what()}, **dict.fromkeys(others, "txt"))
            if isinstance(made, types.GeneratorType):
                list(itertools.islice(made, 3))


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: reflect.plan("arrive@3", minutes="60"), "plan: 'minutes' is a text; give a whole number"),  # type: ignore[arg-type]
        (lambda: reflect.load("kolb-cycle").pick("x"), "pick: 'n' is a text; give a whole number"),
        (lambda: reflect.load(None), "load: 'path' is None; give a text"),  # type: ignore[arg-type]
        (lambda: reflect.QuestionSet(children=["a"]), "'children'[0] is a text"),  # type: ignore[list-item]
        (lambda: reflect.Templates(()).stray(None), "'name' is None; give a text"),  # type: ignore[arg-type]
        (lambda: reflect.Record.from_answers("x", {}), "from_answers: 'what' is a text"),  # type: ignore[arg-type]
        (lambda: reflect.catalogue().head_of(Path("x")), "head_of: 'page' is"),  # type: ignore[arg-type]
        (lambda: reflect.read_page(bytearray(b"x")), "read_page: 'source'"),  # type: ignore[arg-type]
        (lambda: reflect.Question(key="a", text="a", ring=nested(5000)), "nested too deeply"),
    ],
)
def test_a_wrong_kind_is_said_with_its_argument(call: Callable[[], object], why: str) -> None:
    """
    The error names the argument, what it is, and what to give; it is a ReflectError and a TypeError.
    """
    with pytest.raises(reflect.ReflectError) as wrong:
        call()

    assert why in str(wrong.value)
    assert isinstance(wrong.value, TypeError)
