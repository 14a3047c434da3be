"""The TeX that formulas may have, read in full before any library sees it.

MathJax, latex2mathml and ziamath each forgive other mistakes, and draw commands that they do not know as letters. So
only commands are let through that mean the same in all three (tex_commands.py), with all their arguments. MathJax would
also run macros and follow links, which a formula of a stranger's deck must not be able to do.
"""

import re
from unicodedata import category

from hitoe.formulas import tex_commands as commands
from hitoe.formulas.token_reader import LEARN, LEARNT, TexError, TokenReader
from hitoe.messages import say

TEXT = re.compile(r"\s*\{([^{}\\$]*)\}")
NAME = re.compile(r"\s*\{([A-Za-z]+\*?)\}")
LIMITS = "*"
"""What `canonical` writes after the name of an operator that has its scripts below and above, as lim."""
COLUMNS = re.compile(r"\s*\{([lcr ]+)\}")
CELL, LINE = "\x04", "\x05"
"""Between cells and between lines, until these are put together."""
DEEPEST = 40
MARK = r"\color{learned%d}"
"""What `canonical` writes into a group that is to be learned, with its number: two can stand beside each other."""
ESCAPE = {"%": "\\%", "#": "\\#", "$": "\\$", "&": "\\&"}


def canonical(tex: str) -> str:
    """Return a formula with each argument in braces; what is to be learned in it stands between LEARN and LEARNT.

    Raises:
        TexError: it has a command that is not known here, or something in it is not complete.
    """
    return _TexReader(tex).formula()


