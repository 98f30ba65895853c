"""From a Document to a Report: one straight line, each step a plain function."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.accounting import account
from extractors.context import Context
from extractors.cover import read_cover
from extractors.figures.only import with_only_kind
from extractors.figures.opinion import Opinion, second_opinion
from extractors.figures.prose import read_prose
from extractors.figures.results import own_results
from extractors.figures.strangers import without_strangers
from extractors.kinds import is_foreign, recognise_kind, signs_of
from extractors.outline import plain_roles, read_outline, suited
from extractors.plain import plain
from extractors.remarks import read_remarks
from extractors.tables.forms import read_tables
from schema.document import Document
from schema.report import Coverage, Fact, Report, Section


def _unread(document: Document, sections: tuple[Section, ...]) -> Report:
    """A paper that is surely no self-evaluation: nothing in it is a department's word about itself."""
    return Report(document.source, "other", None, None, document.ledger, Coverage(0, 0), sections)


def understand(document: Document, opinion: Opinion = second_opinion) -> Report:
    """Everything that a document says: sections, facts, indicators, remarks, each with its place."""
    typed = plain(document)
    return typed.as_typed(_understood(typed.document, opinion))


def told_once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts without those that two readers found in the same characters: a value stated twice is two facts, a
    statement read twice is one."""
    found: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = fact.concept, fact.subject, fact.period, fact.stage, fact.evidence.block, fact.evidence.start
        if key not in found or found[key].confidence < fact.confidence:
            found[key] = fact
    return tuple(found.values())


def _understood(document: Document, opinion: Opinion) -> Report:
    sections = read_outline(document)
    kind = recognise_kind(document, sections)
    sections = suited(document, sections, kind)
    if kind == "other" and is_foreign(signs_of(document, sections)):
        return _unread(document, sections)
    cover = read_cover(document, sections, kind)
    context = Context(document, sections, kind, cover.department, cover.fiscal_year)
    tables = read_tables(context)
    prose = read_prose(context, tables, opinion)
    said = read_remarks(context)
    told = (*prose.facts, *tables.facts)
    figures = with_only_kind(without_strangers(own_results(context, told)), kind)
    # a cover alone makes no self-evaluation of an unknown paper
    facts = figures if kind == "other" and not figures else told_once((*cover.facts, *figures))
    remarks = (*said.remarks, *prose.malformed, *tables.malformed)
    return Report(
        source=document.source,
        kind=kind,
        department=cover.department,
        fiscal_year=cover.fiscal_year,
        ledger=document.ledger,
        coverage=account(context, (*facts, *told), tables, prose, said),
        sections=plain_roles(sections),
        facts=facts,
        tables=tables.indicator_tables,
        remarks=remarks,
        citations=said.citations,
        listings=said.listings,
        project_lists=(*prose.project_lists, *tables.project_lists),
        bands=said.bands,
        called=prose.called,
    )
