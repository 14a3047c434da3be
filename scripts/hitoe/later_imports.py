"""Modules that are imported when a function of theirs is called: libraries import some that hitoe never needs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands for a module; has any public name, as a function that imports the module and calls what it has."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*values: Any, **named: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*values, **named)

        return call


@contextmanager
def imported_later(*names: str) -> Iterator[None]:
    """Let what is imported meanwhile get a `Later` for these modules, unless they are imported already."""
    stands_in = {name: Later(name) for name in names if name not in sys.modules}
    sys.modules |= stands_in
    try:
        yield
    finally:
        for name in stands_in:
            del sys.modules[name]
