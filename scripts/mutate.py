"""Mutation testing: break one place of the code at a time, and see whether the tests notice.

Each area of mutation_areas.py gets a seeded sample of mutants; one is caught when the area's tests fail, or take three
times as long. Survivors are printed as diffs. What is broken is a copy in a temporary folder, never the work tree.
"""

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from mutation_areas import AREAS, Area, files

LEAST = 0.85
"""The part of an area's mutants that must be caught."""
HOME = Path(__file__).resolve().parent.parent
COPIED = ("pyproject.toml", "scripts", "templates", "tests", "content")

Place = tuple[tuple[int, int], tuple[int, int]]
"""Where in a file something is replaced: line and column of its first sign and of the one after its last."""


class Swap:
    """A mutation for cosmic-ray: a function of Python's own is called in place of another."""

    NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list", "reversed": "list"}  # noqa: RUF012

    def mutation_positions(self, node: Any) -> Iterator[Place]:
        """Yield the place of the node if it is such a name."""
        if node.type == "name" and node.value in self.NAMES and getattr(node.get_next_leaf(), "value", "") == "(":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """Return the node with the other name."""
        node.value = self.NAMES[node.value]
        return node


class LeaveOut:
    """A mutation for cosmic-ray: a call whose result nobody uses, `+=`, `raise` or `yield` is left out."""

    def mutation_positions(self, node: Any) -> Iterator[Place]:
        """Yield the place of the node if it is such a statement."""
        if node.parent is not None and node.parent.type == "simple_stmt" and self._does_something(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, _index: int) -> Any:
        """Return a statement that does nothing."""
        nothing = get_ast("None\n").children[0].children[0]
        nothing.prefix = node.get_first_leaf().prefix
        return nothing

    @staticmethod
    def _does_something(node: Any) -> bool:
        changes = node.type == "expr_stmt" and getattr(node.children[1], "value", "=") != "="
        return changes or node.type in ("atom_expr", "raise_stmt", "yield_expr", "del_stmt")


class Mutant(NamedTuple):
    """One change: the `occurrence`-th place in a module at which an operator of cosmic-ray can be applied."""

    module: Path
    operator: Any
    occurrence: int
    place: Place

    def source(self) -> str:
        """Return the module's text after the change."""
        return str(mutate_code((HOME / self.module).read_text("utf-8"), self.operator, self.occurrence))

    def diff(self) -> str:
        """Return the change as a unified diff."""
        texts = [(HOME / self.module).read_text("utf-8"), self.source()]
        before, after = (text.splitlines() for text in texts)
        lines = list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]
        return "\n".join([f"    {self.module}:{self.place[0][0]}", *(f"    {line}" for line in lines)])


def operators() -> Iterator[Any]:
    """Yield the changes that are tried: those of cosmic-ray that need no arguments, and two of our own."""
    for name in plugins.operator_names():
        operator = plugins.get_operator(name)
        # Without a decorator such as @cache or slots=True all results are the same, and `is` instead of `==` is a
        # matter of style for small numbers; ruff watches both.
        style = "RemoveDecorator" in name or re.search("(Eq|Lt|LtE|Gt|GtE)_Is(Not)?$", name)
        if not style and not operator.arguments():
            yield operator()
    yield from (Swap(), LeaveOut())


def mutants(module: Path) -> Iterator[Mutant]:
    """Yield all mutants of a module but those where nothing is computed, see `_idle`."""
    text = (HOME / module).read_text("utf-8")
    tree, idle, lines = get_ast(text), list(_idle(text)), text.splitlines()
    for operator in operators():
        places = (place for node in ast_nodes(tree) for place in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start < last for first, last in idle) and not _dotted(operator, lines, start, end):
                yield Mutant(module, operator, occurrence, (start, end))


def _dotted(operator: Any, lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Whether an exception's name has a dot: cosmic-ray finds such a name, and fails to replace it."""
    return type(operator).__name__ == "ExceptionReplacer" and "." in lines[start[0] - 1][start[1] : end[1]]


def _idle(text: str) -> Iterator[Place]:
    """Yield the places of types, of what a dataclass is like, and of `strict=True`, which only asserts."""
    tree = ast.parse(text)
    for value in (node.value for node in tree.body if isinstance(node, ast.Assign)):
        if isinstance(value, ast.Subscript) or (isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr)):
            yield _place(value)
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if (found := getattr(node, name, None)) is not None:
                yield _place(found)
        if isinstance(node, ast.Call):
            wanted = node.keywords if getattr(node.func, "id", "") == "dataclass" else ()
            strict = (keyword for keyword in node.keywords if keyword.arg == "strict")
            yield from (_place(keyword.value) for keyword in (*wanted, *strict))


