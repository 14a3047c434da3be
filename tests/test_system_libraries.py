"""Set-up either makes WeasyPrint's native libraries available or says how to."""

import ast
import importlib.util
import os
import stat
from pathlib import Path

import pytest
import system_libraries
from system_libraries import Library

DAY = 24 * 60 * 60


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that holds all commands of a machine that has none yet."""
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.delenv("HITOE_NO_APT", raising=False)
    monkeypatch.setattr(system_libraries, "LISTS", tmp_path / "no-lists-yet")
    return commands


def command(machine: Path, name: str, script: str) -> None:
    path = machine / name
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def apt_that_installs(machine: Path, library: Library) -> Path:
    """Put an apt-get on the machine that brings the library, and sudo and env to reach it; return its diary."""
    diary = machine / "diary"
    spec = importlib.util.find_spec("_ctypes")  # any shared object of this very system serves
    assert spec is not None
    assert spec.origin is not None
    command(machine, "apt-get", f'echo "$DEBIAN_FRONTEND: $*" >> {diary}; cp {spec.origin} {library.file}')
    command(machine, "env", f'PATH={machine}:$PATH; exec /usr/bin/env "$@"')
    command(machine, "sudo", f'PATH={machine}:$PATH; shift; exec "$@"')
    return diary


def absent(tmp_path: Path) -> Library:
    return Library("hitoe-has-no-such", str(tmp_path / "libabsent.so"))


def test_every_library_that_weasyprint_opens_is_checked() -> None:
    spec = importlib.util.find_spec("weasyprint")  # found, not imported: that would need the libraries
    assert spec is not None
    assert spec.submodule_search_locations is not None
    source = Path(spec.submodule_search_locations[0], "text", "ffi.py").read_text(encoding="utf-8")
    opened = [
        {name.value for name in call.args if isinstance(name, ast.Constant)}
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_dlopen"
    ]
    unneeded = [names for names in opened if "harfbuzz-vector" in names]  # draws colour glyphs, which no sheet has
    checked = {library.file for library in system_libraries.LIBRARIES}
    assert all(names & checked for names in opened if names not in unneeded)
    assert len(opened) == len(checked) + len(unneeded)


def test_nothing_is_run_or_said_when_all_is_there(machine: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert system_libraries.main([]) == 0
    assert capfd.readouterr() == ("", "")


def test_a_missing_library_is_installed_without_a_question(
    machine: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    library = absent(tmp_path)
    diary = apt_that_installs(machine, library)
    assert system_libraries.main([library]) == 0
    assert diary.read_text().splitlines() == [
        "noninteractive: update",
        "noninteractive: install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ]
    said, complained = capfd.readouterr()
    assert [line.partition("apt-get")[2] for line in said.splitlines()] == [
        " update",
        " install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    ]
    assert complained == ""


def test_the_owner_of_the_machine_may_refuse(
    machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    diary = apt_that_installs(machine, absent(tmp_path))
    monkeypatch.setenv("HITOE_NO_APT", "1")
    assert system_libraries.main([absent(tmp_path)]) == 1
    assert not diary.exists()
    complained = capfd.readouterr().err
    assert "cannot open: hitoe-has-no-such" in complained
    assert "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in complained
    assert "sudo dnf install pango harfbuzz" in complained
    assert "brew install pango" in complained


def test_an_install_that_brings_nothing_is_no_success(
    machine: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    apt_that_installs(machine, absent(tmp_path))
    other = Library("another-one", str(tmp_path / "libother.so"))
    assert system_libraries.main([other]) == 1
    assert "cannot open: another-one" in capfd.readouterr().err


def test_only_the_missing_are_named(tmp_path: Path, machine: Path) -> None:
    there, lacking = Library("there", str(tmp_path / "libthere.so")), absent(tmp_path)
    spec = importlib.util.find_spec("_ctypes")
    assert spec is not None
    assert spec.origin is not None
    Path(there.file).write_bytes(Path(spec.origin).read_bytes())
    assert system_libraries.missing([there, lacking]) == [lacking.name]


def test_without_apt_nothing_is_run(machine: Path) -> None:
    assert system_libraries.privilege({}, user_id=0) is None


def test_root_needs_no_sudo(machine: Path) -> None:
    command(machine, "apt-get", "true")
    assert system_libraries.privilege({}, user_id=0) == []


def test_a_user_needs_sudo_that_asks_nothing(machine: Path) -> None:
    command(machine, "apt-get", "true")
    assert system_libraries.privilege({}, user_id=1000) is None
    command(machine, "sudo", "echo 'sudo: a password is required' >&2; exit 1")
    assert system_libraries.privilege({}, user_id=1000) is None
    command(machine, "sudo", "true")
    assert system_libraries.privilege({}, user_id=1000) == ["sudo", "-n"]


def test_package_lists_are_fetched_when_missing_or_a_day_old(tmp_path: Path) -> None:
    assert system_libraries.lists_are_old(tmp_path, now=0)
    (tmp_path / "partial").mkdir()
    os.utime(tmp_path / "partial", (1000, 1000))
    assert system_libraries.lists_are_old(tmp_path, now=1000)
    (tmp_path / "archive_main_Packages.lz4").touch()
    assert not system_libraries.lists_are_old(tmp_path, now=1000 + DAY)
    assert system_libraries.lists_are_old(tmp_path, now=1000 + DAY + 1)
