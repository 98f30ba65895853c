"""Numbers of people in a form's head: a label beside its number, or a row of posts or people by kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.tables.cells import Reading, read_count
from extractors.tables.grid import Slot
from extractors.tables.labels import concept_of, one_item, read_label

#: what a row's first cell says that its numbers are of: 编制情况 | 核定86名 | 行政24名
MODES = (
    ("actual", re.compile(r"^(?:年末|单位|部门)?(?:在职|在编|在岗|实有)(?:人员|人数)?(?:情况)?$")),
    ("authorized", re.compile(r"^(?:人员|机构|单位|部门)?编制(?:人数|数)?(?:情况)?$")),
)
#: 核定86名 · 事业编制：62 · 退休47人
TOLD = re.compile(r"\s*(?P<label>[\u3400-\u9fff]{2,8})[：:]?\s*(?P<count>\d{1,5})\s*[名人个]?\s*")


def staff_of(slot: Slot) -> str | None:
    """The concept of a label of people in a form's head: 年末在职人数 | 84."""
    if len(slot.key) > 12 or not re.search("编|在职|实有|退休", slot.key):
        return None
    meaning = read_label(slot.key)
    if meaning is None or meaning.back or meaning.measure not in ("authorized", "actual", None):
        return None
    item = one_item(meaning.items)
    concept = concept_of(item, meaning.measure) if item is not None else None
    return concept if concept and concept.startswith("staff.") else None


def staff_part(slot: Slot, whole: str | None) -> str | None:
    """The concept of a kind's label behind the posts or people of all kinds: 编制人数 | 158 | 其中：行政 | 52."""
    meaning = read_label(slot.key) if whole in ("staff.authorized", "staff.actual") else None
    kind = one_item(meaning.items) if meaning and meaning.measure is None else None
    return f"{whole}.{kind}" if kind in ("admin", "institution", "support") else None


def staff_row(slots: Sequence[Slot]) -> Iterator[tuple[str, Slot, Reading]]:
    """The numbers of a row that says what it counts in its first cell and of whom in each of the next."""
    labelled = len(slots) > 1 and not slots[1].figure  # 年末在职人数 | 54 | 年内退休2人: no row of kinds
    mode = next((mode for mode, said in MODES if labelled and said.match(slots[0].key)), None)
    for slot in slots[1:] if mode else ():
        told = TOLD.fullmatch(slot.text)
        reading = read_count(slot, told.start("count")) if told else None
        meaning = read_label(told["label"]) if told and reading else None
        item = one_item(meaning.items) if meaning else None
        if reading is None or meaning is None or item is None or meaning.measure not in (mode, None):
            continue
        concept = concept_of(item, mode)
        if concept and concept.startswith("staff."):
            yield concept, slot, reading
