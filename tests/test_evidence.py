"""Facts that prove themselves: what the notes claim of API models is compared with the models."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hitoe import checks, evidence
from hitoe.cli import main
from hitoe.evidence import botocore
from hitoe.evidence.claims import claims
from hitoe.evidence.packages import PackageRelease, installed
from hitoe.values.evidence import Expectation
from support.models import released
from support.notes import item, problems, written
from test_architecture import loaded_by

ROOT = Path(__file__).resolve().parent.parent
FACT = "fact: 問い\nis: 答え\n"
TABLE = "table: 動物\ncolumns: {a: 色}\nrows:\n  lion: {a: 黄}\n  seal: {a: 灰}\n  owl: {label: '`park:owl`', a: 茶}\n"


@pytest.fixture(autouse=True)
def park(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small botocore be the one that is installed."""
    monkeypatch.syspath_prepend(str(released(tmp_path / "installed")))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


def said(folder: Path, text: str) -> list[str]:
    """Return what the evidence of one item is told, without the file."""
    project = checks.trusted(written(folder / "project", {"t.yaml": item(text)}))
    return [str(problem).removeprefix("content/t.yaml:") for problem in sorted(evidence.verify(project)[1])]


@pytest.mark.parametrize(
    ("place", "expect"),
    [
        ("park#Count.max", "100"),
        ("park#Count.max", "'100.0'"),
        ("park#Count.rate", "0.050"),
        ("park#shapes.Count.max", "100"),
        ("park#metadata.serviceId", "Park"),
        ("park#operations.Feed.deprecated", "true"),
        ("park#operations.Pet.deprecated", "false"),
        ("park#Animal.enum", "['park:owl', seal, lion]"),
        ("park#Animal.enum", "{includes: [seal]}"),
        ("park#Cage.members", "{keys: [size]}"),
        ("park#Cage.members", "{keys_equal: [size, animal], keys_absent: [lion]}"),
        ("park#operations", "{keys: [Pet]}"),
        ("park#documentation", "{contains: [A park has animals., 'animals. It is open until 9 pm & free.']}"),
        ("park#documentation", '{contains: ["is  open\\n until"]}'),
        ("park#Cage.members.animal.documentation", "{contains: [Which one]}"),
        ("park#", "{keys: [shapes]}"),
        ("park#operations.Tame", "{absent: true}"),
        ("zoo#", "{absent: true}"),
        ("_retry#retry.park.__default__.base", "0.05"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_what_holds_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, expect: str, packed: bool
) -> None:
    monkeypatch.syspath_prepend(str(released(tmp_path / "packed", packed=packed)))
    assert said(tmp_path, FACT + f'evidence: {{botocore: "{place}", expect: {expect}}}') == []


FOUND = "found the list lion, seal, park:owl"
CAGE = "found the keys animal, size"


@pytest.mark.parametrize(
    ("place", "expect", "told"),
    [
        ("park#Count.max", "99", ["19: expected 99, found 100"]),
        ("park#Count.max", "many", ["19: expected many, found 100"]),
        ("park#Count.min", "true", ["19: expected true, found 1"]),
        ("park#metadata.serviceId", "Parc", ["19: expected Parc, found 'Park'"]),
        ("park#operations.Pet.deprecated", "true", ["19: expected true, found false"]),
        ("park#Animal.enum", "lion", [f"19: expected lion, {FOUND}"]),
        (
            "park#Animal.enum",
            "[lion, sea, 'park:owl']",
            ["19: expected lion, sea, park:owl only, found also seal", "26: expected 'sea', found 'seal'"],
        ),
        ("park#Count.max", "['100']", ["19: expected a list, found 100"]),
        (
            "park#Animal.enum",
            "{includes: [lion, Lion, dog]}",
            ["37: expected 'Lion', found 'lion'", f"43: expected 'dog', {FOUND}"],
        ),
        ("park#Animal.enum", "{keys: [lion]}", [f"26: expected a mapping, {FOUND}"]),
        ("park#Cage.members", "{keys: [door]}", [f"27: expected 'door', {CAGE}"]),
        ("park#Cage.members", "{keys_equal: [size]}", ["32: expected size only, found also animal"]),
        ("park#Cage.members", "{keys_equal: [size, animal, door]}", [f"47: expected 'door', {CAGE}"]),
        ("park#Count.max", "{keys_equal: []}", ["32: expected a mapping, found 100"]),
        ("park#Cage.members", "{keys_absent: [size]}", ["34: expected no 'size', found it"]),
        ("park#Count.max", "{keys_absent: [size]}", ["34: expected a mapping, found 100"]),
        (
            "park#documentation",
            "{contains: [open until 8 pm]}",
            ["31: expected 'open until 8 pm', found '…open until 9 pm & free.'"],
        ),
        ("park#documentation", "{contains: [XYZ]}", ["31: expected 'XYZ', found nothing like it"]),
        ("park#Count.max", "{contains: ['1']}", ["31: expected a text, found 100"]),
        ("park#operations.Pet", "{absent: true}", ["28: expected nothing, found the keys name, deprecated"]),
    ],
)
def test_what_moved_is_told_with_what_was_expected_and_found(
    tmp_path: Path, place: str, expect: str, told: list[str]
) -> None:
    text = FACT + f'evidence:\n  botocore: "{place}"\n  expect: {expect}'
    assert said(tmp_path, text) == [
        f"12:{column}: {place}: {words} in botocore 1.2.3: correct the note, or its evidence"
        for column, words in (line.split(": ", 1) for line in told)
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("park#Anmal.enum", "expected 'Anmal', found 'Animal'"),
        ("park#Animal.list", "expected 'list', found nothing of that name"),
        ("park#Count.max.of", "expected 'of', found nothing of that name"),
        ("part#", "expected 'part', found 'park'"),
        ("park.Animal.enum", "the place is not understood: write it as service#path"),
        ("../data/park#", "expected '../data/park', found nothing of that name"),
        ("park#Old", "expected 'Old', found nothing of that name"),
    ],
)
def test_a_place_that_is_not_there_is_told_with_the_closest_that_is(tmp_path: Path, place: str, told: str) -> None:
    assert said(tmp_path, FACT + f'evidence: {{botocore: "{place}"}}') == [
        f"10:30: {place}: {told} in botocore 1.2.3: correct the note, or its evidence"
    ]


@pytest.mark.parametrize("place", ["parc#operations.Tame", "park#operation.Tame", "park", "park#Anmal.enum"])
def test_nothing_is_absent_from_where_nothing_is(tmp_path: Path, place: str) -> None:
    assert len(said(tmp_path, FACT + f'evidence: {{botocore: "{place}", expect: {{absent: true}}}}')) == 1


def test_each_evidence_of_a_list_is_verified_at_its_place(tmp_path: Path) -> None:
    lines = '- {botocore: "park#Count.max", expect: 1}\n- {botocore: "park#Count.min", expect: 1}\n'
    assert said(tmp_path, FACT + "evidence:\n" + lines + '- {botocore: "park#Count.min", expect: 2}') == [
        "11:48: park#Count.max: expected 1, found 100 in botocore 1.2.3: correct the note, or its evidence",
        "13:48: park#Count.min: expected 2, found 1 in botocore 1.2.3: correct the note, or its evidence",
    ]


ROWS = 'evidence: {botocore: "park#Animal.enum", rows: equal}'


def test_a_row_is_known_by_its_key_or_its_label(tmp_path: Path) -> None:
    assert said(tmp_path, TABLE + ROWS) == []


@pytest.mark.parametrize("label", ["lyon", "`lyon`", "ライオン(`lyon`)"])
def test_a_row_is_what_learners_read_not_its_key(tmp_path: Path, label: str) -> None:
    table = TABLE.replace("lion: {", f"lion: {{label: '{label}', ")
    assert "expected row 'lyon'" in "".join(said(tmp_path, table + ROWS))


@pytest.mark.parametrize("label", ["lion", "`lion`", "ライオン(`lion`)", "ライオン"])
def test_a_row_with_a_label_that_is_right_or_in_the_learners_language(tmp_path: Path, label: str) -> None:
    assert said(tmp_path, TABLE.replace("lion: {", f"lion: {{label: '{label}', ") + ROWS) == []


def test_rows_that_are_missing_and_rows_too_many_are_named(tmp_path: Path) -> None:
    assert said(tmp_path, TABLE.replace("seal", "bear") + ROWS) == [
        f"12:17: park#Animal.enum: expected row 'bear', {FOUND} in botocore 1.2.3: correct the note, or its evidence",
        "14:56: park#Animal.enum: expected the table's rows only, found also seal in botocore 1.2.3: "
        "correct the note, or its evidence",
    ]


def test_a_retired_row_is_no_row(tmp_path: Path) -> None:
    table = TABLE.replace("seal: {", "seal: {retired: true, ")
    assert "found also seal" in "".join(said(tmp_path, table + ROWS))


def test_rows_are_compared_with_keys_too_but_not_with_a_number(tmp_path: Path) -> None:
    table = "table: 操作\ncolumns: {a: 色}\nrows:\n  Feed: {a: 黄}\n  Pet: {a: 灰}\n"
    assert said(tmp_path, table + 'evidence: {botocore: "park#operations", rows: equal}') == []
    assert (
        "expected a list, found 100" in said(tmp_path, table + 'evidence: {botocore: "park#Count.max", rows: equal}')[0]
    )


def test_only_a_table_has_rows(tmp_path: Path) -> None:
    assert problems(tmp_path, {"t.yaml": item(FACT + ROWS)}) == [
        "content/t.yaml:10:56: only a table has rows to compare: say with `expect:` what must be there"
    ]


def test_what_is_retired_is_not_verified(tmp_path: Path) -> None:
    assert said(tmp_path, FACT + 'retired: true\nevidence: {botocore: "park#Count.max", expect: 1}') == []


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("", "10:44: an empty value: write the text, or leave the key out"),
        ("{contians: [a]}", "10:45: unknown key 'contians': did you mean 'contains'?"),
        ("{contains: a}", "10:55: text where a list belongs: write it as [one, another]"),
        ("{absent: perhaps}", "10:53: 'perhaps' is neither true nor false: write true or false"),
        ("{absent: true, keys: [a]}", "10:44: what is absent has nothing else to expect: write {absent: true} alone"),
    ],
)
def test_an_expectation_that_says_nothing_sound_is_refused(tmp_path: Path, expect: str, told: str) -> None:
    text = FACT + f"evidence: {{botocore: 'x#', expect: {expect}}}"
    assert [line.removeprefix("content/t.yaml:") for line in problems(tmp_path, {"t.yaml": item(text)})] == [told]


