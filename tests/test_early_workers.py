"""A build that remembers nothing starts its workers early; its deck is that of any other build."""

from dataclasses import replace
from pathlib import Path

import pytest
from hitoe import content_folder, memo, workers
from hitoe.build import early_workers, pipeline
from hitoe.build.early_workers import early_workers as started_early
from hitoe.build.request import Request
from hitoe.content_folder import ContentFolder
from support.projects import example_copy


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """A request for the deck of the example."""
    root = example_copy(tmp_path / "project")
    return Request(root, root / "build", ["deck"], now=1_600_000_000)


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST", 2)
    monkeypatch.setattr(early_workers, "WORTH_A_WORKER", 1)


def test_few_notes_are_worth_no_worker(request_: Request) -> None:
    with started_early(request_) as processes:
        assert processes is None


def test_large_pictures_are_no_notes(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_workers, "WORTH_A_WORKER", 1_000_000)
    (request_.root / "content" / "large.png").write_bytes(bytes(1_000_000))
    with started_early(request_) as processes:
        assert processes is None


def test_notes_that_are_gone_once_the_folder_was_listed_have_no_size(
    request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed(root: Path) -> ContentFolder:
        found = walk(root)
        next(path for name, path in found.files.items() if name.startswith("content/topics/")).unlink()
        return found

    walk = content_folder.walk
    monkeypatch.setattr(content_folder, "walk", listed)
    with started_early(request_) as processes:
        assert processes is None


@pytest.mark.usefixtures("few_are_enough")
def test_many_notes_are_until_a_build_has_left_its_results(request_: Request) -> None:
    with started_early(request_) as processes:
        assert processes is not None
    pipeline.build(request_)
    assert (request_.out / memo.FILES["deck"]).exists()
    with started_early(request_) as processes:
        assert processes is None


@pytest.mark.usefixtures("few_are_enough")
def test_other_outputs_than_the_deck_start_theirs_themselves(request_: Request) -> None:
    with started_early(replace(request_, outputs=["log", "sheet"])) as processes:
        assert processes is None


def test_the_deck_is_the_same(request_: Request, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pipeline.build(request_)
    root = example_copy(tmp_path / "other")
    request.getfixturevalue("few_are_enough")
    pipeline.build(Request(root, root / "build", ["deck"], now=1_600_000_000))
    (deck,) = request_.out.glob("*.apkg")
    assert (root / "build" / deck.name).read_bytes() == deck.read_bytes()
