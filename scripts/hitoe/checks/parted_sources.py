"""Warnings about a page of a source, or another place in it, that a comma of YAML made a source by itself."""

import re
from collections.abc import Iterator
from itertools import takewhile

from hitoe.messages import say
from hitoe.model.project import Project
from hitoe.problems import Problem

LABELS = (
    "pp?|pages?|p[áa]gs?|p[áa]ginas?|ss?|seiten?|сс?|стр|страница|fol|lines?|r[nz]",
    "vols?|volumes?|volumen|bd|band|t|tom[eo]?|т|том|parts?|pt|teil|parte|partie",
    "ch|chap|chapters?|chapitre|cap|cap[íi]tulo|capitolo|kap|kapitel|гл|глава|secs?|section|secci[óo]n|abschnitt",
    "units?|lektion|lessons?|lecci[óo]n|leçon|lezione|figs?|figure|abb|abbildung|n[or]|n°|№|§§?",
)
"""Words before the number of a place: of pages, volumes, chapters, and of what is smaller or other."""
NUMBER = r"(?:[0-9]+(?:[.–—-][0-9]+)*(?:\s?ff?|[a-z])?|[IVXLC]+|[ivxlc]{2,})"
PLACE = re.compile(
    rf"(?i:{'|'.join(LABELS)})(?:\.\s?|\s|(?<=[§№°])){NUMBER}(?![^\W_]|\.\s?[^\W\d_])"
    r"|[第제]\s?[0-9０-９一二三四五六七八九十百]+\s?(?:[章節节巻卷版回話部課课編号條条頁页集冊册장권과]|ページ)(?!\w)"
    r"|[0-9０-９]+\s?(?:頁|页|ページ|쪽|페이지)"
    r"|[0-9]{1,2}(?:st|nd|rd|th|\.|e|ª|a)?\s(?:ed|edition|edición|edizione|éd|édition|Aufl|Auflage)\b"
    r"|[0-9]{1,4}(?:\s?[–—-]\s?[0-9]{1,4})?$"
)
"""What a place in a source begins with."""


def told(project: Project) -> Iterator[Problem]:
    """No page of a source became a source by itself, as in `[Grammar, p. 34]`, where the comma parts two sources."""
    for placed in project.entries():
        document, names = project.documents[placed.file], [source.name for source in placed.entry.sources]
        loc = (*placed.loc, "sources")
        for number, source in enumerate(placed.entry.sources[:-1]):
            places = list(takewhile(PLACE.match, names[number + 1 :]))
            if places and document.is_plain_in_flow((*loc, number + 1)) and not PLACE.match(source.name):
                place = ", ".join(places)
                whole = f'{{title: "…, {place}", url: {source.url}}}' if source.url else f'"{source.name}, {place}"'
                message = say(
                    "'{place}' is a source by itself, for commas part the sources in […]: write {whole}, or "
                    '"{place}" if it is one',
                    place=places[0],
                    whole=whole,
                )
                yield Problem(project.at(placed.file, *loc, number + 1), message)
