"""The one file that knows spaCy and jieba: text to tokens that carry the meaning of the field's words.

A blank Chinese pipeline with a segmenter of our own: figures are found on the raw text first and stay
whole (jieba cuts 1,234.56 in three), the rest is cut by jieba over the lexicon of data/labels.toml
alone, without its general dictionary (0.5 s to load) and without its hidden Markov model: a label is
always cut the same way, the longest one wins, and what no label covers is left as characters.
"""

from __future__ import annotations

import sys
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.figures.known import Known, find_known
from extractors.figures.labels import fold, labels
from extractors.figures.quantities import Found, find_quantities

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@contextmanager
def stand_ins(*modules: types.ModuleType) -> Iterator[None]:
    """Modules that take the place of costly ones while a library is imported, and leave with the block,
    so that a later import of their names finds the real ones."""
    placed = {module.__name__: module for module in modules if module.__name__ not in sys.modules}
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _module(name: str, **contents: Any) -> types.ModuleType:
    made = types.ModuleType(name)
    made.__path__ = []  # a package, as the real one
    vars(made).update(contents)
    return made


def _import_spacy() -> Any:
    """spaCy without its command line: `spacy/__init__` imports spacy.cli for `spacy.info` alone, and
    that costs a third of the import (typer, httpx, weasel)."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    info = _module("spacy.cli.info", info=lambda *_, **__: {})
    try:
        with stand_ins(_module("spacy.cli", info=info), info):
            return import_module("spacy")
    except (ImportError, AttributeError):  # another version needs more of it: the plain way
        for name in [n for n in sys.modules if n == "spacy" or n.startswith("spacy.")]:
            del sys.modules[name]
        return import_module("spacy")


def _import_jieba() -> Any:
    """jieba without the tables of its hidden Markov model, which nothing here uses (0.13 s).

    It writes "\\." in plain strings and asks for pkg_resources: its warnings are not ours."""
    with warnings.catch_warnings(), stand_ins(_module("jieba.finalseg")):
        warnings.simplefilter("ignore")
        return import_module("jieba")


spacy = _import_spacy()
jieba = _import_jieba()


class LexiconSegmenter:
    """spaCy's tokenizer: figures and known numbers whole, labels by jieba, all else in characters.

    Each token's `tag_` is its label's tags, "figure", "known" or "". Serialises as its lexicon.
    """

    def __init__(self, vocab: Any, lexicon: dict[str, tuple[str, ...]]) -> None:
        self.vocab = vocab
        self.lexicon = lexicon
        self.cutter = jieba.Tokenizer()
        self._load()

    def _load(self) -> None:
        """Fills jieba's prefix dictionary itself: its own loading writes a cache to the shared
        temporary folder, where another process may be writing too."""
        frequencies: dict[str, int] = {}
        for word in self.lexicon:
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
            frequencies[word] = 1
        self.cutter.FREQ, self.cutter.total = frequencies, len(self.lexicon)
        self.cutter.initialized = True

    def __call__(self, text: str) -> Doc:
        known = find_known(text)
        figures = [
            f for f in find_quantities(text) if not any(f.start < k.end and k.start < f.end for k in known)
        ]
        words: list[str] = []
        tags: list[str] = []
        at = 0
        folded = fold(text)
        fixed = sorted(
            [(f.start, f.end, "figure") for f in figures] + [(k.start, k.end, "known") for k in known]
        )
        for start, end, tag in [*fixed, (len(text), len(text), "")]:
            for word in self.cut(folded[at:start]):
                words.append(text[at : at + len(word)])
                tags.append(" ".join(self.lexicon.get(word, ())))
                at += len(word)
            if end > start:
                words.append(text[start:end])
                tags.append(tag)
                at = end
        doc: Doc = spacy.tokens.Doc(self.vocab, words=words, spaces=[False] * len(words))
        for token, tag in zip(doc, tags, strict=True):
            if tag:
                token.tag_ = tag
        doc.user_data["figures"], doc.user_data["known"] = figures, known
        return doc

    def cut(self, text: str) -> list[str]:
        """The words of a text in order; jieba's best route over every character, marks too."""
        if not text:
            return []
        route: dict[int, tuple[float, int]] = {}
        graph = self.cutter.get_DAG(text)
        for at, ends in graph.items():
            if at not in ends:
                ends.append(at)  # 加上年初结转: 上 may stand alone where 上年 is a label
        self.cutter.calc(text, graph, route)
        words, at = [], 0
        while at < len(text):
            end = route[at][1] + 1
            words.append(text[at:end])
            at = end
        return words

    def to_bytes(self, **_: Any) -> bytes:
        return "\n".join(f"{word}\t{' '.join(tags)}" for word, tags in self.lexicon.items()).encode()

    def from_bytes(self, data: bytes, **_: Any) -> LexiconSegmenter:
        rows = (line.split("\t") for line in data.decode().splitlines())
        self.lexicon = {word: tuple(tags.split()) for word, tags in rows}
        self._load()
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> LexiconSegmenter:
        return self.from_bytes(Path(path).read_bytes())


