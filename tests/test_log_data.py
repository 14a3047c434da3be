"""The data of the log: what a build may keep of it, and the hash by which a build knows that a file is unchanged."""

import io
import pickle
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from hitoe import checks, log
from hitoe.log import LogData, topic_weeks
from hitoe.model.project import Project
from support.logs import log_data, log_files
from support.pictures import png
from support.projects import edit, example_copy

FORMATS = (".md", ".commonmark.md", ".html")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return example_copy(tmp_path / "project")


def hashes(root: Path) -> dict[str, str]:
    """Return the hash of what each file of the log is made from."""
    asked: dict[str, str] = {}

    def unchanged(name: str, inputs_hash: str) -> bool:
        asked[name] = inputs_hash
        return True

    assert log.render(log_data(checks.trusted(root)), unchanged=unchanged) == {}
    return asked


class DataclassesOnly(pickle.Unpickler):
    """Makes frozen dataclasses of hitoe, and values that pickle has an opcode for."""

    def find_class(self, module: str, name: str) -> object:
        found = super().find_class(module, name)
        if not (module.startswith("hitoe.") and is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def test_topic_weeks_are_plain_values_that_can_be_kept_in_a_file(example_project: Project) -> None:
    data = log_data(example_project)
    kept = DataclassesOnly(io.BytesIO(pickle.dumps(data.weeks))).load()
    assert kept == data.weeks
    again = LogData(data.root, data.deck, data.topics, kept)
    assert log.render(again) == log.render(data)


def test_the_data_of_all_topics_is_that_of_each_topic_one_after_the_other(example_project: Project) -> None:
    topics = {
        name: Project(example_project.root, example_project.deck, {name: topic}, {})
        for name, topic in example_project.topics.items()
    }
    weeks = [week for one in topics.values() for week in topic_weeks(one)]
    assert len(topics) > 1
    assert tuple(weeks) == log_data(example_project).weeks


def test_files_that_are_unchanged_are_left_out(example_project: Project) -> None:
    data = log_data(example_project)
    files = log.render(data, unchanged=lambda name, _: name != "2020-W53.md")
    assert files == {"2020-W53.md": log.render(data)["2020-W53.md"]}


def test_an_edited_entry_changes_the_hashes_of_its_own_week_only(project: Path) -> None:
    before = hashes(project)
    edit(project, "chiri.yaml", "富士山は静岡県", "富士の山は静岡県")
    after = hashes(project)
    assert before.keys() == after.keys() == log_files(checks.trusted(project)).keys()
    assert {name for name in after if after[name] != before[name]} == {f"2020-W30{suffix}" for suffix in FORMATS}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("topics/ryori.yaml", "title: 料理の科学", "title: 料理"),
        ("topics/kiho.yaml", "title: 記法", "title: 書き方"),
        ("topics/chiri.yaml", "learned: 2020-W30", "learned: 2020-W29"),
        ("topics/chiri.yaml", "checked: 2025-04-02", "checked: 2025-04-03"),
        ("topics/kiho.yaml", "order: 2", "order: 9"),
        ("topics/chiri.yaml", "learned: 2020-W30\n    domain: chiri", "learned: 2020-W30\n    domain: ryori"),
        ("deck.yaml", "title: 【雑学】一日ひとつの学習", "title: 学習"),
        ("images/flag.png", "", ""),
    ],
    ids=["topic", "topic named in the feed", "week", "date", "order", "domain", "series", "picture"],
)
def test_a_file_that_changes_has_another_hash(project: Path, file: str, old: str, new: str) -> None:
    before, files = hashes(project), log_files(checks.trusted(project))
    path = project / "content" / file
    if old:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    else:
        path.write_bytes(png())
    after = hashes(project)
    changed = {name for name, text in log_files(checks.trusted(project)).items() if files.get(name) != text}
    assert changed
    assert all(before.get(name) != after[name] for name in changed)
