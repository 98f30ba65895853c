"""Seeded errors end to end: random reports as files, read, understood and checked.

    python -m tests.seeding [COUNT] [SEED]

COUNT consistent documents must have no finding above notice; COUNT more, each with one planted error,
must have exactly that finding, pointing at the very figures. SEED "today" is another one each night.
Prints figures per rule; exits 1 where they fall short.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date

from .plants import PLANTS
from .trial import draw_paper, findings, planted, verdict, write


def main(count: int, seed: int) -> int:
    wrong: Counter[str] = Counter()
    notices: Counter[str] = Counter()
    for index in range(count):
        document, _ = write(draw_paper(random.Random(f"clean/{seed}/{index}")))
        found = findings(document)
        loud = [f for f in found if f.severity != "notice"]
        notices.update(f.rule for f in found if f.severity == "notice")
        wrong.update(f.rule for f in loud)
        for f in loud[:2]:
            print(f"  clean {seed}/{index}: {f.rule} {f.subject}: {f.message}")
    print(f"{count} clean documents: false findings {dict(wrong) or 0}; notices {dict(notices)}")
    each = max(count // len(PLANTS), 1)
    hits: Counter[str] = Counter()
    softly = 0
    for name in PLANTS:
        for index in range(each):
            want, found, speaker, _ = planted(name, seed + index)
            said = verdict(want, found, speaker)
            hits[name] += not said
            softly += not said and not any(f.severity != "notice" for f in found)
            if said:
                print(f"  {name} {seed + index}: {said}")
    for name in PLANTS:
        print(f"{name:<32}{hits[name]:>6} of {each}")
    rate = hits.total() / (each * len(PLANTS))
    print(f"planted errors found: {rate:.4f}, {softly} of {hits.total()} as notices")
    return 0 if not wrong and rate >= 0.99 else 1


if __name__ == "__main__":
    given = [*sys.argv[1:], "2000", "1"][:2] if len(sys.argv) < 2 else [*sys.argv[1:], "1"][:2]
    seed = date.today().toordinal() if given[1] == "today" else int(given[1])
    raise SystemExit(main(int(given[0]), seed))
