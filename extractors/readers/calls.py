"""Calls of a C library that cost as little as ctypes allows: they are made for each character of a page.

They keep the interpreter's lock, and take references and small whole numbers as they are: to convert an argument to
a declared type costs as much as the call.
"""

from __future__ import annotations

import ctypes
import threading
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: pages with more characters are rare; references for theirs are not kept
USUAL = 4096


def prototype(raw: Any, name: str, result: Any, *arguments: Any) -> Any:
    """A function of pypdfium2's raw interface; of its arguments only leading addresses need be declared."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def reference(held: Any) -> Any:
    """A page or a text page as an argument."""
    return ctypes.byref(ctypes.c_char.from_address(ctypes.cast(held.raw, ctypes.c_void_p).value or 0))


class Answers(threading.local):
    """Room for the numbers that a call writes for each of many things, a thread's own.

    It is kept from page to page: to make a reference to a place in it costs half as much as the call that writes there.
    """

    def __init__(self, number: Any, count: int, starts: Sequence[int] = (0,)) -> None:
        """An answer has so many numbers of a C type; the call takes references to those at `starts`."""
        self._number, self._count, self._starts = number, count, starts
        self._usual = self._room(USUAL)

    def _room(self, many: int) -> tuple[Any, list[list[Any]]]:
        size = ctypes.sizeof(self._number)
        buffer = (self._number * (self._count * many))()
        ends = size * self._count * many
        return buffer, [
            list(map(ctypes.byref, repeat(buffer), range(size * start, ends, size * self._count)))
            for start in self._starts
        ]

    def of(self, call: Callable[..., Any], holder: Any, which: Sequence[int]) -> NDArray[np.float64]:
        """What the call says of each of these things of a page: a row each; zeros where it says nothing."""
        buffer, places = self._usual if len(which) <= USUAL else self._room(len(which))
        numbers = np.frombuffer(buffer, self._number, self._count * len(which))
        numbers[:] = 0
        deque(map(call, repeat(holder), which, *places), 0)
        return numbers.astype(np.float64).reshape(-1, self._count)
