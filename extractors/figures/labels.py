"""The printed labels of data/labels.toml: words of the field and what they say of a figure."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from extractors.figures.numerals import fold as half_width

DATA = Path(__file__).parent.parent / "data"
#: quotes and brackets are printed in many ways: one each, character for character
QUOTES, BRACKETS = "“”\"＂「」『』‘’'〝〞", "()[]［］【】"
MARKS = str.maketrans(QUOTES + BRACKETS, "”" * len(QUOTES) + "（）" * (len(BRACKETS) // 2))


@lru_cache(maxsize=1024)  # several readers fold the same paragraph
def fold(text: str) -> str:
    """The text as labels are compared: half width, one kind of quote and bracket, same length.

    >>> fold("“三公\\"经费（１）")
    '”三公”经费（1）'
    """
    return half_width(text).translate(MARKS)


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """Folded word -> its tags. Raises ValueError where a word stands under two keys."""
    rows = tomllib.loads((DATA / "labels.toml").read_text("utf8"))["labels"]
    found: dict[str, tuple[str, ...]] = {}
    for key, words in rows.items():
        for word in fold(words).split():
            if word in found:
                raise ValueError(f"{word} stands under {found[word]} and {key}")
            found[word] = tuple(key.split())
    return found
