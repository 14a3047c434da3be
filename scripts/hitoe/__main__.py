"""Run the command line: `hitoe`, or `python -m hitoe`."""

import sys


def main() -> int:
    """Run hitoe. Returns the exit status."""
    from hitoe import cli  # not in worker processes, which import this module where the script is named hitoe

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
