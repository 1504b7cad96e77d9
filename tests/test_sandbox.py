"""
Templates of strangers: what they try gives an error or plain text, and endless loops are stopped.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import nodes as syntax

import reflect
from reflect.documents import costs
from reflect.documents.costs import STEPS
from reflect.documents.making import document
from reflect.documents.sandbox import FILTERS, Sandbox
from reflect.errors import ReflectError, TemplateFault
from reflect.rendering.rendering import render
from tests.documents import FORMATS, OUTLINE, everything_in, of_the_day, squeezed, text_of, tried
from tests.test_documents import CANARY, facts_with

#: The kinds of node in a template, of which `reflect.documents.guarding` guards some.
KNOWN_NODES = """
    Add And Assign AssignBlock BinExpr Block Break Call CallBlock Compare Concat CondExpr Const ContextReference Continue
    DerivedContextReference Dict Div EnvironmentAttribute EvalContextModifier Expr ExprStmt Extends ExtensionAttribute
    Filter FilterBlock FloorDiv For FromImport Getattr Getitem Helper If Import ImportedName Include InternalName Keyword
    List Literal Macro MarkSafe MarkSafeIfAutoescape Mod Mul NSRef Name Neg Not Operand Or Output OverlayScope Pair Pos
    Pow Scope ScopedEvalContextModifier Slice Stmt Sub Template TemplateData Test Tuple UnaryExpr With _FilterTestCommon
