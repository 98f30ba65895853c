"""A department whose posts are of one kind: what is told of that kind is told of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schema.report import DocumentKind, Fact

POSTS = "staff.authorized"
OF_INSTITUTION = f"{POSTS}.institution"


def with_only_posts(facts: Sequence[Fact], kind: DocumentKind) -> tuple[Fact, ...]:
    """The facts, with the posts of an institution as all posts where the report of a department tells of no others:
    核定事业编制38名，年末实有36人."""
    posts = [fact for fact in facts if fact.concept.startswith(POSTS)]
    alone = {fact.concept for fact in posts} == {OF_INSTITUTION} and len({fact.value for fact in posts}) == 1
    in_prose = all(fact.evidence.table is None for fact in posts)
    if kind != "department_report" or not alone or not in_prose:
        return tuple(facts)
    return (*facts, *(replace(fact, concept=POSTS) for fact in posts))
