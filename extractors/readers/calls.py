"""Calls of a C library that cost as little as ctypes allows: they are made for each character of a page.

They keep the interpreter's lock, and take references and small whole numbers as they are: to convert an argument to
a declared type costs as much as the call.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import repeat
from typing import Any


def prototype(raw: Any, name: str, result: Any, *arguments: Any) -> Any:
    """A function of pypdfium2's raw interface; of its arguments only leading addresses need be declared."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def reference(held: Any) -> Any:
    """A page or a text page as an argument."""
    return ctypes.byref(ctypes.c_char.from_address(ctypes.cast(held.raw, ctypes.c_void_p).value or 0))


def slots(buffer: Any, start: int, step: int, count: int) -> Iterator[Any]:
    """References to places of a buffer, a step of so many bytes apart."""
    return map(ctypes.byref, repeat(buffer), range(start, start + step * count, step))
