"""Which reader and which rule book made a result: digests of the code and data that decide it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import extractors
import schema
from schema.examination import Versions

DECIDING = (".py", ".toml", ".txt")


def versions(profile: str = "", home: Path | None = None) -> Versions:
    """The versions in force: any change of reader, lexicon, rule or profile makes results stale."""
    rooms = Path(schema.__file__).parent
    nouns = sorted(rooms.glob("*.py"))
    rules = [path for part in ("rules", "profiles") for path in sorted((rooms / part).rglob("*"))]
    own = sorted((home / "profiles").glob("*.toml")) if home else []
    readers = sorted(Path(extractors.__file__).parent.rglob("*"))
    return Versions(_digest(tuple(readers + nouns)), _digest(tuple(rules + nouns + own)), profile)


@cache
def _digest(paths: tuple[Path, ...]) -> str:
    """Twelve hexadecimal digits over the names and contents of the files that decide."""
    digest = hashlib.sha256()
    for path in paths:
        if path.suffix in DECIDING and path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
