"""One document's way through the house, as a value: read, understood, checked."""

from __future__ import annotations

from dataclasses import dataclass

from schema.document import Document
from schema.errors import NotReadable
from schema.finding import Verdicts
from schema.report import Report


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came in. `path` is absolute; a member of an archive stands as "archive.zip!member"."""

    name: str
    path: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Versions:
    """What decides a result beside the file itself; the same three give the same result.

    `profile` is the profile asked for, "" where the report itself decides.
    """

    reader: str
    rulebook: str
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A document that was read, with what it says and what the rules say of it.

    `seconds` is the wall time of each stage: read, understand, check.
    """

    document: Document
    report: Report
    verdicts: Verdicts
    seconds: dict[str, float]


Result = Examined | NotReadable
