"""Formulas in TeX: read once, drawn for paper, written in MathML for the log. Cards have the TeX, which Anki prints.

This package alone knows ziamath and latex2mathml, which are loaded by the first formula. Its functions are pure.
"""

from hitoe.formulas.drawing import Band, DrawnFormula, drawing, lacking
from hitoe.formulas.markup import markup
from hitoe.formulas.mathml_tree import check
from hitoe.formulas.token_reader import LEARN, LEARNT, TexError

__all__ = ["LEARN", "LEARNT", "Band", "DrawnFormula", "TexError", "check", "drawing", "lacking", "markup"]
