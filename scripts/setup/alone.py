"""Runs a command while no other process does so in this folder; the Makefile sets up with it.

The lock is one of the operating system's, on the Makefile: it ends with this process, however that ends.
"""

import fcntl
import subprocess
import sys

with open("Makefile") as locked:  # noqa: PTH123  # any Python 3 must understand this
    try:
        fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("hitoe: another make sets up here: waiting for it", flush=True)
        fcntl.flock(locked, fcntl.LOCK_EX)
    sys.exit(subprocess.call(sys.argv[1:]))
