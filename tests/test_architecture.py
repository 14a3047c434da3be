"""How the code is cut: imports point one way, each library has one owner, and the world enters at the edge."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from support.projects import example_copy

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "scripts" / "hitoe"
FILES = {path.relative_to(CODE).as_posix(): path.read_text("utf-8") for path in sorted(CODE.rglob("*.py"))}
TREES = {name: ast.parse(text) for name, text in FILES.items()}

ORDER = (
    *(
        "messages",
        "resources",
        "translation",
        "writing",
        "memo",
        *("native_libraries", "later_imports"),
        "workers",
        "problems",
        "content_folder",
        "terminal",
        "formulas",
        "text",
        "source",
        "values",
    ),
    *("kinds", "schema"),
    *("figures", "model", "typography", "templating", "checks", "lints", "deck", "release", "progress", "sheet"),
    *("stats", "log", "importing"),
    *("build", "preview", "evidence", "links", "send", "start", "commands", "cli", "__main__"),
)
"""Each part imports only parts that stand before it; `kinds` for instance knows nothing of projects and decks."""

OWNERS = {
    "ruamel": {"source"},
    "markdown_it": {"text"},
    "latex2mathml": {"formulas"},
    "ziamath": {"formulas"},
    "ziafont": {"formulas"},
    "pydantic": {"values", "kinds", "schema"},  # the format: its values, its items, its files
    "pydantic_core": {"values", "kinds", "schema"},
    "typing_extensions": {"values"},
    "genanki": {"deck"},
    "jinja2": {"templating"},
    # The type of what is already escaped.
    "markupsafe": {"templating", "deck", "log", "sheet", "typography", "preview"},
    "weasyprint": {"sheet"},
    "pikepdf": {"sheet"},
    "PIL": {"kinds"},
    "pypdfium2": {"preview"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
    "rich": {"terminal"},
    "budoux": {"typography"},
    "pyphen": {"typography"},
    "fontTools": {"typography"},
    "sqlite3": {"deck", "release", "progress", "importing"},
    "zipfile": {"deck", "release", "progress", "importing"},
    "zstandard": {"progress", "importing"},
    "subprocess": {"release", "evidence", "send"},
}

EDGE = {
    "cli.py",
    "release/git_command.py",  # takes from git what a hook's variables say of another repository
    "sheet/pdf/weasyprint.py",  # tells Pango, which only looks into the environment, where the fonts are
}

CLOCKS = re.compile(
    r"\b(?:time\.(?:time|time_ns|localtime|gmtime)|datetime\.(?:now|utcnow|today)|date\.today"
    r"|os\.(?:environ|getenv|getcwd|urandom)|Path\.(?:cwd|home)|random\.\w+|uuid\.\w+|tempfile\.\w+)\b"
)
ELEMENTS = "a|b|body|br|code|div|em|h[1-6]|head|hr|html|i|img|li|link|meta|ol|p|pre|rt|ruby|script|section|span|strong"
TAG = re.compile(rf"(?<!\?P)</?(?:{ELEMENTS}|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul)(?:\s[^<>]*)?/?>")
SUBJECTS = re.compile(
    r"AWS|Amazon|Dynamo|Cognito|Beanstalk|Lambda|Kinesis|Fargate|OpsWorks|CodeCommit|X-Ray|\bEC2\b|\bS3\b"
)
MOST_LINES, LONGEST_FUNCTION = 250, 40
SHARED_NAMES = {
    "build",
    "coverage",
    "deck",
    "evidence",
    "figures",
    "ledger",
    "lints",
    "log",
    "preview",
    "progress",
    "release",
    "schema",
}
"""Words of the field that a command, a package and a module in another package may share; others are given once."""


def part(name: str) -> str:
    return name.partition("/")[0].removesuffix(".py")


def imports(name: str) -> Iterator[str]:
    """Yield the full names of all modules that a file imports, inside of functions too."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                inner if is_module(inner := f"{node.module}.{alias.name}") else node.module for alias in node.names
            )


def is_module(name: str) -> bool:
    path = name.removeprefix("hitoe.").replace(".", "/")
    return name.startswith("hitoe.") and (f"{path}.py" in FILES or f"{path}/__init__.py" in FILES)


