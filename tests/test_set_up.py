"""Of two `make` at once in a fresh clone one sets up, and the other waits and then uses what is there."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = """\
#!/bin/sh
# Stands in for Python: makes an environment whose Python writes down what it is asked to do, slowly.
if [ "$2" != venv ]; then exec "{python}" "$@"; fi
echo "$@" >> done; rm -rf .venv; sleep 0.3; mkdir -p .venv/bin
printf '#!/bin/sh\\nsleep 0.1; echo "$@" >> done\\n' > .venv/bin/python
cp .venv/bin/python .venv/bin/hitoe; chmod +x .venv/bin/*
"""


def test_two_first_makes_at_once_set_up_once(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("lock", "setup"):
        shutil.copytree(ROOT / "scripts" / folder, tmp_path / "scripts" / folder)
    python = tmp_path / "python"
    python.write_text(PYTHON.format(python=sys.executable))
    python.chmod(0o755)
    makes = [
        subprocess.Popen(["make", "deck", f"PYTHON={python}"], cwd=tmp_path, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [make.wait(60) for make in makes] == [0, 0]
    done = [line.split()[-1] for line in (tmp_path / "done").read_text().splitlines()]
    assert done == [".venv", "scripts/lock/run.txt", "scripts/lock/optional.txt", ".", "deck", "deck"]
