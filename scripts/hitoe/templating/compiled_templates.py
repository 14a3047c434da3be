"""Compiled templates, kept beside their sources in `__pycache__` as Python keeps its modules.

To compile those of the cards takes 0.07 s, in each process. The files are hitoe's own, as its modules are: nothing of a
project is in them, and where they cannot be written each process compiles.
"""

import hashlib
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, compiler
from jinja2.bccache import Bucket

from hitoe import writing


class CompiledTemplates(BytecodeCache):
    """The compiled templates of environments whose own filters take the context, so that no constant is passed to them.

    Then the source, the code of this package, Jinja and a few settings make all of what is compiled. Jinja itself
    notices that a source was changed, that a file is damaged, and that another release of Python wrote it.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder of the sources."""
        self._folder = folder / "__pycache__"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept of its template, if there is something."""
        with suppress(OSError), self._file(bucket).open("rb") as file:
            if file.read(len(_made_by())) == _made_by():
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the template of a bucket."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                writing.write(self._file(bucket), _made_by() + bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        of = bucket.environment
        settings = (of.autoescape, of.trim_blocks, of.lstrip_blocks, of.keep_trailing_newline)
        flags = "".join(str(int(bool(setting))) for setting in settings)
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}-{flags}"


@cache
def _made_by() -> bytes:
    """Return a hash of the code that sets environments up, and of what tells one release of Jinja from another."""
    code = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
    jinja = Path(compiler.__file__).stat()
    return hashlib.blake2b(
        b"\0".join([*code, f"{jinja.st_size} {jinja.st_mtime_ns}".encode()]), digest_size=16
    ).digest()