HOLDS = FACT + 'evidence: {botocore: "park#Count.max", expect: 100}'


def check(project: Path, *words: str) -> int:
    return main(["check", "-C", str(project), *words])


def test_check_counts_what_it_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path / "project", {"t.yaml": item(HOLDS)})
    assert check(project) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["1 piece of evidence verified with botocore 1.2.3"]
    assert check(project, "--evidence") == 0
    assert capsys.readouterr().out == "1 piece of evidence verified with botocore 1.2.3\n"
    written(project, {"t.yaml": item(HOLDS.replace("100", "99"))})
    assert check(project) == check(project, "--evidence") == 1
    assert "t.yaml:10:56: park#Count.max: expected 99, found 100" in capsys.readouterr().err


def test_notes_without_evidence_need_no_botocore_and_others_say_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = written(tmp_path / "project", {"t.yaml": item(HOLDS)})
    assert check(project) == 0  # and loads what is loaded when it is needed
    monkeypatch.setattr(sys, "path", [place for place in sys.path if not (Path(place) / "botocore").is_dir()])
    capsys.readouterr()
    assert check(project) == 1
    assert capsys.readouterr().err == (
        "hitoe: the notes name botocore as evidence, and it is not installed: `make check` installs it, "
        "or else `pip install botocore`\n"
    )
    written(project, {"t.yaml": item(FACT)})
    assert check(project) == 0
    assert capsys.readouterr().out == "1 topic, 1 entry, 1 item: no problems\n"


