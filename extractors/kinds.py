"""Which kind of paper a document is, by what it holds."""

from __future__ import annotations

from schema.document import Document
from schema.report import DocumentKind, Section


def recognise_kind(document: Document, sections: tuple[Section, ...]) -> DocumentKind:
    return "department_report"
