"""What a character of a symbol font looks like, in Unicode."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_TABLES = Path(__file__).parent.parent / "data" / "symbols.toml"
_BULLET = "•"


def symbol(font: str, code: int) -> str:
    """The character at `code` (0x20–0xFF, with or without 0xF000) of a symbol font.

    >>> symbol("Wingdings", 0xF0FE), symbol("Wingdings 2", 0x52), symbol("Wingdings", 0x20)
    ('☑', '☑', ' ')
    """
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    table = _tables().get(font.lower())
    if low in (0x20, 0xA0) or (table is None and not 0xF000 <= code <= 0xF0FF):
        return chr(low)
    # private codes without a symbol font: Wingdings is what nearly all of them were typed in
    return (table if table is not None else _tables()["wingdings"]).get(low, _BULLET)


def is_private(text: str) -> bool:
    return bool(_PRIVATE.search(text))


def resolve(text: str, font: str) -> str:
    """`text` with its private-use characters shown as the font shows them."""
    return _PRIVATE.sub(lambda found: symbol(font, ord(found.group())), text)


@cache
def _tables() -> dict[str, dict[int, str]]:
    said = tomllib.loads(_TABLES.read_text(encoding="utf-8"))
    return {font: {int(code, 16): shown for code, shown in table.items()} for font, table in said.items()}
