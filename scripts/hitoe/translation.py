"""The language that the user reads: messages are looked up in its catalogue where they are shown, and nowhere else.

The catalogues are in templates/locale/; `make messages` keeps them.
"""

from collections.abc import Mapping
from gettext import NullTranslations, translation

from hitoe import resources
from hitoe.messages import Message

ENGLISH = "en"
LANGUAGES = (ENGLISH, "ja")
FOLDER = "locale"
"""Where the catalogues are, among the templates."""
DOMAIN = "hitoe"
"""The name of the catalogue of hitoe's own messages; `argparse` is that of the words of Python's module."""


class _Speaker:
    """The language that is spoken, and its catalogue; none for English."""

    language = ENGLISH
    catalogue: NullTranslations | None = None


_speaker = _Speaker()


def preferred(environment: Mapping[str, str]) -> str:
    """Return the language that a user's environment asks for; English if hitoe does not have it."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    language = locale[:2].lower()
    return language if language in LANGUAGES and not locale[2:3].isalpha() else ENGLISH


def speak(language: str) -> None:
    """Show messages in a language from now on."""
    _speaker.language, _speaker.catalogue = language, None
    if language != ENGLISH:
        _speaker.catalogue = translation(DOMAIN, resources.folder() / FOLDER, [language], fallback=True)


def spoken() -> str:
    """Return the language in which messages are shown."""
    return _speaker.language


def shown(text: str) -> str:
    """Return a text as the user is to read it: a message in their language, with its arguments; others as they are."""
    if not isinstance(text, Message) or not _speaker.catalogue:
        return text[:]
    values = {name: shown(value) if isinstance(value, str) else value for name, value in text.arguments.items()}
    if not text.template:
        return "".join(map(str, values.values()))
    if text.many:
        count = text.arguments["count"]
        assert isinstance(count, int)
        return forms(text.template, text.many)[count != 1].format(**values)
    template = _speaker.catalogue.gettext(text.template)
    return template.format(**values) if values else template


def forms(one: str, many: str) -> tuple[str, str]:
    """Return the templates for 1 and for other numbers in the language that is spoken."""
    if not _speaker.catalogue:
        return one, many
    return _speaker.catalogue.ngettext(one, many, 1), _speaker.catalogue.ngettext(one, many, 2)