"""
#: What has been published of ways out of Jinja's sandbox and of template injection: advisories, cheat sheets, scanners.
ESCAPES = [
    # the ladder of classes
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ().__class__.__bases__[0].__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x.__name__ }}{% endfor %}",
    "{{ ''['__class__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ ''[['__cla', 'ss__']|join] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''['__ssalc__'|reverse] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ [''] | map(attribute='__class__') | first }}",
    "{{ [''] | map('attr', '__class__') | first }}",
    "{{ [''] | selectattr('__class__') | list }}",
    "{{ [''] | groupby('__class__') }}",
    "{{ [''] | sum(attribute='__class__') }}",
    "{{ [''] | join('', attribute='__class__') }}",
    "{{ [''] | sort(attribute='__class__.__name__') }}",
    "{{ [''] | unique(attribute='__class__') | list }}",
    # globals of functions
    "{{ self.__init__.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum.__globals__.os.popen('id').read() }}",
    "{{ dict.__init__.__globals__ }}",
    "{{ range.__class__ }}",
    "{{ url_for.__globals__.os.popen('id').read() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config.items() }}",
    "{{ config.from_pyfile('/etc/passwd') }}",
    "{{ request.application.__globals__.__builtins__ }}",
    "{{ request|attr('application')|attr('\\x5f\\x5fglobals\\x5f\\x5f') }}",
    "{{ session.__class__.__init__.__globals__ }}",
    "{{ session.__attrs_attrs__ }}",
    "{{ session['__class__'] }}",
    "{% macro m() %}x{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}x{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{{ caller.__func__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% for x in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ ([1]|map('string')).gi_frame.f_globals }}",
    "{{ ([1]|map('string')).gi_code }}",
    "{{ self.title.__func__ }}",
    "{{ context }}",
    "{{ environment.loader }}",
    "{{ self.environment }}",
    "{{ __builtins__ }}",
    # format strings: CVE-2016-10745, CVE-2019-10906, CVE-2024-56326, CVE-2025-27516
    "{{ '{0.__class__}'.format(42) }}",
    "{{ '{x.__class__}'.format_map({'x': 42}) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(session) }}",
    "{% set f = '{0.__class__}'.format %}{{ f(42) }}",
    "{{ ['{0.__class__}']|map('format', 42)|first }}",
    "{{ ('{0.__class__}'|attr('format'))(42) }}",
    "{{ '%s'|format(session) }}",
    "{{ '%(x)s' % {'x': session} }}",
    # changing what is given
    "{{ facts.update({'title': 'x'}) }}",
    "{{ facts.pop('organisation') }}",
    "{{ facts.clear() }}",
    "{{ words.setdefault('worker', 'x') }}",
    "{{ [].append(1) }}",
    "{{ {}.__setitem__('a', 1) }}",
    "{% set facts.title = 'x' %}",
    "{% set session.minutes = 1 %}",
    # files
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% include 'reflect/../../secret' %}",
    "{% include facts.organisation %}",
    "{% include ['a', 'b'] %}",
    "{% extends '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.system('id') }}",
    "{% from 'os' import popen %}{{ popen('id') }}",
    # tags and filters that are not there
    "{% debug %}",
    "{% do facts %}",
    "{% autoescape true %}{{ facts.organisation }}{% endautoescape %}",
    "{% filter upper %}x{% endfilter %}",
    "{{ facts.organisation|safe }}",
    "{{ facts|tojson }}",
    "{{ facts|pprint }}",
    "{{ facts|xmlattr }}",
    "{{ [1, 2, 3]|random }}",
    "{{ facts.organisation|urlize }}",
    # other engines' tongues, which are text here
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "*{7*7}",
    "{{= 7*7 }}",
    "${T(java.lang.Runtime).getRuntime().exec('id')}",
    "{php}echo `id`;{/php}",
    "{{constructor.constructor('return process')()}}",
    '{{#with "s" as |string|}}x{{/with}}',
]

#: What never ends, or takes more than there is.
ENDLESS = {
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "loops that print": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "a filtered loop": "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
    "a loop over a map": "{% for a in range(99999) %}{% for b in range(99999)|map('string') %}{% endfor %}{% endfor %}",
    "a recursive loop": "{% for a in [[[]]] recursive %}{{ loop([a, a, a]) }}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(90) }}",
    "a block that calls itself twice": "{% block b %}{% if false %}{% endif %}{{ self.b() }}{{ self.b() }}{% endblock %}",
    "a template that includes itself": "{% include 'paper' %}",
    "a template that includes itself twice": "{% if true %}{% include 'paper' %}{% include 'paper' %}{% endif %}",
    "a template that extends itself": "{% extends 'paper' %}",
    "a template that imports itself": "{% import 'paper' as p %}",
    "sorting in a loop": "{% for a in range(99999) %}{{ range(99999)|sort|first }}{% endfor %}",
    "summing in a loop": "{% for a in range(99999) %}{{ range(99999)|sum }}{% endfor %}",
    "a range over the limit": "{{ range(999999999)|list }}",
    "a text that doubles": "{% set n = namespace(x='ab') %}{% for a in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a text that doubles by +": "{% set n = namespace(x='ab') %}{% for a in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "a list that doubles": "{% set n = namespace(x=[1]) %}{% for a in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "a set block that doubles": "{% set n = namespace(x='') %}{% for a in range(99) %}{% set y %}x{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}",
    "a text that joins itself": "{% set n = namespace(x='ab') %}{% for a in range(99) %}{% set n.x = [n.x, n.x]|join %}{% endfor %}",
    "a text that replaces itself": "{% set n = namespace(x='aa') %}{% for a in range(99) %}{% set n.x = n.x|replace('a', n.x) %}{% endfor %}",
    "a text times a number": "{{ 'x' * 999999999999 }}",
    "a number times a text": "{{ 999999999999 * 'x' }}",
    "a list times a number": "{{ ([0] * 99999999999)|length }}",
    "a power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "a number that squares": "{% set n = namespace(x=9) %}{% for a in range(99999) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "a padded format": "{{ '%999999999999d' % 1 }}",
    "a padded text": "{{ 'x'.ljust(99999999999) }}",
    "a centred text": "{{ 'x'.center(99999999999) }}",
    "tabs": "{{ '\t'.expandtabs(99999999999) }}",
    "bytes": "{{ (1).to_bytes(99999999999, 'big') }}",
    "a wide indent": "{{ 'x\ny'|indent(99999999999) }}",
    "slices": "{{ [1]|slice(99999999999)|list|length }}",
    "batches": "{{ [1]|batch(99999999999, 'x')|list|length }}",
    "a fill for batches": "{{ [1]|batch(99999999999, 'x')|first|length }}",
    "a long join": "{{ range(99999)|join('" + "x" * 9999 + "') }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "nested loops": "".join(f"{{% for a{n} in [1] %}}" for n in range(60)) + "{% endfor %}" * 60,
    "a long template": "x" * 300_000,
    "a text printed again and again": "{% set a = 'x' * 900000 %}{% for i in range(999) %}{{ a }}{% endfor %}",
    "a text wrapped at each letter": "{{ ('x' * 900000)|wordwrap(1) }}",
    "a list that is looked through": "{% set a = range(99999)|list %}{% for i in a %}{% if -1 in a %}{% endif %}{% endfor %}",
    "texts that are compared": "{% set a = 'x' * 900000 %}{% set b = 'x' * 900000 %}"
    "{% for i in range(99999) %}{% if a == b %}{% endif %}{% endfor %}",
    "texts that a test compares": "{% set a = 'x' * 900000 %}{% set b = 'x' * 900000 %}"
    "{% for i in range(99999) %}{% if a is eq b %}{% endif %}{% endfor %}",
    "slices in a loop": "{% set a = 'x' * 900000 %}{% for i in range(99999) %}{% set b = a[1:] %}{% endfor %}",
    "lists that are summed": "{% set n = namespace(x=[[1]]) %}{% for i in range(18) %}{% set n.x = n.x + n.x %}{% endfor %}"
    "{{ n.x|sum(start=[])|length }}",
    "a long body": "{% for i in range(99999) %}" + "{% set a = 1 %}" * 3000 + "{% endfor %}",
    "a macro with a long body": "{% macro m() %}" + "{% set a = 1 %}" * 3000 + "{% endmacro %}"
    "{% for i in range(99999) %}{{ m() }}{% endfor %}",
    "a number as long as a book": "{{ ('f' * 900000)|int(0, 16) // 3 }}",
    "a path in a map": "{% for i in range(999) %}{{ range(9999)|map(attribute='real.real.real')|list|length }}{% endfor %}",
}
#: What makes two lists that hold themselves forty times over, so that going through them has no end.
SHARED = (
    "{% set n = namespace(a=(1,), b=(1,)) %}{% for i in range(40) %}"
    "{% set n.a = (n.a, n.a) %}{% set n.b = (n.b, n.b) %}{% endfor %}"
)
ENDLESS |= {
    f"lists that share themselves, {what}": f"{SHARED}{{{{ {what} }}}}"
    for what in (
        "n.a", "n.a == n.b", "n.a < n.b", "n.a in [n.b]", "n.a != n.b", "n.a ~ ''", "n.a|string|length", "{n.a: 1}|length",
        "{}.get(n.a)", "{}[n.a]", "[n.a].count(n.b)", "n.a is eq n.b", "n.a is in [n.b]", "[n.a, n.b]|sort|length",
        "[[n.a], [n.b]]|map('first')|sort|length", "[[n.a], [n.b]]|map('first')|max|length",
        "[n.a, n.b]|unique|list|length", "[n.a, n.b]|max|length", "[n.a]|join|length", "[n.a]|select('eq', n.b)|list|length",
        "[n.a]|map('string')|list|length", "[{'k': n.a}, {'k': n.b}]|groupby('k')|length", "{n.a: 1}|dictsort|length",
        "([n.a, n.b]|reverse|sort)|length", "n.a in ([n.b]|reverse)", "n.a is in ([n.b]|reverse)", "n.a in {1: n.b}.values()",
        "(1, n.a) in {1: n.b}.items()", "[{'k': n.a}, {'k': n.b}]|sort(attribute='k')|length", "([n.a]|reverse)|unique|list|length",
        "([{'k': n.a}, {'k': n.b}]|reverse)|map(attribute='k')|max|length", "n.a|upper|length", "n.a|wordcount", "'x'|replace('x', n.a)|length", "'x'|default(n.a) ~ n.a",
    )
}  # fmt: skip
#: What has no text, and used to print where it is in memory or how Python writes it.
WORDLESS = (
    "'a'.format", "'a'.upper", "[1, 2]|reverse", "['a']|map('upper')", "[1]|batch(1)", "range(3)", "range", "namespace(a=1)",
    "self", "self.b", "{'a': 1}.items()", "{}.keys()", "[[1]|reverse]", "([1]|reverse)|string", "([1]|reverse) ~ ''",
    "[[1]|reverse]|join", "{'a': [1]|reverse}", "([1]|reverse)|upper", "([1]|reverse)|replace('a', 'b')", "session",
    "'a'.split|trim", "[{'a': 1}]|groupby('a')", "(-8) ** 0.5",
)  # fmt: skip


@contextlib.contextmanager
def watched() -> Iterator[list[str]]:
    """
    What the interpreter is asked to do meanwhile, on this thread: open files outside the library, start programs.
    """
    _watched.events = events = []
    try:
        yield events
    finally:
        _watched.events = None


_watched = threading.local()
_ACTS = (
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "subprocess.Popen",
    "socket.connect",
    "os.remove",
    "pty.spawn",
)


def _hook(event: str, args: tuple[object, ...]) -> None:
    events = getattr(_watched, "events", None)
    if events is None:
        return
    if event in _ACTS or (event == "open" and re.search(r"passwd|secret", str(args[0]))):
        events.append(event)


sys.addaudithook(_hook)


def attempted(template: str, folder: Path) -> str:
    """
    What a template prints, or "" where it is refused with an error of ours.
    """
    (folder / "paper.md").write_text(template)
    try:
        return render(OUTLINE, "paper", to="txt", facts={"organisation": "secret"}, templates=[folder]).decode()
    except ReflectError as error:
        return f"refused: {error}"


def test_the_watch_sees() -> None:
    """
    The watch under the tests below sees a file opened and a program started.
    """
    with watched() as events:
        with pytest.raises(FileNotFoundError):
            Path("/nonexistent/secret").read_text()
        subprocess.run([sys.executable, "-c", ""], check=True)

    assert {"open", "subprocess.Popen"} <= set(events)


@pytest.mark.parametrize("template", ESCAPES)
def test_a_way_out_is_an_error_or_text(template: str, tmp_path: Path) -> None:
    """
    Published escapes give our error or plain text: nothing is opened, started, named or changed.
    """
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "secret.md").write_text(CANARY)
    before = render(OUTLINE, "agenda", to="txt", facts={"organisation": "secret"})
    with watched() as events:
        said = attempted(template, folder)

    assert not events
    assert CANARY not in said
    assert not re.search(r"<class|<function|<module|<built-in|uid=|root:|object at 0x|<bound", said)
    assert "49" not in said
    assert render(OUTLINE, "agenda", to="txt", facts={"organisation": "secret"}) == before


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_stopped(name: str, tmp_path: Path) -> None:
    """
    A template that loops, calls or grows without end is stopped soon, with an error that names it.
    """
    start = time.process_time()
    said = attempted(ENDLESS[name], tmp_path)

    assert said.startswith("refused: paper")
    assert time.process_time() - start < 20  # a guard against no end at all, not a measure


@pytest.mark.parametrize("what", WORDLESS)
def test_what_has_no_text_is_not_printed(what: str, tmp_path: Path) -> None:
    """
    A method, a generator or another object that is printed is a fault of the template, never an address of memory.
    """
    said = attempted(f"{{% block b %}}x{{% endblock %}}{{{{ {what} }}}}", tmp_path)

    assert said.startswith("refused: paper")
    assert " at 0x" not in said


#: What is done with a text or a list called `a` and one like it, `b`.
OPERATIONS = (
    "a == b", "a != b", "a < b", "a <= b", "a in [b]", "a not in [b]", "a is eq b", "a ~ b", "a[1:]", "a|list", "a|sort",
    "a|string", "a|upper", "a|length", "a|reverse|list", "a|unique|list", "a|join", "a|batch(2)|list", "a|max", "a|replace('x', 'y')",
    "[a, b]|sort", "[a, b]|max", "[a]|join", "a|map('string')|list", "a|select('eq', 'x')|list", "{a|string: 1}",
    "{}[a|string]", "a * 2", "a + b", "a|wordcount", "a|groupby('x')|list", "(a,).count(b)", "namespace(x=a).x == b",
)  # fmt: skip


def steps_of(template: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """
    How many steps a template takes.
    """
    spent = []

    def spend(here: costs.PaperInProgress, steps: int) -> None:
        spent.append(steps)

    monkeypatch.setattr(costs.PaperInProgress, "spend", spend)
    with contextlib.suppress(TemplateFault):
        Sandbox(lambda name: template).run("paper", {})
    return sum(spent)


@pytest.mark.parametrize("kind", ["['x'] * {}", "'x ' * {}"])
@pytest.mark.parametrize("what", OPERATIONS)
def test_what_is_done_with_more_costs_more(what: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever a template does with a text or a list costs steps in proportion to how long it is.
    """

    def cost(length: int) -> int:
        made = "{% set a = " + kind.format(length) + " %}{% set b = " + kind.format(length) + " %}"
        return steps_of(f"{made}{{% set c = {what} %}}", monkeypatch) - steps_of(made, monkeypatch)

    small, large = cost(1_000), cost(4_000)

    assert large > 3 * small or what == "a|length"
    assert large < 8 * small


