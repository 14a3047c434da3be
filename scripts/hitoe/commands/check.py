"""`hitoe check`: every mistake in the notes, cards that teach badly, and facts that no longer hold. Builds nothing."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hitoe.commands import Environment, print_warnings, project_folder, tell
from hitoe.messages import joined, say, say_count
from hitoe.problems import InputError, Problem
from hitoe.terminal import problem_formats

if TYPE_CHECKING:
    from hitoe.links import RequestLimits
    from hitoe.model.project import Project

HELP = say("read the notes and print every mistake; build nothing")
CACHE = "build/.cache"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments that limit the check to one thing."""
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--evidence", action="store_true", help=say("only verify the evidence of the notes"))
    only.add_argument(
        "--links", action="store_true", help=say("only ask, over the network, whether the sources are there")
    )
    parser.add_argument(
        "--against", nargs="+", metavar="VERSION", help=say("print since which release, fetched by pip, evidence fails")
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help=say("json: for other programs; github: notes beside the lines of a change"),
    )


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a check: sentences on what is right, warnings, and problems that must be corrected."""

    sentences: Sequence[str]
    warnings: Sequence[Problem] = ()
    problems: Sequence[Problem] = ()


def run(arguments: Namespace, environment: Environment) -> int:
    """Check the notes and print what was found."""
    if arguments.format != "text":
        return _print_for_programs(arguments, environment)
    findings = _findings(arguments, environment)
    print_warnings(findings.warnings, arguments.project)
    if findings.problems:
        raise InputError(findings.problems)
    tell(*findings.sentences)
    return 0


def _print_for_programs(arguments: Namespace, environment: Environment) -> int:
    try:
        findings = _findings(arguments, environment)
    except InputError as error:
        findings = Findings((), problems=error.problems)
    as_text = problem_formats.as_json if arguments.format == "json" else problem_formats.as_github
    if text := as_text(findings.problems, findings.warnings, arguments.project):
        print(text)
    return 1 if findings.problems else 0


def _findings(arguments: Namespace, environment: Environment) -> Findings:
    """Look at what the arguments name; raises InputError if the notes cannot be read."""
    from hitoe import checks

    project = checks.trusted(project_folder(arguments))
    if arguments.against:
        return compare_releases(project, arguments.against)
    if arguments.evidence:
        return verify_evidence(project)
    if arguments.links:
        from hitoe import links

        with environment.progress(say("hitoe: asking sources")) as bar:
            return ask_links(project, environment.now(), links.RequestLimits(), bar.step)
    return check_all(project, environment.now())


def check_all(project: "Project", now: int) -> Findings:
    """Check the compatibility of notes with the shipped deck, evidence, age and lints; `now` is in seconds."""
    from hitoe import checks, lints, sheet
    from hitoe.build import deck_release
    from hitoe.checks import freshness
    from hitoe.model.project import CONTENT
    from hitoe.release import release
    from hitoe.typography import own_fonts

    texts = {file: document.text for file, document in project.documents.items()}
    if problems := deck_release.incompatible(project, texts, release.read_ledgers(project.root)[1]):
        raise InputError(problems)
    entries = list(project.entries())
    items = sum(len(placed.entry.items) for placed in entries)
    counts = say(
        "{topics}, {entries}, {items}: no problems",
        topics=say_count("{count} topic", "{count} topics", len(project.topics)),
        entries=say_count("{count} entry", "{count} entries", len(entries)),
        items=say_count("{count} item", "{count} items", items),
    )
    warnings = {*checks.warnings(project), *lints.warnings(project), *sheet.warnings(project)}
    # Fonts stop the sheet only.
    warnings |= set(own_fonts.read(project.root / CONTENT).problems)
    warnings |= set(freshness.to_review(project, datetime.fromtimestamp(now, UTC).date()))
    evidence = verify_evidence(project)
    return Findings([counts, *_words(project), *evidence.sentences], sorted(warnings), evidence.problems)


def _words(project: "Project") -> Sequence[str]:
    """Return a sentence on the words of a project, if it has some: which stay English in another language."""
    from hitoe import resources
    from hitoe.checks import own_words

    language = project.deck.language
    spoken = (resources.folder() / f"words/{language.primary}.j2").is_file()
    left = own_words.left_out(language.words) if language.words and not spoken else []
    return [say("content/words.yaml has no {left}: English stands there", left=joined(", ", left))] if left else []


def verify_evidence(project: "Project") -> Findings:
    """Verify the evidence of a project."""
    from hitoe import evidence

    claims, problems, release = evidence.verify(project)
    count = say_count("{count} piece of evidence", "{count} pieces of evidence", len(claims))
    verified = say("{count} verified with {release}", count=count, release=release)
    return Findings([verified] if claims else [], problems=problems)


def ask_links(project: "Project", now: int, limits: "RequestLimits", done: Callable[[], None]) -> Findings:
    """Request the sources of a project over the network; `done` is called after each response."""
    from hitoe import links

    addresses = links.source_addresses(project)
    statuses, cached = links.request(list(addresses), project.root / CACHE / "links.json", now, limits, done)
    sentences = [
        say(
            "{count} of {all} sources looked at, {cached} of them within the last day",
            count=len(statuses),
            all=len(addresses),
            cached=cached,
        )
    ]
    if len(statuses) < len(addresses):
        sentences.append(say("for {count} there was no time: run it again", count=len(addresses) - len(statuses)))
    return Findings(sentences, *links.findings(addresses, statuses))


def compare_releases(project: "Project", versions: Sequence[str]) -> Findings:
    """Say since which release the evidence of a project no longer holds, or holds at last."""
    from hitoe import evidence

    releases, differences = evidence.compare(project, versions, project.root / CACHE)
    names = ", ".join(map(str, releases)) or say("nothing, for the notes have no evidence")
    count = say_count("{count} difference", "{count} differences", len(differences))
    return Findings([*map(str, differences), say("compared with {names}: {count}", names=names, count=count)])
