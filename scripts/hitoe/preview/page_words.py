"""The preview's page with its own words in the language of hitoe's messages."""

from hitoe.messages import say
from hitoe.templating import Templates
from hitoe.translation import forms, shown, spoken
from hitoe.values.language import Language


def page() -> str:
    """Return the page."""
    templates = Templates("page", Language("en"), say=_said, say_count=forms)
    return templates.render("preview/index.html.j2", language=spoken())


def _said(template: str) -> str:
    """Return words whose {names} the page fills in."""
    return shown(say(template))
