"""The preview's page with its own words in the language of hitoe's messages."""

from hitoe.messages import say
from hitoe.templating import Templates
from hitoe.translation import forms, shown, spoken
from hitoe.values.language import Language


def page() -> str:
    """Return the page."""
    # The page itself fills the {names} of its words in.
    templates = Templates("page", Language("en"), say=lambda words: shown(say(words)), say_count=forms)
    return templates.render("preview/index.html.j2", language=spoken())
