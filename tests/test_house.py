"""Promises that prose can't keep: ids, documents, layers, addresses, names, and the law of evidence."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

import extractors
import pipelines
import review
import schema
import storage
from pipelines.__main__ import COMMANDS
from pipelines.examination import examine
from pipelines.versions import versions
from schema.catalogue import CONCEPTS
from schema.codec import pack, unpack
from schema.examination import Examined
from schema.report import Evidence
from schema.rules.table import RULES
from storage.views import VIEWS

ROOT = Path(__file__).parent.parent
ROOMS = (schema, extractors, storage, pipelines, review)
# what a public address may be: names of XML vocabularies, and this machine
ALLOWED = re.compile(
    r"(127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1\]|testserver|[a-z.]*example(\.(com|org|net))?|server|console|"
    r"schemas\.(openxmlformats|microsoft)\.(org|com)|(www\.)?w3\.org|purl(\.oclc)?(\.org)?|[a-z.]*oasis-open\.org|"
    r"openoffice\.org|"
    r"[a-z0-9.-]*\.(local|invalid|test|internal))"
)
TEXT = {
    ".py",
    ".toml",
    ".md",
    ".txt",
    ".lock",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".service",
    ".sh",
    "",
}


@cache
def committed() -> tuple[Path, ...]:
    """Every text file under version control; all files where this is no clone."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        paths = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not {".venv", ".git", "data"} & set(path.parts)]
    return tuple(path for path in paths if path.suffix in TEXT and path.is_file())


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from Path(str(room.__file__)).parent.rglob("*.py")


# ids and documents


@pytest.mark.parametrize("ids", [[rule.id for rule in RULES], [concept.id for concept in CONCEPTS]])
def test_ids_are_unique_and_well_formed(ids: list[str]) -> None:
    assert [id for id, count in Counter(ids).items() if count > 1] == []  # noqa: A001
    assert [id for id in ids if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", id)] == []  # noqa: A001


def test_rules_are_told_in_chinese_with_their_source() -> None:
    for rule in RULES:
        for said in (rule.zh, rule.meaning, rule.clause):
            assert re.search("[\u4e00-\u9fff]", said), rule.id


@pytest.mark.parametrize("document", ["README.md", "README.zh.md"])
def test_every_command_is_in_the_readme(document: str) -> None:
    text = (ROOT / document).read_text("utf8")
    assert [name for name in COMMANDS if f"`jihe {name}" not in text] == []


def test_every_view_is_in_the_interface() -> None:
    text = (ROOT / "docs" / "interface.md").read_text("utf8")
    assert [view for view in VIEWS if f"`{view}`" not in text] == []


def test_commands_shown_in_the_readme_exist() -> None:
    for document in ("README.md", "README.zh.md"):
        shown = set(re.findall(r"^\s*jihe ([a-z]+)", (ROOT / document).read_text("utf8"), re.M))
        assert shown <= set(COMMANDS)


# the house


def test_layers() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_rooms_are_ours(room: object) -> None:
    assert Path(str(room.__file__)).is_relative_to(ROOT)  # type: ignore[attr-defined]


def test_no_room_for_odds_and_ends() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
    assert [str(path) for path in sources() if path.stem in forbidden] == []


def test_no_money_in_floats() -> None:
    """Nothing in the nouns and rules turns text or decimals into floats."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path.is_relative_to(ROOT / "schema")
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1)
        if re.search(r"\bfloat\(", line)
    ]
    assert found == []


def test_no_addresses_but_our_own() -> None:
    """No registry, hub or mirror is named: nothing is fetched at run time, and set-up uses what the
    machine is configured for."""
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in committed()
        for host in re.findall(
            r"https?://(?:[^/\s@]*@)?([A-Za-z0-9.\-\[\]]+)", path.read_text("utf8", "replace")
        )
        if not ALLOWED.fullmatch(host.lower().rstrip("."))
    ]
    assert found == []


def test_locks_carry_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf8")
        assert not re.search(r"index-url|find-links|trusted-host|://", text), lock.name
        pins = re.findall(r"^[a-z0-9].*==", text, re.M)
        assert len(pins) > 20
        assert len(re.findall(r"^[a-z0-9].*==.*\\\n    --hash=sha256:", text, re.M)) == len(pins), lock.name


def test_versions_follow_code_and_profiles(tmp_path: Path) -> None:
    plain = versions()
    assert plain == versions("", tmp_path)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.toml").write_text('zh = "本局"')
    own = versions("own", tmp_path)
    assert (own.reader, own.profile) == (plain.reader, "own")
    assert own.rulebook != plain.rulebook


# the law of evidence

#: what is read without recognition of pictures, which takes seconds a page
QUICK = [
    path
    for folder in ("reports", "unseen", "habits")
    for path in sorted((ROOT / "fixtures" / folder).glob("*"))
    if path.suffix in (".docx", ".txt", ".xlsx") or (path.suffix == ".pdf" and ".scan" not in path.name)
]


def places(value: object) -> Iterator[Evidence]:
    """Every piece of evidence within a value, however deep."""
    if isinstance(value, Evidence):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from places(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from places(part)
    elif isinstance(value, dict):
        yield from places(list(value.values()))


@pytest.mark.parametrize("part", range(8))
def test_every_value_stands_where_it_says_and_survives_storage(part: int) -> None:
    seen = 0
    for path in QUICK[part::8]:
        result = examine(path)
        if not isinstance(result, Examined):
            continue
        blocks = result.document.blocks
        assert [block.index for block in blocks] == list(range(len(blocks))), path.name
        for place in (*places(result.report), *places(result.verdicts)):
            seen += 1
            assert blocks[place.block].text[place.start : place.end] == place.text, (path.name, place)
        for noun in (result.document, result.report, result.verdicts):
            assert unpack(pack(noun), type(noun)) == noun, path.name  # type: ignore[type-var]
    assert seen > 100
