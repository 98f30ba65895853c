"""Documents, reports and verdicts as compressed bytes, and back to equal values."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from schema.document import Document
from schema.examination import Examined
from schema.finding import Verdicts
from schema.report import Report

Noun = TypeVar("Noun", Document, Report, Verdicts)

#: further levels cost much time and save little: the text is already short-worded JSON
LEVEL = 6


class NotACopy(Exception):
    """Stored bytes that do not hold the value asked for: damaged, or of another version."""


def pack(value: Document | Report | Verdicts) -> bytes:
    """zlib-compressed JSON; decimals are written as strings and stay exact."""
    return zlib.compress(msgspec.json.encode(value), LEVEL)


def unpack(data: bytes, noun: type[Noun]) -> Noun:
    """The value that `pack` was given. Raises NotACopy."""
    try:
        value: Noun = _decoder(noun).decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise NotACopy(f"not a stored {noun.__name__}: {error}") from error
    return value


@dataclass(frozen=True, slots=True)
class Parcel:
    """An examined document packed: so it travels from a worker process, and so its parts are stored."""

    document: bytes
    report: bytes
    verdicts: bytes
    seconds: dict[str, float]

    @classmethod
    def of(cls, examined: Examined) -> Parcel:
        return cls(pack(examined.document), pack(examined.report), pack(examined.verdicts), examined.seconds)


_DECODERS: dict[str, Any] = {}


def _decoder(noun: type[Noun]) -> msgspec.json.Decoder[Noun]:
    if noun.__name__ not in _DECODERS:  # made once: msgspec walks all the types
        _DECODERS[noun.__name__] = msgspec.json.Decoder(noun)
    found: msgspec.json.Decoder[Noun] = _DECODERS[noun.__name__]
    return found