def strings(name: str) -> Iterator[ast.Constant]:
    """Yield all texts of a file that are no docstrings."""
    tree = TREES[name]
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


def test_imports_point_one_way() -> None:
    wrong = [
        f"{name} imports {module}"
        for name in FILES
        for module in imports(name)
        if module.startswith("hitoe.")
        and (target := module.split(".")[1]) in ORDER
        and part(name) in ORDER
        and ORDER.index(target) > ORDER.index(part(name))
    ]
    assert wrong == []


def test_every_part_has_its_place_in_the_order() -> None:
    assert {part(name) for name in FILES} - {"__init__"} == set(ORDER)


def test_no_module_needs_itself() -> None:
    def module(name: str) -> str:
        return "hitoe." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    graph = {module(name): {each for each in imports(name) if is_module(each)} for name in FILES}
    assert list(TopologicalSorter(graph).static_order())


def test_each_library_has_its_owner() -> None:
    foreign = {
        (library, part(name))
        for name in FILES
        for library in (module.partition(".")[0] for module in imports(name))
        if library in OWNERS or (library not in sys.stdlib_module_names and library != "hitoe")
    }
    assert {(library, user) for library, user in foreign if user not in OWNERS.get(library, ())} == set()
    assert set(OWNERS) == {library for library, _ in foreign}


def test_the_clock_and_the_environment_enter_at_the_edge() -> None:
    used = {name for name, tree in TREES.items() if any(CLOCKS.search(text) for text in expressions(tree))}
    assert used <= EDGE
    assert used == EDGE, "an exception that nothing needs: delete it from EDGE"


def expressions(tree: ast.Module) -> Iterator[str]:
    yield from (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize("name", FILES)
def test_there_is_no_html_in_python(name: str) -> None:
    assert [f"{name}:{node.lineno}" for node in strings(name) if TAG.search(str(node.value))] == []


@pytest.mark.parametrize("name", FILES)
def test_modules_and_functions_are_small(name: str) -> None:
    assert len(FILES[name].splitlines()) <= MOST_LINES
    functions = [node for node in ast.walk(TREES[name]) if isinstance(node, ast.FunctionDef)]
    long = [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_no_name_is_given_twice() -> None:
    paths = [Path("hitoe", name) for name in FILES]
    modules = Counter(path.parent.name if path.stem == "__init__" else path.stem for path in paths)
    assert {name for name, count in modules.items() if count > 1} == SHARED_NAMES
    classes = Counter(node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, count in classes.items() if count > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_what_is_learned_is_in_the_code(name: str) -> None:
    assert [f"{name}:{node.lineno}" for node in strings(name) if SUBJECTS.search(str(node.value))] == []


TEMPLATES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.suffix in (".j2", ".html", ".css")
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_print_and_know_nothing(name: str) -> None:
    assert not re.search(r"\|\s*safe\b", TEMPLATES[name])
    assert "!important" not in TEMPLATES[name]
    assert not SUBJECTS.search(TEMPLATES[name])


def loaded_by(*lines: str) -> set[str]:
    """Return the modules that are loaded after a fresh Python ran these lines."""
    code = "\n".join(["import sys", *lines, "print(*sorted(sys.modules), file=sys.stderr)"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CODE.parent)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("output", ["deck", "log"])
def test_only_the_sheet_loads_weasyprint(tmp_path: Path, output: str) -> None:
    project = example_copy(tmp_path / "project")
    order = f"assert main(['build', {output!r}, '-C', {str(project)!r}]) == 0"
    loaded = loaded_by("from hitoe.cli import main", order)
    assert "hitoe.source" in loaded
    assert not loaded & {"weasyprint", "budoux", "fontTools", "hitoe.sheet", "ziamath", "latex2mathml"}


def test_the_command_line_starts_without_any_library() -> None:
    loaded = loaded_by("import hitoe.cli")
    assert "hitoe.cli" in loaded
    assert not loaded & {*OWNERS, "pydantic", "hitoe.schema", "hitoe.source"} - {"zipfile", "subprocess"}
