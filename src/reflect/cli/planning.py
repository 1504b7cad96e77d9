"""
Commands around a session: `reflect plan`, `reflect held`, `reflect suggest` and `reflect series`.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli import names
from reflect.cli.inputs import path_or_package, read_brand, read_catalogue, read_journal, read_lines, template_folders
from reflect.cli.messages import print_document, print_line, print_message, print_result, print_text
from reflect.cli.options import (
    MINUTES,
    ClockOfCall,
    DayOfCall,
    ListingOption,
    WholeNumber,
    brand_option,
    check_one_of,
    force_option,
    format_of_ending,
    from_option,
    journal_option,
    looks_options,
    occasion_option,
    occasions_option,
    output_option,
    plain_option,
    profiles_option,
    series_option,
    templates_option,
    to_option,
)

if TYPE_CHECKING:
    from reflect.sessions.brought import Brought
    from reflect.sessions.kept import KeptPlan


@click.command
@click.argument("session", required=False, metavar="SESSION.yaml")
@click.option(
    "--after",
    multiple=True,
    metavar="FILE",
    help="Last time's record, and other papers that this session follows from. The plan that was kept beside it "
    "(plan-DATE.json) is read too.",
)
@click.option(
    "--bring",
    multiple=True,
    metavar="TEXT",
    help="What the supervisee brings, between the two; - reads lines from standard input, so that no shell keeps them.",
)
@click.option(
    "--supervisor-brings",
    multiple=True,
    metavar="TEXT",
    help="What the supervisor brings; the file may have its words.",
)
@click.option("--on-record", is_flag=True, help="The supervision file may have the words of --bring.")
@click.option("--date", type=DayOfCall(), metavar="DAY", help="The day, such as 2026-04-01. By default, the record's.")
@click.option("--start", type=ClockOfCall(), metavar="HH:MM", help="When it begins.")
@click.option("--minutes", type=MINUTES, help="How long it is.")
@click.option("--for", "aim", cls=ListingOption, names=names.aims, metavar="WORD", help="What the talk is for: {}.")
@click.option("--profile", metavar="NAME", help="The settings of the agency or profession, if not those of last time.")
@occasion_option
@click.option("--drop", multiple=True, metavar="ID", help="A topic that its bringer no longer wants; no trace is left.")
@click.option(
    "--new-supervisor",
    is_flag=True,
    help="A new supervisor begins: nothing goes on that was between the worker and the one before.",
)
@click.option(
    "--keep",
    multiple=True,
    metavar="ID",
    help="A topic that the worker hands on to a new supervisor; or a file that has an id on each line.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FOLDER",
    multiple=True,
    help="Where to write: a folder in it for each reader. With --example, the file. Of a joint session, one for each "
    "supervisee, in their order.",
)
@click.option(
    "--example", cls=ListingOption, names=names.examples, metavar="KIND", help="Print a file to start from: {}."
)
@journal_option()
@profiles_option
@occasions_option
@click.option("--private", metavar="FILE", help="A file that only you can open, with what only the two may read.")
@click.option(
    "--papers",
    multiple=True,
    metavar="NAME",
    help="Further papers, joined by commas: preparation, pair-notes, first-session, case-record, informal, "
    "same-day-decision, oversight, disagreement, workload-statement, escalation, action-log, beside-the-hour, notes, "
    "cards.",
)
@series_option
@click.option(
    "--another", is_flag=True, help="It is another session than the one planned in FOLDER, which stays as it is."
)
@to_option("{}.", default="docx", show_default=True)
@templates_option
@looks_options("large-print", "dyslexia-friendly", "pen")
@plain_option
@brand_option
@force_option
@from_option
def plan(
    session: str | None,
    after: tuple[str, ...],
    bring: tuple[str, ...],
    supervisor_brings: tuple[str, ...],
    on_record: bool,
    date: datetime.date | None,
    start: str | None,
    minutes: int | None,
    aim: str | None,
    profile: str | None,
    occasion: str | None,
    drop: tuple[str, ...],
    new_supervisor: bool,
    keep: tuple[str, ...],
    outputs: tuple[str, ...],
    example: str | None,
    journal: str | None,
    profiles: tuple[str, ...],
    occasions: tuple[str, ...],
    private: str | None,
    papers: tuple[str, ...],
    series: str | None,
    another: bool,
    to: str,
    templates: tuple[str, ...],
    looks: list[str],
    plain: bool,
    brand: str | None,
    force: bool,
    sources: tuple[str, ...],
) -> int:
    """
    Plan a session, and write its papers.

    It follows from last time's record, or from what you bring, or from a session file, or from several of these: what
    is said here goes before the file, and that before the record. Open actions come back, decisions to confirm, and
    what was put off or never spoken of; what anybody said does not.

    Each of the two gets an agenda and a record, and the plan is kept beside them (plan-DATE.json), for the two alone.
    Without -o, the agenda is printed. Advice goes to standard error, never onto a paper.

    \b
    Examples:
      reflect plan --bring "what to say to the school"
      reflect plan --example one-to-one -o session.yaml
      reflect plan session.yaml -o papers
      reflect plan --after papers/supervisor/record-2026-03-04.docx -o papers --journal ours
    """
    from reflect.between_sessions.joint_session import in_folders, joint_sessions, names_several
    from reflect.between_sessions.next_session import following
    from reflect.between_sessions.planned_again import following_in_folder, left_out
    from reflect.planning import checking
    from reflect.planning.new_part import names_id
    from reflect.planning.session_file import read_private_lines
    from reflect.questions.model import Aim
    from reflect.rendering import session_papers
    from reflect.rendering.papers_by_name import refuse_unknown_papers
    from reflect.rendering.rendering import render

    check_one_of("--for", aim, Aim)
    output = outputs[-1] if outputs else None
    if example is not None:
        _write_example(example, output, force)
        return 0
    if session is None and not (after or bring or supervisor_brings):
        for line in _NEEDS:
            print_message(line)
        return 2
    asked = [name.strip() for listed in papers for name in listed.split(",") if name.strip()]
    lines: tuple[str, ...] = ()
    if private:
        of_the_two, doubts = read_private_lines(Path(private))
        lines = of_the_two.pair
        for doubt in doubts:
            print_message(f"warning: {doubt}")
    models, shelf = read_catalogue(sources), template_folders(templates)
    profile_folders = [path_or_package(each) for each in profiles]
    occasion_folders = [path_or_package(each) for each in occasions]
    said_occasion = _path_of_yaml(occasion)
    if session is not None and names_several(Path(session)):
        said = (
            after,
            bring,
            on_record,
            date,
            start,
            minutes,
            aim,
            profile,
            drop,
            lines,
            journal,
            series,
            new_supervisor,
            keep,
        )
        if any(said):
            raise click.UsageError(_ONLY_ITS_FILE)
        joint = joint_sessions(
            Path(session),
            profiles=profile_folders,
            occasion=said_occasion,
            occasions=occasion_folders,
            models=models,
            told=print_message,
        )
        for remark in joint[0].plan.remarks:
            print_message(f"note: {remark}")
        agency = read_brand(brand)
        made_by_folder = [
            (
                folder,
                each.papers(
                    moved=moved,
                    more=asked,
                    to=to,
                    models=models,
                    templates=shelf,
                    looks=looks,
                    plain=plain,
                    brand=agency,
                ),
            )
            for folder, each, moved in in_folders(joint, [Path(each) for each in outputs], another=another)
        ]
        for path in session_papers.keep_all(made_by_folder, force=force):
            print_line(str(path))
        return 0
    into = following if output in (None, "-") else functools.partial(following_in_folder, Path(output), another=another)
    found = into(
        [Path(each) for each in after],
        [line for text in bring for line in (read_lines() if text == "-" else (text,))],
        session=Path(session) if session else None,
        supervisor_brings=[line for text in supervisor_brings for line in (read_lines() if text == "-" else (text,))],
        on_record=on_record,
        date=date,
        start=start or "",
        minutes=minutes,
        aim=aim or "",
        profile=_path_of_yaml(profile),
        series=series or "",
        drop=drop,
        new_supervisor=new_supervisor,
        keep=[each if names_id(each) else Path(each) for each in keep],
        journal=Path(journal) if journal else None,
        private=lines,
        profiles=profile_folders,
        occasion=said_occasion,
        occasions=occasion_folders,
        models=models,
        templates=shelf,
        told=print_message,
    )
    if len(outputs) > 1:
        raise click.UsageError("there is one folder for this session; name one with -o")
    planned, settings = found.plan, found.next_file.settings
    group = settings.setting == "group"
    for note in (*_questions_to_bringers(found.asks, group), *planned.remarks):
        print_message(f"note: {note}")
    log = checking.findings_of_series(found.log, settings, models=models)
    for finding in (*checking.findings_of_plan(planned), *log):
        print_message(f"advice: {finding}")
    if output in (None, "-"):
        reader = "group" if group else "supervisor"
        kind = session_papers.agenda_of(planned, group=group)
        wording = session_papers.words_of(planned, found.next_file.file, settings)
        for name in asked:
            print_message(f"note: '{name}' was not made, because only the agenda is printed; name a folder with -o")
        shown = session_papers.ask_bringer(planned.session, [each for each in found.asks if each.whose == reader])
        refuse_unknown_papers(planned, settings, session_papers.MORE, shelf)
        data = render(
            shown, kind, to="txt", reader=reader, wording=wording, plain=plain or settings.plain, templates=shelf
        )
        print_document(data, "txt")
        return 0
    folder = Path(output)
    moved = None if another else found.find_moved(folder)
    _tell_about_folder(folder, found.kept, moved)
    if moved is not None and (lost := [each.topic.id for each in left_out(moved, found)]):
        topics = f"the topic {lost[0]} was" if len(lost) == 1 else f"the topics {', '.join(lost)} were"
        print_message(f"note: {topics} brought to this session before, and not to this plan")
    made = found.papers(
        moved=moved,
        more=asked,
        to=to,
        models=models,
        templates=shelf,
        looks=looks,
        plain=plain,
        brand=read_brand(brand),
    )
    for path in session_papers.keep(folder, made, force=force):
        print_line(str(path))
    for name in session_papers.NEEDS:
        if name in asked and all(paper.asked != name for paper in made):
            print_message(f"note: '{name}' was not made, because {session_papers.NEEDS[name]}")
    return 0


#: What is said of a joint session with more than its file.
_ONLY_ITS_FILE = (
    "a joint session is planned from its session file alone: what was between two people, and what they have used, "
    "does not come into a room with others; leave out all but -o and --occasion"
)
#: What a plan needs, one of three.
_NEEDS = (
    "after a session, name its record: reflect plan --after record-2026-03-04-signed.docx -o papers",
    'for a first session, say what you bring: reflect plan --bring "what to say to the school" -o papers',
    "or name a session file: reflect plan session.yaml; 'reflect plan --example one-to-one' prints one",
)


def _path_of_yaml(named: str | None) -> str | Path:
    """
    Return the path of a file that an option names by its ending; anything else is a name, and stays as it is.
    """
    return Path(named) if named and named.endswith((".yaml", ".yml")) else named or ""


def _questions_to_bringers(asks: Iterable[Brought], group: bool) -> Iterator[str]:
    """
    What comes back for the first time: whoever brought it is asked, once, and by nobody else.
    """
    names: dict[str, list[str]] = {}
    for each in asks:
        names.setdefault(each.whose, []).append(each.topic.id)
    for whose, ids in names.items():
        who = "whoever brought it" if group or whose == "both" else f"the {whose}"
        topics = f"the topic {ids[0]}" if len(ids) == 1 else f"the topics {', '.join(ids)}"
        yield f"{topics} came back; only {who} says whether it is still wanted, and --drop {ids[0]} leaves it out"


def _tell_about_folder(folder: Path, plan: KeptPlan, moved: KeptPlan | None) -> None:
    """
    Say that a session moves, and offer a code for a series that has none and a folder that holds no plan yet.
    """
    from reflect.planning.kept_plans import plans_in
    from reflect.sessions.series_codes import new_code
    from reflect.text.prose import day_in_words

    if moved is not None and moved.date != plan.date:
        print_message(
            f"note: the session of {day_in_words(moved.day)} moves to {day_in_words(plan.day)}, and its calendar entry "
            "with it; if this is another session, say --another"
        )
    if not plan.series and next(iter(plans_in(folder)), None) is None:
        print_message(
            f"note: a code such as '{new_code()}' keeps the papers of other people out of this folder; if you want "
            "one, write it as 'series' into the session file, or give it with --series"
        )


def _write_example(name: str, output: str | None, force: bool) -> None:
    from reflect.errors import write_one_of
    from reflect.files.writing import write

    known = names.names_in_folder(names.EXAMPLES, ".yaml")
    if name not in known:
        what = f"there is no example '{name}'; {write_one_of(name, known)}"
        raise click.BadParameter(what, param_hint="--example")
    text = (names.EXAMPLES / f"{name}.yaml").read_text("utf-8")
    if output in (None, "-"):
        print_text(text)
    else:  # what > writes in Windows' PowerShell is not UTF-8
        write(Path(output), text.encode(), force=force, stamp=False, private=False)
        print_line(output)


@click.command
@journal_option()
@click.option("--minutes", type=MINUTES, default=20, show_default=True, help="How much time there is.")
@click.option("--suits", default="one-to-one", show_default=True, help="one-to-one, group or self.")
@click.option("--people", type=WholeNumber("people", 1, 99), help="Only what works with so many people.")
@click.option("--for", "aim", cls=ListingOption, names=names.aims, metavar="WORD", help="What the topic is for: {}.")
@click.option("--family", default="", metavar="REFERENCE", help="The family or case it is for.")
@click.option("--purpose", default="", help="An element or a function it should serve.")
@click.option("--instead-of", default="", metavar="KEY", help="A model that you are stuck with: suggest another kind.")
@click.option("--after-shock", is_flag=True, help="Something has happened that comes before any model.")
@click.option("--on-screen", is_flag=True, help="Somebody is not in the room: nothing that needs one.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another number gives another order.")
@from_option
def suggest(
    journal: str | None,
    minutes: int,
    suits: str,
    people: int | None,
    aim: str | None,
    family: str,
    purpose: str,
    instead_of: str,
    after_shock: bool,
    on_screen: bool,
    seed: int,
    sources: tuple[str, ...],
) -> None:
    """
    Suggest what to try next, and say why. Nothing here claims to work better.

    The same again is always the first offer, and needs no reason. Then come three that differ in kind, and no model
    today.

    \b
    Examples:
      reflect suggest --journal ours --minutes 30
      reflect suggest --for conflict
      reflect suggest --instead-of kolb-cycle --minutes 10
    """
    from reflect.planning import suggesting
    from reflect.planning.candidates import candidates
    from reflect.questions.model import Aim, Suits
    from reflect.questions.question import Element, Function

    check_one_of("--suits", suits, Suits)
    check_one_of("--purpose", purpose or None, (*Element, *Function))
    check_one_of("--for", aim, Aim)
    advice = suggesting.suggest(
        candidates(read_catalogue(sources)),
        read_journal(journal),
        minutes=minutes,
        suits=suits,
        people=people or 0,
        family=family,
        aim=aim or "",
        purpose=purpose,
        instead_of=instead_of,
        shock=after_shock,
        on_screen=on_screen,
        seed=seed,
    )
    for note in advice.notes:
        print_result(note)
    if advice.again:
        print_result(f"The same again: {advice.again.title} ({advice.again.key}).")
    for suggestion in advice.suggestions:
        print_result(f"{suggestion.title} ({suggestion.key}). {suggestion.why}")


@click.command
@click.argument("session", metavar="SESSION.yaml")
@click.argument("record", required=False, metavar="[RECORD]")
@journal_option(required=True)
@profiles_option
@occasion_option
@occasions_option
@click.option("--minutes", type=MINUTES, help="How long it really took.")
@click.option("--used", multiple=True, metavar="KEY", help="A model that was used, if the record does not say so.")
@click.option("--as-planned", is_flag=True, help="All was held as planned, where nothing else is said.")
@click.option("--not-reached", multiple=True, metavar="ITEM", help="A kind of item, a family or a case not reached.")
@click.option(
    "--unfinished", multiple=True, metavar="REFERENCE", help="A family or case whose model is continued next time."
)
@click.option("--useful", default="", help="What the supervisee said was useful.")
@click.option("--change", default="", help="What the supervisee wants changed.")
@click.option("--attended", type=WholeNumber("people", 0, 99), help="How many of a group were there.")
@click.option(
    "--closes-part",
    metavar="ROLE",
    help="Which of the two closes this part of the series, supervisee or supervisor: nothing between them goes on.",
)
@series_option
@output_option("FOLDER", "The folder of papers; if the session was cancelled, its calendar entry there is, too.")
@click.option("--cancelled-by", help="Who cancelled it, if it was not held: supervisee, supervisor or both.")
@click.option("--rearranged", help="The day it was moved to, such as 2026-03-11.")
@from_option
def held(
    session: str,
    record: str | None,
    journal: str,
    profiles: tuple[str, ...],
    occasion: str | None,
    occasions: tuple[str, ...],
    minutes: int | None,
    used: tuple[str, ...],
    as_planned: bool,
    not_reached: tuple[str, ...],
    unfinished: tuple[str, ...],
    useful: str,
    change: str,
    attended: int | None,
    closes_part: str | None,
    series: str | None,
    output: str | None,
    cancelled_by: str | None,
    rearranged: str | None,
    sources: tuple[str, ...],
) -> None:
    """
    Write into the journal that a session was held or cancelled.

    Nothing that was planned counts as held until somebody says so: in RECORD, its filled record, by a tick or by words
    under a heading; or here, with --used or --as-planned. No answers are kept.

    If there was no time for something the supervisee brought, its place in the session file is noted, and it comes
    first next time.

    \b
    Examples:
      reflect held session.yaml record-2026-03-04.docx --journal ours --minutes 80
      reflect held may.yaml --journal ours --minutes 80 --as-planned --not-reached talk
      reflect held april.yaml --journal ours --cancelled-by supervisor --rearranged 2026-03-11 -o papers
    """
    import attrs

    from reflect.planning.agenda import arrange
    from reflect.planning.joint import file_of_one, is_joint
    from reflect.planning.keeping import entry, path_from, resume
    from reflect.planning.kept_plans import occasion_of_kept_plan
    from reflect.planning.session_file import load
    from reflect.planning.what_for import SessionFacts
    from reflect.questions.rings import Ring
    from reflect.reading_back import read as read_back
    from reflect.rendering import session_papers
    from reflect.sessions import journal as journals

    places = [path_or_package(each) for each in occasions]
    loaded, settings = load(Path(session), map(path_or_package, profiles), places)
    for warning in loaded.doubts:
        print_message(f"warning: {warning}")
    folder, models = Path(journal), read_catalogue(sources)
    for key in used:
        models.load(key)
    past = journals.read(folder)
    # A journal without a session is no sign that this was the first: it may be the first that is noted in it.
    facts = attrs.evolve(SessionFacts.of(loaded.file, past), journal=False)
    filled = read_back(Path(record), models=models) if record else None
    if is_joint(loaded.file):
        codes = {series or (filled.series if filled else "") or past.series}
        loaded = attrs.evolve(loaded, file=file_of_one(loaded.file, codes))
    elif series is not None:
        loaded = attrs.evolve(loaded, file=attrs.evolve(loaded.file, series=(series,)))
    file = resume(loaded.file, past, folder).file
    said = _path_of_yaml(occasion) or occasion_of_kept_plan(
        file, [Path(each).parent for each in (record,) if each] + [Path(each) for each in (output,) if each], places
    )
    meeting = entry(
        arrange(file, settings, past, models=models, occasion=said, occasions=places, facts=facts),
        file,
        record=filled,
        minutes=minutes,
        used=used,
        as_planned=as_planned,
        not_reached=not_reached,
        unfinished=unfinished,
        useful=useful,
        change=change,
        ring=Ring.GROUP if settings.setting == "group" else Ring.PERSONAL,
        attended=attended,
        part=past.part,
        closes_part=closes_part or "",
        cancelled_by=cancelled_by,
        rearranged=rearranged,
        where=path_from(folder, Path(session)),
    )
    if meeting.held and not meeting.used:
        print_message(
            "note: nobody said that a model was used, so none is noted; if one was, say --used KEY, or --as-planned"
        )
    for key, doubt in filled.reading.doubts if filled and filled.reading else ():
        print_message(f"note: {key}: {doubt}")
    for asked in journals.doubts_about(meeting):
        print_message(f"warning: {asked.what}; {asked.remedy}")
    print_line(str(journals.add(folder, meeting)))
    if output is not None and not meeting.held:
        for path in session_papers.cancel_entry(Path(output), meeting.date, rearranged=meeting.rearranged is not None):
            print_line(str(path))


@click.command
@click.argument("journal", metavar="FOLDER")
@click.option(
    "-o",
    "--output",
    cls=ListingOption,
    names=names.formats,
    metavar="FILE",
    help="Where to write: svg, {}, as FILE ends. Without it, the series is printed.",
)
@force_option
@from_option
def series(journal: str, output: str | None, force: bool, sources: tuple[str, ...]) -> None:
    """
    Show what a run of sessions has covered, for the annual review.

    \b
    Example:
      reflect series ours -o covered.svg
    """
    from reflect.files.writing import look_at, write
    from reflect.planning import checking
    from reflect.questions.rings import Ring, is_secret
    from reflect.rendering import coverage
    from reflect.sessions import series as view

    to = "txt" if output in (None, "-") else format_of_ending(output, "svg")
    seen = look_at(Path(output or "-"))
    past, models = read_journal(journal), read_catalogue(sources)
    for finding in checking.findings_of_series(past, models=models):
        print_message(f"advice: {finding}")
    covered = view.series(past, models=models)
    if output in (None, "-"):
        print_document(coverage.render_series(covered, "txt", models=models), "txt")
        return
    # When a pair met, and how often, is between them and whoever is assured of it.
    data = coverage.render_series(covered, to, models=models)
    write(Path(output), data, force=force, private=is_secret(Ring.ASSURANCE), seen=seen)
    print_line(output)
