"""The language that hitoe speaks: chosen at the edge, and used for every message that is shown."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hitoe import translation
from hitoe.cli import main
from hitoe.messages import joined, say, say_count
from support.notes import item, written

WRONG = item("fact: 問い\nis:")


@pytest.fixture
def speaking() -> Iterator[None]:
    translation.speak("ja")
    yield
    translation.speak("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "jam_JM.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        ({"LC_MESSAGES": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_as_for_other_programs(environment: dict[str, str], language: str) -> None:
    assert translation.preferred(environment) == language


def test_a_message_is_shown_with_all_its_parts_in_one_language(speaking: None) -> None:
    hint = say("key '{key}' is missing: add it", key="is")
    assert (
        translation.shown(say("hitoe: {error}", error=ValueError(hint)))
        == "hitoe: キー 'is' がありません。書き足してください"
    )
    assert translation.shown(joined(" / ", ("add it", hint))) == "add it / キー 'is' がありません。書き足してください"
    count = say_count("hitoe: {count} problem, {outcome}", "hitoe: {count} problems, {outcome}", 2, outcome=hint)
    assert translation.shown(count) == "hitoe: 問題が2件あります(キー 'is' がありません。書き足してください)"


def test_what_has_no_translation_is_shown_in_english(speaking: None) -> None:
    assert translation.shown(say("a template without {what}", what="translation")) == "a template without translation"


@pytest.mark.parametrize("words", [["--language", "ja", "check"], ["check", "--language=ja"]])
def test_the_option_goes_before_the_environment(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    project = written(tmp_path, {"t.yaml": WRONG})
    assert main([*words, "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "hitoe: 問題が1件あります(何も書き出しませんでした)"
    assert main(["check", "-C", str(project)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "hitoe: 1 problem, nothing was written"


@pytest.mark.parametrize(
    "words", [["--help"], ["check", "--help"], ["build", "dekc"], ["--language", "ja", "check", "-x"]]
)
def test_help_and_wrong_arguments_are_told_in_the_language(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    with pytest.raises(SystemExit):
        main(words)
    told = "".join(capsys.readouterr())
    assert told.startswith("使い方: hitoe")
    assert not {"usage", "error", "options", "choose", "unrecognized"} & set(told.replace(":", " ").split())
    assert "LANGUAGE" not in os.environ


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
def test_a_console_without_japanese_letters_gets_escapes(encoding: str, tmp_path: Path) -> None:
    project = written(tmp_path, {"t.yaml": WRONG})
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LANG": "ja_JP.UTF-8"}
    told = ["hitoe: 問題が1件あります(何も書き出しませんでした)", "使い方: hitoe"]
    for words, wanted in zip((["check", "-C", str(project)], ["chek"]), told, strict=True):
        order = [sys.executable, "-m", "hitoe", *words]
        done = subprocess.run(order, capture_output=True, env=environment, check=False)
        assert wanted.encode(encoding, "backslashreplace") in done.stderr
        assert b"Traceback" not in done.stderr


def test_english_loads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that has nothing to do takes 0.1 s, and must not look for translations."""
    monkeypatch.delattr(translation, "translation")
    translation.speak("en")