def _place(node: ast.expr) -> Place:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def sample(area: Area, count: int, seed: int) -> list[Mutant]:
    """Return so many mutants of an area, from as many places as possible: some places can be changed in ten ways."""
    places: dict[tuple[Path, Place], list[Mutant]] = defaultdict(list)
    for file in files(area):
        for mutant in mutants(file.relative_to(HOME)):
            places[mutant.module, mutant.place].append(mutant)
    draw = random.Random(seed)
    rounds = [draw.sample(found, len(found)) for found in places.values()]
    draw.shuffle(rounds)
    in_rounds = [found[turn] for turn in range(max(map(len, rounds))) for found in rounds if turn < len(found)]
    return sorted(in_rounds[:count], key=lambda mutant: (mutant.module, mutant.place))


def copied(folder: Path) -> Path:
    """Copy all that tests need into a folder, and return it."""
    for name in COPIED:
        if (HOME / name).is_dir():
            shutil.copytree(HOME / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (HOME / name).exists():
            shutil.copy(HOME / name, folder)
    # Compiled by content: by time, a mutant as long as the original would not be compiled anew.
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "scripts"]
    subprocess.run(command, cwd=folder, check=True)
    return folder


def passes(copy: Path, tests: Sequence[str], seconds: float | None) -> bool:
    """Run tests in a copy of the project; whether all pass, in time."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile=mutants", *(f"tests/{name}" for name in tests)]
    environ = {**os.environ, "PYTHONPATH": str(copy / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    with (copy / "output.txt").open("wb") as output:
        run = subprocess.Popen(
            command, cwd=copy, env=environ, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            return run.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()


def survivors(area: Area, chosen: Sequence[Mutant], copy: Path) -> Iterator[Mutant]:
    """Yield the mutants that the area's tests do not notice."""
    began = time.monotonic()
    if not passes(copy, area.tests, None):
        sys.exit((copy / "output.txt").read_text("utf-8") + "\nThese tests fail before anything is broken: mend them.")
    # A loop without end is caught too; ten seconds are for a machine that does other things besides.
    seconds = 10 + 3 * (time.monotonic() - began)
    for mutant in chosen:
        (copy / mutant.module).write_text(mutant.source(), "utf-8")
        if passes(copy, area.tests, seconds):
            yield mutant
        shutil.copyfile(HOME / mutant.module, copy / mutant.module)


def main() -> int:
    """Return 0 when in each area enough mutants are caught, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", metavar="area", help=f"{', '.join(AREAS)}; all if none is named")
    parser.add_argument("--count", type=int, default=40, help="mutants of each area")
    parser.add_argument("--seed", type=int, default=12, help="another seed draws another sample")
    asked = parser.parse_args()
    if unknown := set(asked.areas) - set(AREAS):
        parser.error(f"unknown area {', '.join(sorted(unknown))}: there are {', '.join(AREAS)}")
    weak = []
    for name in asked.areas or AREAS:
        chosen = sample(AREAS[name], asked.count, asked.seed)
        with tempfile.TemporaryDirectory(prefix="hitoe-mutants-") as folder:
            copy = copied(Path(folder))
            began = time.monotonic()
            alive = []
            for mutant in survivors(AREAS[name], chosen, copy):
                alive.append(mutant)
                print(f"{name}: this mutant survived:", mutant.diff(), sep="\n", flush=True)
        part = 1 - len(alive) / len(chosen)
        weak += [name] * (part < LEAST)
        took = time.monotonic() - began
        print(f"{name}: {len(chosen) - len(alive)} of {len(chosen)} caught, {part:.0%}, in {took:.0f} s", flush=True)
    if weak:
        print(f"less than {LEAST:.0%} caught in {', '.join(weak)}: write tests that notice the survivors")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main())
