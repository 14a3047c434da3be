"""The author's YAML files, read into plain values whose every part knows its line and column.

This package alone knows ruamel.yaml. Scalars keep their spelling: `yes`, `1.10` and `2020-07-20` are text.
"""

from hitoe.source.document import Document, Loc, read

__all__ = ["Document", "Loc", "read"]
