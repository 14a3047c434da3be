"""Reads the author's YAML files into plain values, and knows the line and column of every part of them.

This package alone uses ruamel.yaml. Scalars keep their spelling: `yes`, `1.10` and `2020-07-20` are text.
"""

from hitoe.source.document import Document, Loc, corrected, read

__all__ = ["Document", "Loc", "corrected", "read"]
