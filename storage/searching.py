"""Looking for a text in a million findings: an index of the messages' letters, and what it finds.

SQLite's is an FTS5 table of trigrams. Chinese words are mostly of two characters, which trigrams do not answer:
each message is indexed with two fill characters behind it, so every one and two characters begin some trigram,
and the trigrams that begin with a text are a range of the index's own list of terms. PostgreSQL's is a GIN
index over the single characters and pairs of a message (pg_trgm drops what its locale holds for no letters,
and answers no two characters either). Both narrow down; the message itself decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    any_,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables import Department, FindingRow

#: matches of a text that are looked at: lists of more are cut off there, and say so
MOST_MATCHES = 2_000
#: findings that the index names and whose message and filters are then looked at
MOST_CANDIDATES = 10_000
#: a character that begins more trigrams than this is looked for without the index: it is found soon
MOST_TERMS = 400

SQLITE = (
    "CREATE VIEW findings_said AS SELECT id, message || char(31, 31) AS said FROM findings",
    "CREATE VIRTUAL TABLE findings_text USING fts5(said, content='findings_said', content_rowid='id', "
    "tokenize='trigram case_sensitive 1', detail='none', columnsize=0)",
    "CREATE VIRTUAL TABLE findings_terms USING fts5vocab(findings_text, row)",
    """CREATE TRIGGER findings_said_insert AFTER INSERT ON findings BEGIN
        INSERT INTO findings_text (rowid, said) VALUES (new.id, new.message || char(31, 31));
    END""",
    """CREATE TRIGGER findings_said_delete AFTER DELETE ON findings BEGIN
        INSERT INTO findings_text (findings_text, rowid, said)
        VALUES ('delete', old.id, old.message || char(31, 31));
    END""",
    "INSERT INTO findings_text (findings_text) VALUES ('rebuild')",
)
POSTGRESQL = (
    """CREATE FUNCTION jihe_letters(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT array_agg(DISTINCT part) FROM (
            SELECT substr(said, at, size) AS part
            FROM generate_series(1, length(said)) AS at, generate_series(1, 2) AS size
        ) AS parts $$""",
    "CREATE INDEX ix_findings_letters ON findings USING gin (jihe_letters(message))",
)


def create_index(connection: Connection) -> None:
    """The index over what is there, kept from then on by the database itself."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))


def among(connection: Connection, ids: Sequence[int]) -> ColumnElement[bool]:
    """The findings of these ids, as one parameter: a list of thousands would be as many."""
    if connection.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(list(ids))).table_valued("value")
        return FindingRow.id.in_(select(listed.c.value))
    return FindingRow.id == any_(bindparam(None, list(ids), ARRAY(BigInteger)))


Four = tuple[str, int, str, int | None]
#: what findings are counted by: rule, severity, status, fiscal year
FOUR = (FindingRow.rule, FindingRow.severity, FindingRow.status, FindingRow.fiscal_year)


@dataclass(frozen=True, slots=True)
class Matches:
    """Findings that hold a text, with what they are counted by; `cut` says that there may be more of them."""

    found: dict[int, Four]
    cut: bool


def search(connection: Connection, sought: str, conditions: Sequence[ColumnElement[bool]]) -> Matches:
    """Of the findings under the conditions those whose department or message holds a text, at most
    MOST_MATCHES."""
    found = _fetched(connection, [*conditions, FindingRow.department.in_(_names(sought))])
    if len(found) > MOST_MATCHES:
        return _matches(found)
    narrow, whole = _narrowed(connection, sought)
    found |= _fetched(connection, [*conditions, _holds(connection, sought), *narrow])
    return _matches(found, not whole)


def scan(connection: Connection, sought: str, conditions: Sequence[ColumnElement[bool]]) -> Matches:
    """The same without the index: for conditions that few findings fulfil."""
    either = FindingRow.department.in_(_names(sought)) | _holds(connection, sought)
    return _matches(_fetched(connection, [*conditions, either]))


def _names(sought: str) -> Select[tuple[str]]:
    return select(Department.name).where(Department.name.contains(sought, autoescape=True))


def _fetched(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> dict[int, Four]:
    query = select(FindingRow.id, *FOUR).where(*conditions).limit(MOST_MATCHES + 1)
    same: dict[Four, Four] = {}  # thousands of findings share a few hundred of them
    rows = connection.execute(query).all()
    return {
        row[0]: same.setdefault(four, four) for row in rows for four in [(row[1], row[2], row[3], row[4])]
    }


def _matches(found: dict[int, Four], cut: bool = False) -> Matches:
    if len(found) <= MOST_MATCHES:
        return Matches(found, cut)
    return Matches({one: found[one] for one in sorted(found)[:MOST_MATCHES]}, True)


def _holds(connection: Connection, sought: str) -> ColumnElement[bool]:
    if connection.dialect.name == "sqlite":  # its LIKE does not tell capitals from small letters
        return func.instr(FindingRow.message, sought) > 0
    return FindingRow.message.contains(sought, autoescape=True)


def _narrowed(connection: Connection, sought: str) -> tuple[list[ColumnElement[bool]], bool]:
    """What the index says of the findings that may hold a text, and whether that is all of them. SQLite, which
    joins one index only, gets a list of MOST_CANDIDATES at most."""
    if connection.dialect.name != "sqlite":
        pairs = [sought] if len(sought) == 1 else [a + b for a, b in pairwise(sought)]
        # a bitmap that does not fit would have every message of its pages taken apart again
        connection.execute(text("SET LOCAL work_mem = '64MB'"))
        return [func.jihe_letters(FindingRow.message).op("@>")(bindparam(None, pairs, ARRAY(Text)))], True
    wanted = _trigrams(connection, sought)
    if wanted is None:
        return [], True
    query = text("SELECT rowid FROM findings_text WHERE findings_text MATCH :wanted LIMIT :most")
    asked = {"wanted": wanted, "most": MOST_CANDIDATES}
    named = list(connection.execute(query, asked).scalars().all()) if wanted else []
    return [among(connection, named)], len(named) < MOST_CANDIDATES


def _trigrams(connection: Connection, sought: str) -> str | None:
    """What FTS5 is asked: all the trigrams of a text, or any that begins with a shorter one."""
    if len(sought) >= 3:
        return _joined("AND", (sought[at : at + 3] for at in range(len(sought) - 2)))
    ranged = text("SELECT term FROM findings_terms WHERE term >= :low AND term < :high LIMIT :most")
    asked = {"low": sought, "high": sought + "\U0010ffff", "most": MOST_TERMS + 1}
    terms = list(connection.execute(ranged, asked).scalars())
    return None if len(terms) > MOST_TERMS else _joined("OR", terms)


def _joined(word: str, terms: Iterable[str]) -> str:
    return f" {word} ".join('"' + one.replace('"', '""') + '"' for one in dict.fromkeys(terms))