@spacy.registry.tokenizers("jihe.lexicon_segmenter.v1")  # type: ignore[untyped-decorator]
def _segmenter() -> Any:
    return lambda nlp: LexiconSegmenter(nlp.vocab, labels())


@spacy.Language.component("jihe_figures")  # type: ignore[untyped-decorator]
def figure_spans(doc: Doc) -> Doc:
    """`doc.spans["figures"]`: the quantities, each labelled with its kind."""
    # a figure is one token, so it always is a span
    spans = (doc.char_span(f.start, f.end, label=f.kind) for f in doc.user_data["figures"])
    doc.spans["figures"] = [span for span in spans if span is not None]
    return doc


@spacy.Language.component("jihe_labels")  # type: ignore[untyped-decorator]
def label_spans(doc: Doc) -> Doc:
    """`doc.spans["labels"]`: one span for each tag of each label."""
    doc.spans["labels"] = [
        spacy.tokens.Span(doc, token.i, token.i + 1, label=tag)
        for token in doc
        if token.tag_ not in ("", "figure", "known")
        for tag in token.tag_.split()
    ]
    return doc


@cache
def pipeline() -> Language:
    """The pipeline of this process: segmenter, figures, labels."""
    nlp: Language = spacy.blank(
        "zh", config={"nlp": {"tokenizer": {"@tokenizers": "jihe.lexicon_segmenter.v1"}}}
    )
    nlp.add_pipe("jihe_figures")
    nlp.add_pipe("jihe_labels")
    return nlp


class Token(NamedTuple):
    """text[start:end] of the passage, with the tags of its label; no tags: an unknown character.

    A tuple, since there is one for nearly every character and a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int
    text: str
    tags: tuple[str, ...] = ()
    figure: Found | None = None
    known: Known | None = None


@lru_cache(maxsize=512)  # several readers ask for the same paragraph
def tokens(text: str) -> tuple[Token, ...]:
    """The passage as tokens that cover every character of it, in order.

    >>> [(t.text, t.tags) for t in tokens("基本支出97.23%")]
    [('基本支出', ('topic.basic',)), ('97.23%', ())]
    """
    doc = pipeline()(text)
    figures = {
        span.start: one for span, one in zip(doc.spans["figures"], doc.user_data["figures"], strict=True)
    }
    known = {k.start: k for k in doc.user_data["known"]}
    found: dict[int, list[str]] = {}
    for span in doc.spans["labels"]:
        found.setdefault(span.start, []).append(span.label_)
    folded = fold(text)
    return tuple(
        Token(at, at + length, folded[at : at + length], tuple(found.get(i, ())), figures.get(i),
              known.get(at))
        for i, (at, length) in enumerate(doc.to_array(["IDX", "LENGTH"]).tolist())
    )  # fmt: skip