def test_what_stops_says_where(tmp_path: Path) -> None:
    """
    The error of a loop that was stopped names its template and line, even if another template includes it.
    """
    (tmp_path / "_inner.md").write_text(
        "x\n\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n"
    )
    (tmp_path / "paper.md").write_text("# x\n\n{% include '_inner' %}\n")

    with pytest.raises(TemplateFault, match=r"^_inner:3: takes too many steps and was stopped"):
        document(OUTLINE, "paper", templates=[tmp_path])


def test_a_long_honest_paper_is_far_from_the_limit(tmp_path: Path) -> None:
    """
    A workbook of four thousand questions comes out, and after one that was stopped the next has all its steps again.
    """
    page = "# Long\n" + "".join(
        f"\n## Part {n}\n\n" + "".join(f"- What of {n} and {q}?\n" for q in range(50)) for n in range(80)
    )
    (tmp_path / "long.md").write_text(
        "---\nof: model\n---\n# {{ model.title }}\n\n{% for part in model.parts %}\n## {{ part.title }}\n\n"
        "{% for q in part.questions %}\n{{ q.text|upper ~ '.' }}\n\n{% endfor %}\n{% endfor %}\n"
    )
    attempted(ENDLESS["loops in loops"], tmp_path)
    paper = document(reflect.read_page(page), "long", templates=[tmp_path])

    assert text_of(paper).count("WHAT OF") == 4000


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", ["agenda", "record"])
def test_what_is_typed_is_never_run(name: str, to: str) -> None:
    """
    Every published payload, typed as a value, is in the paper as that text.
    """
    payloads = [each for each in [*ESCAPES, *ENDLESS.values()] if len(each) <= 3000 and "\n" not in each]
    for payload in of_the_day(payloads, 9):
        text = f"QZ{payload}ZQ"
        said = everything_in(render(OUTLINE, name, to=to, facts=facts_with(text), reader="supervisee"), to)

        assert squeezed(text.replace("\\", "")) in squeezed(said.replace("\\", ""))


