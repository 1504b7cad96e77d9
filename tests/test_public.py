"""
What is public is pinned here: a name that comes or goes is a change somebody decided on.
"""

from __future__ import annotations

import ast
import doctest
import importlib
import importlib.metadata
import inspect
import pickle
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

import reflect

PUBLIC = """
    Advice Alternative Brand Catalogue Closed Difference Document DoesNotFit Element Extension Fault Faults FormMap Function Head Item Kept
    KeyClash Made MissingExtra Model NoReader NoTextForm NotOpened NotWritten Outline OutlineFault OwnForm Question QuestionSet Reader Record
    ReflectError Refused Ring Session Source TemplateFault Templates Timetable TooDeep Topic UnknownKey UnknownModels Wording both
    brand catalogue close compare copies document either extension fingerprint from_json into json_schema lint load missing outline
    own_copy own_form plan publish read read_page regroup render render_many schedule sequence settle to_json weave without
    wording
""".split()  # noqa: SIM905  # names one can read


#: What each of the seven packages hands on beside them.
FACES = {
    "questions": """
        Addressee Aim Answering Canvas CanvasKind Composable EMPTY Kind Mode Offered People Picture READERS Row Scene Shape Step Suits Turn Variant
        Whose least narrows reader show turns uses wording_names
    """,
    "text": "Line LineKind Run nodes visible",
    "papers": """
        ActionLog Agreement AnnualReview Attempt AuditView BesideTheHour CaseRecord CaseStep Disagreement Escalation ExtraDuty Informal
        LoadTotal LoggedAction LoggedSession Oversight PassingOn Request STANDING_PAPERS SameDayDecision StandingPaper
        SupervisionLog WeighedWork Workload example load paper_of
    """,
    "planning": """
        Case Caseload Finding Journal JournalEntry LESSONS Nation NextSession Occasion Plan Profile ReadSessionFile Series SessionFile
        Shortlist Suggestion TooShort add_to_journal arrange findings_of_plan findings_of_series following icalendar
        load_session_file nation nation_names occasion occasion_names profile profile_names read_journal series suggest
    """,
    "formats": "Barrier FORMATS Format Writer barriers describe draw html svg writer",
    "reading_back": """
        Action ActionState Agreement Answered Assurance Brought CaseSystemField Decision Filled ItemRecord KeptPlan
        Outcome Passing Reading SignOff assurance_of begin_next_record fields_of read read_passing_on
        write_table
    """,
    "testing": """
        FORMATS Leak canary contents everything leaks lost models planted question_sets records rings sessions texts
        twins
    """,
}
PACKAGES = [reflect, *(importlib.import_module(f"reflect.{face}") for face in FACES)]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_public_names_are_these(package: ModuleType) -> None:
    """
    No more and no fewer, in order; each is there, and none is hidden by a module of that name.
    """
    face = package.__name__.partition(".")[2]
    modules = {each.name for each in pkgutil.iter_modules(package.__path__)}
    things = {name: getattr(package, name) for name in package.__all__}

    assert package.__all__ == (FACES[face].split() if face else PUBLIC)
    assert [name for name, thing in things.items() if thing is None] == []
    assert {name for name in things if name in modules} == {n for n, each in things.items() if inspect.ismodule(each)}
    assert set(things) <= set(dir(package))
    with pytest.raises(AttributeError, match="has no attribute 'nothing_of_the_kind'"):
        _ = package.nothing_of_the_kind


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_type_checkers_see_the_names_that_are_there(package: ModuleType) -> None:
    """
    What a package imports for type checkers, and has itself, is what it hands on.
    """
    tree = ast.parse(Path(str(package.__file__)).read_text("utf-8"))
    seen: set[str] = set()
    for node in (*tree.body, *(each for block in tree.body if isinstance(block, ast.If) for each in block.body)):
        match node:
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="*")]):
                seen |= set(package.__all__) & set(vars(importlib.import_module(module)))
            case ast.ImportFrom(names=names):
                seen |= {each.name for each in names if each.name == each.asname}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                seen |= {name} - {"__all__"}
            case _:
                pass
    if package.__name__ != "reflect.testing":  # that has a constant list, since it loads all of them
        assert {name for name in seen if not name.startswith("_")} == set(package.__all__)


def test_the_front_page_does_what_it_says() -> None:
    """
    What ``help(reflect)`` shows first is an example that works.
    """
    result = doctest.testmod(reflect)

    assert result.failed == 0
    assert result.attempted >= 7


def test_the_types_of_each_are_checked() -> None:
    """
    `tests/typed_api.py`, which two type checkers read, has every public name.
    """
    text = (Path(__file__).parent / "typed_api.py").read_text("utf-8")
    read = {each.attr for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Attribute)}

    assert [name for name in PUBLIC if name not in read] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_each_says_what_it_is(name: str) -> None:
    """
    A docstring for each name, its methods and its properties; where arguments are told, all are.
    """
    thing = getattr(reflect, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing):
        parts = [
            part
            for part, value in vars(thing).items()
            if not part.startswith("_") and (inspect.isfunction(value) or isinstance(value, property))
        ]
        assert [part for part in parts if not inspect.getdoc(getattr(thing, part))] == []
    elif "Args:" in (told := inspect.getdoc(thing) or ""):
        taken = inspect.signature(thing).parameters.values()
        assert [
            each.name for each in taken if f"{each.name}:" not in told and each.annotation != each.name.title()
        ] == []


def test_the_package_says_its_version() -> None:
    """
    As the distribution has it, which is not called as the package is: the index has another project of that name.
    """
    assert reflect.__version__ == importlib.metadata.version("reflect-supervision")


def test_a_catalogue_is_a_mapping_of_models() -> None:
    """
    By key, with a hint at the nearest; what a mapping says of keys it has and has not, this one does.
    """
    ours = reflect.catalogue()

    assert isinstance(ours, Mapping)
    assert ours["grow"] == ours.model("grow") == reflect.load("grow")
    assert ours.get("kolb") is None
    assert ours.get("grow") == ours["grow"]
    assert list(ours.keys()) == list(ours) == [head.key for head in ours.heads()]
    with pytest.raises(KeyError, match="Did you mean 'kolb-cycle'"):
        ours["kolb"]
    assert ours != reflect.catalogue()
    assert {ours: 1}[ours] == 1


def test_a_catalogue_goes_into_another() -> None:
    """
    As its pages do, the later of one key counting.
    """
    page = "---\ntitle: GROW otherwise\nkey: grow\n---\n\n- What now?\n"
    mine = reflect.catalogue({"grow.md": page}, builtin=False)

    assert list(reflect.catalogue(mine, builtin=False)) == ["grow"]
    assert reflect.catalogue(mine)["grow"].head.title == "GROW otherwise"
    assert len(reflect.catalogue(mine)) == len(reflect.catalogue())


def test_what_lacks_an_extra_is_an_import_error_with_the_command() -> None:
    """
    Whoever catches either error gets it, also from another process, and it says what to run.
    """
    error = reflect.MissingExtra.of("PDF needs another package", "pdf", "make a Word file")
    again = pickle.loads(pickle.dumps(error))

    assert isinstance(error, ImportError)
    assert isinstance(error, reflect.Refused)
    assert str(error) == f"PDF needs another package; {error.command}, or make a Word file"
    assert error.command == 'pip install "reflect-supervision[pdf]"'
    assert (str(again), again.extra, again.command) == (str(error), "pdf", error.command)