def test_nothing_of_a_verified_package_is_imported(tmp_path: Path) -> None:
    project = written(tmp_path / "project", {"t.yaml": item(FACT + 'evidence: {botocore: "sqs#"}')})
    order = f"assert main(['check', '-C', {str(project)!r}]) == 0"
    loaded = loaded_by("from hitoe.cli import main", order)
    assert "hitoe.evidence.botocore" in loaded
    assert not [name for name in loaded if name.partition(".")[0] in ("botocore", "boto3", "urllib3")]


CONTENT = checks.trusted(ROOT)


@pytest.fixture(scope="module")
def real() -> PackageRelease:
    """Return the botocore that scripts/lock/ names: found before a small one is put in its place."""
    return installed("botocore")


def broken(expect: Expectation) -> Expectation:
    """Return what can never be true where `expect` is."""
    wrong = {
        name: not value if name == "absent" else ("no such thing" if isinstance(value, str) else (*value, "no such"))
        for name, value in expect
        if value
    }
    # That one more key is absent may well be true.
    if expect.keys_absent:
        wrong["equal"] = "no such thing"
    return Expectation.model_construct(**{**dict(iter(expect)), **wrong})


def test_all_evidence_of_the_notes_holds_and_none_would_hold_whatever_it_said(real: PackageRelease) -> None:
    made = list(claims(CONTENT))
    assert len(made) > 100
    find = botocore.Models(real.folder)
    assert [mismatch for claim in made for mismatch in claim.mismatches(find)] == []
    for claim in made:
        fewer = claim.rows and dict(list(claim.rows.items())[1:])
        wrong = claim.evidence.model_copy(update={"expect": broken(claim.evidence.expect)})
        assert list(replace(claim, rows=fewer, evidence=wrong).mismatches(find)), claim.evidence