def test_an_error_never_tells_what_a_value_says(tmp_path: Path) -> None:
    """
    However a template goes wrong on a value, the value is in no message and no cause.
    """
    wrongs = [
        "{{ session[session.facts.supervisee] }}",
        "{{ words[session.facts.supervisee] }}",
        "{{ [session]|map(attribute=session.facts.supervisee)|first }}",
        "{{ [1]|map(session.facts.supervisee)|first }}",
        "{{ [1]|select(session.facts.supervisee)|first }}",
        "{% include session.facts.supervisee %}",
        "{% extends session.facts.supervisee %}",
        "{% import session.facts.supervisee as x %}",
        "{{ session.facts.supervisee() }}",
        "{{ session.facts.supervisee + 1 }}",
        "{{ session.facts.supervisee.nothing }}",
        "{{ [1, session.facts.supervisee]|sort }}",
        "{{ namespace(session.facts.supervisee) }}",
        "{{ range(session.facts.supervisee) }}",
        "{% macro m(a) %}{% endmacro %}{{ m(1, 2, session.facts.supervisee) }}",
        "# {{ session.facts.supervisee }}\n\n```boxes {{ session.facts.supervisee }}\n```",
        "```facts x\nfact: {{ session.facts.supervisee }}\n```",
        "```answer x\nlines: {{ session.facts.supervisee }}\n```",
        "[x]({{ session.facts.supervisee }})",
        "{.{{ session.facts.supervisee }}}\nx",
    ]
    for n, template in enumerate(wrongs):
        (tmp_path / "paper.md").write_text(template)
        for who in (CANARY, CANARY.lower().replace("z", "-z")):
            with pytest.raises(ReflectError) as caught:
                document(OUTLINE, "paper", facts={"supervisee": who}, reader="supervisee", templates=[tmp_path])
            error: BaseException | None = caught.value
            while error is not None:
                assert who not in f"{error!s}{error!r}", n
                error = error.__cause__


