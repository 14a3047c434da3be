"""Messages to the user: sentences in English that know their template, so that other languages can be made of them.

What is said is decided where the sentence is made, and in which language only where it is printed. Between the two a
message is a plain str in English, which can be compared, sorted and remembered.
"""

from collections.abc import Iterable, Mapping
from typing import Self

Value = str | int | float
LONGEST = 2_000
"""Characters of an argument that are told: values in the notes can have any length, and must not fill the screen.

A list of what an author has to name is made with `joined`, which shortens each part alone."""


class Message(str):
    """A text in English, with the template and the arguments that it was made of.

    `many` is the template for a count other than 1, if there is one. Without a template the arguments are parts of the
    text, in order.
    """

    template: str
    many: str
    arguments: Mapping[str, Value]

    def __new__(cls, text: str, template: str, many: str, arguments: Mapping[str, Value]) -> Self:
        """Make a message of its parts, which agree; `say`, `say_count` and `joined` make them so."""
        message = super().__new__(cls, text)
        message.template, message.many, message.arguments = template, many, arguments
        return message

    def __str__(self) -> str:
        """Return the message itself, so that `str(error)` of an exception keeps its template."""
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str, Mapping[str, Value]]]:
        return type(self), (self[:], self.template, self.many, self.arguments)


def say(template: str, /, **arguments: object) -> Message:
    """Return a message. Arguments stand in the template as {name}; without any, it is taken as it is, braces too.

    An argument may be a message, or an error that was raised with one. Other texts, such as an author's words, stay as
    they are in every language.
    """
    values = {name: _value(argument) for name, argument in arguments.items()}
    return Message(template.format(**values) if values else template, template, "", values)


def say_count(one: str, many: str, count: int, /, **arguments: object) -> Message:
    """Return a message about a count, {count} in the templates: `one` is that for 1, `many` that for other numbers."""
    values = {"count": count, **{name: _value(argument) for name, argument in arguments.items()}}
    return Message((one if count == 1 else many).format(**values), one, many, values)


def joined(between: str, parts: Iterable[object]) -> Message:
    """Return parts, some of which may be messages, as one message, with a text between each two."""
    values: list[Value] = []
    for part in parts:
        values += [between, _value(part)] if values else [_value(part)]
    return Message("".join(map(str, values)), "", "", {str(place): value for place, value in enumerate(values)})


class SaidError(Exception):
    """An error whose message is made of a template and its arguments, as `say` makes it, or is given whole."""

    def __init__(self, template: str, /, **arguments: object) -> None:
        super().__init__(template if isinstance(template, Message) else say(template, **arguments))


class WrongValueError(SaidError, ValueError):
    """A value that cannot be what it is meant to be; the message says how to correct it."""


def without_line_ends(message: str) -> str:
    """Return a message with spaces in place of line ends, also in its arguments."""
    if not isinstance(message, Message):
        return message.replace("\n", " ")
    arguments = {
        name: without_line_ends(value) if isinstance(value, str) else value for name, value in message.arguments.items()
    }
    return Message(message[:].replace("\n", " "), message.template, message.many, arguments)


def _value(argument: object) -> Value:
    if isinstance(argument, BaseException) and argument.args and isinstance(argument.args[0], Message):
        return argument.args[0]
    if isinstance(argument, Message | int | float):
        return argument
    text = str(argument)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
