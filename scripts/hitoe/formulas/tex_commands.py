"""The TeX commands that formulas may have: those that mean the same in Anki's MathJax, on paper and in MathML."""

from difflib import get_close_matches

from hitoe.messages import say


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())


CAPITALS = tuple(map(str.capitalize, words("gamma delta theta lambda xi pi sigma upsilon phi psi omega")))
SYMBOLS = CAPITALS + words(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega
    digamma
    pm mp times div cdot ast star circ bullet oplus ominus otimes oslash odot dagger ddagger amalg cap cup uplus sqcap
    sqcup vee wedge lor land setminus wr diamond bigtriangleup bigtriangledown triangleleft triangleright
    le leq ge geq ne neq lt gt ll gg equiv sim simeq approx cong propto doteq asymp prec succ preceq succeq
    subset supset subseteq supseteq nsubseteq nsupseteq subsetneq supsetneq sqsubset sqsupset sqsubseteq sqsupseteq
    in ni notin vdash dashv models perp parallel nparallel mid nmid bowtie smile frown leqq geqq leqslant geqslant
    lesssim gtrsim approxeq lll ggg nleq ngeq nless ngtr thickapprox triangleq coloneqq because therefore
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow uparrow downarrow updownarrow
    Uparrow Downarrow Updownarrow mapsto longmapsto longleftarrow longrightarrow longleftrightarrow Longleftarrow
    Longrightarrow Longleftrightarrow implies impliedby iff hookleftarrow hookrightarrow leftharpoonup leftharpoondown
    rightharpoonup rightharpoondown rightleftharpoons leftrightharpoons nearrow searrow swarrow nwarrow rightleftarrows
    leftrightarrows leadsto
    infty partial nabla forall exists nexists neg lnot top bot emptyset varnothing angle measuredangle triangle square
    Box Diamond aleph beth hbar hslash ell wp Re Im imath jmath prime backprime clubsuit
    diamondsuit heartsuit spadesuit flat natural sharp surd checkmark bigstar lozenge complement mho eth S
    dots ldots cdots vdots ddots dotsb dotsc quad qquad
    lbrace rbrace lbrack rbrack langle rangle lfloor rfloor lceil rceil vert Vert lvert rvert lVert rVert backslash
    colon displaystyle textstyle scriptstyle scriptscriptstyle
    """
)
"""Commands without an argument."""
FUNCTIONS = words(
    """
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg lim limsup liminf max min sup inf arg
    det dim gcd deg hom ker Pr
    """
)
"""Names of functions, printed upright."""
LARGE = words(
    """
    sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigvee bigwedge bigoplus bigotimes bigodot biguplus
    """
)
"""Large operators. After them may stand `\\limits`."""
ACCENTS = words(
    """
    hat widehat bar overline underline tilde widetilde vec dot ddot dddot check breve acute grave mathring
    overrightarrow overleftarrow overleftrightarrow overbrace underbrace
    """
)
FONTS = words("mathrm mathbf mathit mathsf mathtt mathbb mathcal mathfrak mathscr boldsymbol")
ARGUMENTS = {
    **dict.fromkeys((*ACCENTS, *FONTS, "phantom", "pmod", "sqrt", "xrightarrow", "xleftarrow"), 1),
    **dict.fromkeys(
        ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset", "stackrel"), 2
    ),
}
"""Commands with arguments, and how many they have."""
OPTIONAL = frozenset({"sqrt", "xrightarrow", "xleftarrow"})
"""Those that may have one more in brackets before the others."""
TEXTS = frozenset({"text", "textrm", "textbf", "textit", "mbox"})
"""Commands for words."""
SIZES = frozenset(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
"""Commands that make one delimiter larger."""
BRACES = "❴❵"
"""Written for braces after `\\big`, where latex2mathml knows no escaped ones."""
DELIMITERS = {
    **dict.fromkeys("()[]|/.<>", ""),
    **dict(zip(words(r"\{ \} \| \vert \Vert \lvert \rvert \lVert \rVert"), f"{BRACES}‖|‖||‖‖", strict=True)),
    **dict(zip(words(r"\lbrace \rbrace \lbrack \rbrack \langle \rangle"), f"{BRACES}[]⟨⟩", strict=True)),
    **dict(zip(words(r"\lfloor \rfloor \lceil \rceil \uparrow \downarrow"), "⌊⌋⌈⌉↑↓", strict=True)),
    **dict(zip(words(r"\updownarrow \Uparrow \Downarrow"), "↕⇑⇓", strict=True)),
}
"""Brackets that `\\left` and `\\big` make larger, and the character of those that are commands."""
SIGNS = ("\\ ", *words(r"\> \{ \} \% \# \& \_ \$ \, \: \; \! \|"))
"""Escaped signs and spaces."""
ENVIRONMENTS = words(
    """
    matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases aligned align* gathered array split
    """
)
REFUSED = {
    "ce": say("write chemistry with sub- and superscripts: \\mathrm{H_2O}"),
    **dict.fromkeys(
        ("def", "newcommand", "renewcommand", "let", "require", "DeclareMathOperator"),
        say("macros are not run: write the formula out"),
    ),
    **dict.fromkeys(("href", "url", "class", "style", "cssId", "html", "data", "includegraphics"), say("take it out")),
    **dict.fromkeys(("color", "textcolor", "colorbox"), say("colours are for what is learned: take it out")),
    **dict.fromkeys(("label", "ref", "tag", "eqref"), say("formulas have no numbers: take it out")),
    "over": say("write \\frac{…}{…}"),
    "choose": say("write \\binom{…}{…}"),
}
"""What to do about commands that authors try."""


def refusal(name: str) -> str:
    """Return what to tell an author of a command that formulas cannot have."""
    if name in REFUSED:
        return say("'\\{name}' cannot stand in a formula: {why}", name=name, why=REFUSED[name])
    near = get_close_matches(name, [*SYMBOLS, *ARGUMENTS, *FUNCTIONS, *LARGE, *TEXTS], n=1)
    remedy = say("did you mean '\\{name}'?", name=near[0]) if near else say("content/README.md lists those that are")
    return say("the command '\\{name}' is not known in formulas: {remedy}", name=name, remedy=remedy)