class _TexReader(TokenReader):
    """Reads a formula from left to right."""

    def __init__(self, tex: str) -> None:
        super().__init__(tex)
        self._depth = 0
        self._learned = 0

    def formula(self) -> str:
        if not self.tex.strip():
            raise TexError("an empty formula: write it, or take the signs away")
        found = self._row(())
        if token := self.peek():
            raise TexError("'{token}' closes nothing in {shown}: take it out", token=token, shown=self.shown())
        return found

    def _row(self, stops: tuple[str, ...], cells: bool = False) -> str:
        """Return what stands before one of the tokens `stops`, or before what closes something else, or the end."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise TexError("more than {most} braces in each other in a formula: make it simpler", most=DEEPEST)
        parts: list[str] = []
        while (token := self.peek()) and token not in (*stops, "}", "\\right", "\\middle", "\\end", LEARNT):
            if token in ("&", "\\\\"):
                if not cells:
                    raise TexError(
                        "'{token}' outside of a matrix, cases or aligned: take it out, or write \\&", token=token
                    )
                parts.append(CELL if self.take() == "&" else LINE)
            else:
                parts.append(self._scripted())
        self._depth -= 1
        return "".join(parts)

    def _cells(self, name: str) -> str:
        """Return what stands in an environment; latex2mathml loses a row that ends with an empty cell, so none is."""
        lines = [cells.split(CELL) for cells in self._row((), cells=True).split(LINE)]
        if len(lines) > 1 and not any(map(str.strip, lines[-1])):
            lines.pop()
        if not any(cell.strip() for line in lines for cell in line):
            raise TexError("nothing stands in \\begin{{{name}}}: fill it, or take it out", name=name)
        return r" \\ ".join(" & ".join(cell if cell.strip() else "{}" for cell in line) for line in lines)

    def _scripted(self) -> str:
        """Return one atom with its scripts."""
        token = self.peek()
        base = "{}" if token in ("^", "_") or token.startswith("'") else self._atom()
        scripts: dict[str, str] = {}
        if self.peek() == "\\limits" and token.removeprefix("\\") in commands.LARGE:
            base += f"{self.take()} "
            if self.peek() not in ("^", "_"):
                raise TexError(
                    "no limits follow '\\limits' in {shown}: write _{{…}} or ^{{…}} after it", shown=self.shown()
                )
        while (token := self.peek()) in ("^", "_") or token.startswith("'"):
            self.take()
            kind = "^" if token.startswith("'") else token
            if kind in scripts:
                raise TexError(
                    say("two superscripts at one place in {shown}: put braces around the first", shown=self.shown())
                    if kind == "^"
                    else say("two subscripts at one place in {shown}: put braces around the first", shown=self.shown())
                )
            scripts[kind] = self._primes(token) if token.startswith("'") else self._argument(token)
        return base + "".join(kind + scripts[kind] for kind in "_^" if kind in scripts)

    def _primes(self, token: str) -> str:
        inner = r"\prime " * len(token)
        if self.peek() == "^":
            self.take()
            inner += self._argument("^")
        return f"{{{inner}}}"

    def _argument(self, owner: str) -> str:
        """Return an argument in braces."""
        token = self.peek()
        if not token or token in ("}", "&", "\\\\", "^", "_", "\\right", "\\end", LEARNT) or token.startswith("'"):
            tex = self.shown()
            raise TexError("something is missing after '{owner}' in {tex}: write {{…}} after it", owner=owner, tex=tex)
        if token[0].isdigit():
            self.at += 1  # TeX takes one digit
            return f"{{{token[0]}}}"
        atom = self._atom()
        return atom if token == "{" else f"{{{atom}}}"

    def _atom(self) -> str:
        token = self.take()
        if token == "{":
            inner = self._row(())
            self.expect("}", "{")
            return f"{{{inner}}}"
        if token == LEARN:
            inner = self._row(())
            if self.take() != LEARNT:
                raise TexError("a cloze cuts a part of {shown} in two: put whole braces into it", shown=self.shown())
            self._learned += 1
            return f"{{{MARK % self._learned}{inner}}}"
        if token.startswith("\\"):
            return self._command(token)
        return self._sign(token)

    def _sign(self, sign: str) -> str:
        if sign in ESCAPE:
            raise TexError("'{sign}' means something else in TeX: write {instead}", sign=sign, instead=ESCAPE[sign])
        if sign == "~":
            return "\\ "
        if not sign.isascii() and (category(sign[0]) == "Lo" or sign in "、。・ー"):
            raise TexError("'{sign}' in the formula {shown}: put words into \\text{{…}}", sign=sign, shown=self.shown())
        # latex2mathml takes digits before letters that look like a unit for a length.
        return f"{sign}{{}}" if sign[0].isdigit() and re.match(r"\s*[a-z]", self.tex[self.at :]) else sign

    def _command(self, command: str) -> str:
        name = command[1:]
        if command in commands.SIGNS:
            return f"{command} "
        if name == "arg":
            return "\\operatorname{arg}"  # latex2mathml does not know it
        if name in commands.SYMBOLS or name in commands.FUNCTIONS or name in commands.LARGE:
            return f"{command} "
        if name in commands.TEXTS:
            return self._text(command)
        if name in commands.ARGUMENTS:
            return self._with_arguments(name)
        if name in commands.SIZES:
            bracket = self._delimiter(command)
            return "{}" if bracket == "." else f"{command}{bracket} "
        match name:
            case "left":
                return self._fenced()
            case "begin":
                return self._environment()
            case "operatorname" | "operatorname*":
                found = self.match(
                    NAME, say("{command} wants a name in Latin letters: \\operatorname{{rank}}", command=command)
                )
                limits = LIMITS if command.endswith("*") else ""
                return f"\\operatorname{{{found[1].removesuffix('*')}{limits}}}"
        raise TexError(commands.refusal(command[1:]))

    def _text(self, command: str) -> str:
        found = self.match(
            TEXT,
            say("{command} wants words in braces, without braces, $ and commands: {command}{{…}}", command=command),
        )
        if not found[1]:
            return "{}"
        return f"\\{'text' if command == chr(92) + 'mbox' else command[1:]}{{{found[1]}}}"

    def _with_arguments(self, name: str) -> str:
        option = ""
        if name in commands.OPTIONAL and self.peek() == "[":
            self.take()
            option = f"[{self._row((']',))}]"
            self.expect("]", "[")
        first, *others = [self._argument(f"\\{name}") for _ in range(commands.ARGUMENTS[name])]
        if name in commands.FONTS:
            return f"\\{name}{{{first}}}"  # latex2mathml reads one letter in single braces otherwise
        if name.endswith("binom"):
            style = {"d": r"\displaystyle ", "t": r"\textstyle "}.get(name[0], "")
            return f"{{{style}\\left({{{first} \\atop {others[0]}}}\\right)}}"
        if name == "pmod":
            return rf"\quad (\operatorname{{mod}}\ {first})"
        return f"\\{name}{option}{first}{''.join(others)}"

    def _delimiter(self, command: str) -> str:
        token = self.take()
        token = {"<": "\\langle", ">": "\\rangle"}.get(token, token)
        if token not in commands.DELIMITERS:
            raise TexError(
                "'{command}' wants a bracket after it, not '{token}': write {command}( for instance",
                command=command,
                token=token,
            )
        # latex2mathml knows no commands after \big.
        return token if command in ("\\left", "\\middle", "\\right") else commands.DELIMITERS[token] or token

    def _fenced(self) -> str:
        found = rf"\left{self._delimiter(chr(92) + 'left')} {self._row(())}"
        while self.peek() == "\\middle":
            self.take()
            found += rf"\middle{self._delimiter(chr(92) + 'middle')} {self._row(())}"
        self.expect("\\right", "\\left")
        return rf"{found}\right{self._delimiter(chr(92) + 'right')} "

    def _environment(self) -> str:
        name = self.match(NAME, say("'\\begin' wants a name: \\begin{cases}"))[1]
        if name not in commands.ENVIRONMENTS:
            known = ", ".join(sorted(commands.ENVIRONMENTS))
            raise TexError("'{name}' cannot begin here: use {known}", name=name, known=known)
        columns = ""
        if name == "array":
            found = self.match(COLUMNS, say("'\\begin{array}' wants its columns: \\begin{array}{lcr}"))
            columns = f"{{{found[1].replace(' ', '')}}}"
        inner = self._cells(name)
        self.expect("\\end", f"\\begin{{{name}}}")
        ends = self.match(NAME, say("'\\end' wants a name"))[1]
        if ends != name:
            raise TexError(
                "\\begin{{{name}}} is closed by \\end{{{ends}}}: write \\end{{{name}}}", name=name, ends=ends
            )
        written = {"aligned": "align*", "split": "align*", "gathered": "matrix"}.get(name, name)
        return rf"\begin{{{written}}}{columns}{inner}\end{{{written}}}"