@given(st.text(alphabet=st.sampled_from(list("{}%#-+*()[]|'\" .=~ab01\n\\<>_`")), max_size=80))
@settings(max_examples=tried(300))
def test_any_template_gives_text_or_our_error(template: str) -> None:
    """
    Whatever is in a template, it prints or is refused; no other exception comes out.
    """
    with contextlib.suppress(ReflectError):
        Sandbox(lambda name: template).run("paper", {"facts": {"title": "T"}})


def test_the_documented_filters_are_those_there_are() -> None:
    """
    The page on templates names every filter, and no other.
    """
    page = (Path(__file__).parent.parent / "docs/reference/templates.md").read_text("utf-8")
    line = next(line for line in page.split("\n") if line.startswith("- Filters:"))

    assert set(re.findall(r"`(\w+)`", line)) == set(FILTERS)
    assert f"{STEPS:,} steps" in page


def test_all_that_jinja_reads_in_a_template_is_known() -> None:
    """
    The sandbox guards the nodes of Jinja's tree by name: the first version that reads another kind fails here.
    """

    def below(kind: type[syntax.Node]) -> Iterator[type[syntax.Node]]:
        for each in kind.__subclasses__():
            yield from (each, *below(each))

    assert {each.__name__ for each in below(syntax.Node)} == set(KNOWN_NODES.split())


def test_jinja_compiles_what_was_guarded() -> None:
    """
    What takes time or memory is a call of ours in the code that Jinja makes of a template.
    """
    template = "{% for x in y['z'] %}{{ x ~ y }}{{ [x] == (y,) }}{{ {x: y} }}" + "{% set a = b %}" * 9 + "{% endfor %}"
    own = ("count_turns", "get_named", "join_texts", "make_list", "make_tuple", "make_dict", "compare", "pay")
    code = Sandbox(lambda name: "")._environment.compile(template, raw=True)

    assert [each for each in own if f"environment.{each}" not in code] == []


def test_a_paper_of_all_our_models_takes_a_sixth_of_the_steps_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever prints a whole catalogue in one paper is not stopped: putting models in order costs what is compared.
    """
    spent = []
    monkeypatch.setattr(costs.PaperInProgress, "spend", lambda here, steps: spent.append(steps))
    document([reflect.load(key) for key in reflect.catalogue()], "booklet")

    assert 0 < sum(spent) < STEPS / 6
