"""Run the command line with `python -m hitoe`."""

import sys

from hitoe.cli import main

sys.exit(main())
