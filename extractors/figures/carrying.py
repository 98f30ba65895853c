"""Money carried over the turn of a year, told by where it came from or where it goes."""

from __future__ import annotations

import re

from extractors.figures.setting import Decision, Scene

#: 年末尚有48万元结转到下年继续使用
YEAR_END = re.compile(
    r"(?:20\d\d)?(?:年末|年底|年终|期末|12月31日)[，,]?(?:共|账面|累计|仍|尚|还|实际|财政)*(?:有|余|剩余|结余|剩下?)?(?:资金)?[为是：:]?\s?"
)
INTO_NEXT = re.compile(
    r"[，,]?\s?(?:资金)?(?:全部|均|已)?(?:按规定)?结?转(?:到|至|入)?(?:(?:下|次)一?年|20\d\d年)"
)
#: 加上从2022年结转过来的41.26万元 · 上年末滚存下来的资金887万元
FROM_BEFORE = re.compile(
    r"(?:(?P<year>20\d\d)年度?|上年度?|去年|上一年度?)末?(?:的)?(?:结转|结存|滚存|[留转带])(?:过来|下来|而来|转来|转入|来)的?(?:结[余转]|资金|指标|款项)?(?:共计?|计|为)?\s?$"
)
#: 结转结余由年初的214.73万元变为年末的264.13万元
TURNED = re.compile(r"结[转余](?:结余)?(?:资金)?[由从](?:年初|上年末|期初)的?\s?$")
TURNED_TO = re.compile(
    r"结[转余](?:结余)?(?:资金)?[由从](?:年初|上年末|期初)[^。；]*(?:变为|变成|增至|降至|减至|[增减][加少]到)(?:年末|期末)的?\s?$"
)
#: 年末结转结余86.93万元，较上年末的112.30万元减少25.37万元: what this year began with
AT_LAST_END = re.compile(
    r"[较比与同](?:(?P<year>20\d\d)年度?|上年度?|去年|上一年度?)年?[末底]的?(?:结[转余](?:和?结余)?(?:资金)?)?数?的?\s?$"
)
#: 带到2022年去的结转113.37万元
TO_NEXT = re.compile(
    r"(?:带|留|结?转)(?:到|至|入)(?P<year>20\d\d|下一?|次)年度?(?:去|继续使用|使用|用)?的(?:结[转余]|资金|指标)(?:共计?|计|为)?\s?$"
)

#: 另动用上年结转24.05万元: as much of it as the budget was raised by
USED_UP = re.compile(r"(?:动用|消化|盘活)了?(?:以前年度|上年度?|年初)末?的?结[转余](?:结余)?(?:资金)?\s?$")


def decide_carried(scene: Scene) -> Decision | None:
    """What the department had at the year's end or brought into the year; None where nothing says so."""
    if scene.setting.single:
        return None
    figure, year = scene.figure, scene.setting.fiscal_year
    if USED_UP.search(scene.clause):
        return scene.none("其他口径")
    if TURNED.search(scene.clause):
        return Decision(figure, "carryover.opening", figure.quantity, None, year, confidence=0.93)
    if TURNED_TO.search(scene.sentence):
        return Decision(figure, "carryover.closing", figure.quantity, None, year, confidence=0.93)
    spoken = scene.talk.topic or scene.talk.before
    at_end = AT_LAST_END.search(scene.clause) if spoken and spoken.key == "carry_close" else None
    if at_end and _is_last(at_end["year"], year):
        return Decision(figure, "carryover.opening", figure.quantity, None, year, confidence=0.93)
    if YEAR_END.fullmatch(scene.clause.strip()) and INTO_NEXT.match(scene.after):
        return Decision(figure, "carryover.closing", figure.quantity, None, scene.period, confidence=0.93)
    if (left := TO_NEXT.search(scene.clause)) and (
        not left["year"].isdigit() or int(left["year"]) == (year or 0) + 1
    ):
        return Decision(figure, "carryover.closing", figure.quantity, None, year, confidence=0.93)
    brought = FROM_BEFORE.search(scene.clause)
    alone = brought and len(scene.clause[: brought.start()].strip()) <= 6  # 另有从…; no project's name
    if brought and alone and _is_last(brought["year"], year):
        return Decision(figure, "carryover.opening", figure.quantity, None, year, confidence=0.93)
    return None


def _is_last(said: str | None, year: int | None) -> bool:
    """Whether a year as written, or 上年 where none is, is the one before the report's."""
    return said is None or (year is not None and int(said) == year - 1)
