"""Messages: English texts that keep the template and the arguments they were made of."""

import pickle

import pytest
from hitoe.memo import Memo
from hitoe.messages import Message, joined, say, say_count, without_line_ends
from hitoe.problems import InputError, Position, Problem, did_you_mean


def test_a_message_is_its_english_text() -> None:
    message = say("key '{key}' is missing: {hint}", key="is", hint=say("add it"))
    assert message == "key 'is' is missing: add it"
    assert hash(message) == hash("key 'is' is missing: add it")
    assert (message.template, dict(message.arguments)) == (
        "key '{key}' is missing: {hint}",
        {"key": "is", "hint": "add it"},
    )


def test_braces_stay_where_nothing_is_filled_in() -> None:
    assert say("write {row} into it") == "write {row} into it"
    assert say("write {{row}} into '{text}'", text="{x}") == "write {row} into '{x}'"


@pytest.mark.parametrize(("count", "text"), [(0, "0 problems"), (1, "1 problem"), (2, "2 problems")])
def test_a_count_chooses_the_template(count: int, text: str) -> None:
    assert say_count("{count} problem", "{count} problems", count) == text


def test_parts_that_are_joined_keep_their_templates() -> None:
    message = joined(": ", (Position("a.yaml", 2, 3), say("add it")))
    assert message == "a.yaml:2:3: add it"
    assert [part.template for part in message.arguments.values() if isinstance(part, Message)] == ["add it"]


def test_errors_and_problems_keep_the_template() -> None:
    error = InputError([Problem(Position("a.yaml"), did_you_mean("facd", ["fact"]))])
    told = say("{error}", error=error).arguments["error"]
    assert told == "a.yaml:1:1: did you mean 'fact'?"
    assert isinstance(str(error), Message)
    refused = say("no: {error}", error=ValueError(say("add it"))).arguments["error"]
    assert isinstance(refused, Message)
    assert refused.template == "add it"


def test_line_ends_go_from_a_text_and_all_its_parts() -> None:
    message = without_line_ends(say("'{key}': {hint}", key="a\nb", hint=say("write {text}", text="c\nd")))
    assert isinstance(message, Message)
    hint = message.arguments["hint"]
    assert message == "'a b': write c d"
    assert isinstance(hint, Message)
    assert hint.arguments == {"text": "c d"}


def test_remembered_and_sent_messages_keep_their_template() -> None:
    problem = Problem(Position("a.yaml"), say("'{key}' is missing: {hint}", key="is", hint=say("add it")))
    memo = Memo()
    memo.put("k", problem)
    for copy in (Memo(content=memo.content()).get("k"), pickle.loads(pickle.dumps(InputError([problem]))).problems[0]):
        assert copy == problem
        assert isinstance(copy.message, Message)
        hint = copy.message.arguments["hint"]
        assert copy.message.template == "'{key}' is missing: {hint}"
        assert isinstance(hint, Message)
        assert hint.template == "add it"
