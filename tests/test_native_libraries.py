"""What to install is said for the system that hitoe runs on."""

import platform
import subprocess
import sys

import pytest
import system_libraries
from hitoe import native_libraries

DEBIAN = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@pytest.mark.parametrize(
    ("system", "release", "told"),
    [
        ("Linux", {"ID": "debian"}, DEBIAN),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, DEBIAN),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install pango harfbuzz"),
        ("Linux", {"ID": "arch"}, "sudo pacman -S pango"),
        ("Linux", {"ID": "guix"}, "install Pango with HarfBuzz"),
        ("Linux", {}, "install Pango with HarfBuzz"),
        ("Linux", None, "install Pango with HarfBuzz"),
        ("Darwin", None, "brew install pango"),
        ("Windows", None, "in MSYS2, pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_the_command_of_the_system(
    system: str, release: dict[str, str] | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> dict[str, str]:
        if release is None:
            raise OSError
        return release

    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "freedesktop_os_release", read)
    assert native_libraries.remedy().startswith(told)


def test_make_installs_the_same_packages() -> None:
    assert system_libraries.DEBIAN == native_libraries.DEBIAN


def test_no_program_is_run_to_find_them() -> None:
    code = (
        "import sys; run = []; sys.addaudithook(lambda event, about: run.append(about) if 'Popen' in event else None); "
        "from hitoe.sheet.pdf.weasyprint import need_libraries; need_libraries(); "
        "import ctypes.util; print(run, ctypes.util.find_library.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[] find_library\n"
