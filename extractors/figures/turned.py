"""Clauses that put the figure before its name, 3,412万元，是年初批复的预算数, or the names of several before their
figures, 基本支出、项目支出分别为…: they are read turned round, as nearly all are written, and what was read is told at
the places where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractors.context import Context
from schema.document import Block
from schema.report import Evidence, Fact

_FIGURE = r"\d[\d,，]*(?:\.\d+)?\s?(?:亿元|万元|元|[%％]|分)"
FIGURE = re.compile(_FIGURE)
_NAME = r"(?:20\d\d年|\d{1,2}月|（境）|[^，。；：:、（(\d]){0,40}?"
#: what the names of money, rates and scores end with
_ENDS = r"(?:[总数]额|总数|合计|[算出款级般付复达定加]数|比重|占比|财政(?:拨款?|拨付|安排|保障)的|支出|收入|预算|指标|资金|经费|费|结[转余]|拨款|决算|(?:执行|支出|支付|完成)(?:率|进度)|总分|得分|规模)"
#: 3,412万元，是市财政年初批复本项目的预算数 · 920万元为造林绿化补助项目的全年预算
CLAUSE = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<mark>[，,]?)(?P<verb>(?:这|即|就|便)?(?:[是为系]|属于?))(?P<name>{_NAME}{_ENDS})(?=[，。；：（]|$)"
)
#: 3,940.00万元的采购预算，执行了3,826.15万元
OWNED = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<mark>的)(?P<name>(?:20\d\d年|年初|全年|调整后|政府|[基本项目部门整体]{{2,4}})*(?:采购|支出|项目|收入|经费)*预算)(?=，?(?:已|共|全年|实际|最终)*(?:执行|支出|使用|完成|用|花|付))"
)
#: 全年投入的1,164.80万元项目支出
PUT_IN = re.compile(rf"(?P<mark>(?:投入|支出|使用)的)(?P<figure>{_FIGURE})(?P<name>项目(?:支出|资金))")
#: 除了1,988.70万元的财政拨款收入之外，其余31.61万元来自…
BESIDES = re.compile(rf"(?<=除)了?(?P<figure>{_FIGURE})(?P<mark>的)(?P<name>{_NAME}{_ENDS})(?=之外|以外|外)")
#: 基本支出的88.93%即2,203.92万元为人员经费
OF_PERCENT = re.compile(
    rf"(?<=[%％])(?P<mark>[，,]?[即计约合])(?P<figure>{_FIGURE})(?P<verb>[为是系])(?P<name>{_NAME}{_ENDS})(?=[，。；、]|$)"
)
#: 与2022年的7,688.10万元相比，总支出收窄3.33% · 与上年决算2,195,460.30元相比，总支出增加…
COMPARED = re.compile(
    rf"(?:(?<=[。；\n])|^)(?P<verb>[与同较比](?:20\d\d年度?|上年度?|去年)(?:的|决算(?:支出)?数?的?))(?P<figure>{_FIGURE})(?P<rest>相比|比较|相较|对比|比)(?P<mark>，)"
    rf"(?P<name>(?:20\d\d年度?|本年度?|今年)?{_NAME}(?:支出|收入|经费|费|拨款)(?:总额|合计)?)(?=[^，。；\d]{{0,6}}(?:[增减升降]|收窄|回落|提高|多|少))"
)
#: 160万元安排给公共体育场免费开放补助，156.90万元已支用
GIVEN = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<verb>(?:已|均|全部)*(?:安排给?|投[向入]|用于))(?P<name>[^，。；：:、\d]{{4,30}})(?=[，；])"
    rf"(?=，{_FIGURE}已)"
)
PAID = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<verb>已经?(?:全部)?(?:支[用出付]|使用|执行|拨付|兑付))(?=[，。；]|$)"
)
#: 12.70万元结转下年
CARRIED = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<verb>结转(?:到|至|入)?(?:下一?年度?|20\d\d年度?)(?:继续)?(?:使用)?)(?=[，。；]|$)"
)
#: what stands between two such clauses: （轿车1辆、中型客车1辆）， · ，其中
ASIDE = re.compile(r"(?:[（(][^（()）]*[）)])?[，；、。：]?(?:其中[，：]?|里面|另)?")
#: where a clause begins that nothing before it speaks of; 决算支出中946.91万元为基本支出
OPENS = re.compile(
    r"(?:^|(?<=[。；\n])|(?<=，其中)|(?<=[质源途]上[分看讲]，)|(?<=[出入算]中)[，,]?|(?<=，余下)|(?<=为满分，))\s*"
)
#: 年中下达后，655.12万元成为调整后的预算
BECAME = re.compile(rf"(?P<figure>{_FIGURE})(?P<verb>成为)(?P<name>{_NAME}{_ENDS})(?=[，。；：（]|$)")
#: 9,860万元给了基本支出，11,620万元给了项目支出 · 1,179.30万元花在基本支出上
GAVE = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<verb>(?:[分划留]?给了?|归|属于?(?=(?:基本|项目)支出)|[花用]在了?|用于(?=(?:基本|项目)支出[，。；、（])))(?P<name>{_NAME}{_ENDS}|项目(?=上))(?:(?<=[出目])上)?(?=[，。；、（]|$)"
)
#: 年中追加614,200元用于项目、52,340元用于基本支出: what was added to each
ADDED = re.compile(r"(?:追加|调增|增拨|核增)[^。；]*$")
#: 由935.35万元的基本支出预算和545万元的项目支出预算合成: parts with their names behind them
MADE_OF = re.compile(
    rf"由(?P<parts>{_FIGURE}的?{_NAME}{_ENDS}(?:[、，和与及]{_FIGURE}的?{_NAME}{_ENDS})+)(?:合成|构成|组成|相加|加总|合并)"
)
PART = re.compile(rf"(?P<figure>{_FIGURE})(?P<mark>的?)(?P<name>{_NAME}{_ENDS})(?=[、，和与及合构组相加]|$)")
#: 760.00万元基本支出，420.00万元项目支出 · （651.90万元人员经费、96.46万元公用经费）: two and more, names of nothing else
_ITEM = r"(?:基本支出|项目支出|人员(?:经费|支出)|(?:日常)?公用(?:经费|支出)|(?:政府)?采购(?:预算|支出)|公务接待费|公务用车(?:购置及)?运行维护费)"
LISTED = re.compile(
    rf"(?:^|(?<=[：:（(。；，含]))(?P<parts>{_FIGURE}{_ITEM}(?:[、，和]{_FIGURE}{_ITEM})+)(?=[，。；、）)]|$)"
)
LISTED_PART = re.compile(rf"(?P<figure>{_FIGURE})(?P<mark>)(?P<name>{_ITEM})")

#: 62名为政法专项和行政编制 · 23人为劳务派遣的辅助人员
_COUNT = r"\d[\d,]*\s?[名人]"
STAFFED = re.compile(
    rf"(?<![\d.,])(?P<figure>{_COUNT})(?P<verb>[为是])(?P<name>(?:政法专项|行政|事业|工勤|后勤|参公|离?退休|离休|劳务派遣|编外|聘用|临聘|临时)"
    r"[^，。；、\d]{0,24}?(?:编制|人员)|劳务派遣)(?=[，。；])"
)
#: 22名事业编制由县编办核定 · 9名文物看护员以劳务派遣方式聘用 · 6名同志已经退休
POSTED = re.compile(
    rf"(?<![\d.,])(?P<figure>{_COUNT})(?P<name>(?:行政|事业|工勤)编制(?=由|经)|在[编职]人员(?=实际|在)"
    r"|[^，。；、\d]{2,10}(?:以|通过|按)(?:劳务派遣|购买服务|合同)(?:方式)?聘用|(?:同志|职工|人员|干部)(?:均|已经?)?(?:全部)?退休)"
)
#: 18.5分得自预算编制 · 9.7分来自预算执行
GOT_FROM = re.compile(
    r"(?P<figure>\d[\d.]*分)(?P<verb>得|来)自(?P<name>[^，。；：、\d]{2,12})(?=[，。；、]|$)"
)
#: 78名编制中，… · 72人实有在职人员中，…
AMONG = re.compile(
    rf"(?<![\d.,])(?P<figure>{_COUNT})(?P<mark>)(?P<name>(?:人员)?编制|(?:实有|在职|在编)+人员)(?=中[，：])"
)

#: what 前者 and 后者 stand for: 基本支出1,198.30万元，项目支出1,148.50万元；执行中前者调到1,243.66万元，后者调到…
PAIRS = (
    {"基本支出": r"基本支出", "项目支出": r"项目支出"},
    {"人员经费": r"人员(?:经费|支出)", "公用经费": r"(?:日常)?公用(?:经费|支出)"},
    {"公务用车运行维护费": r"公务用车(?:购置及)?运行(?:维护)?费", "公务接待费": r"公务接待费"},
)
PAIR_OF_POSTS = {"行政": r"行政(?:编制|人员)?", "事业": r"事业(?:编制|人员)?"}
#: 优抚对象补助项目与军休人员服务保障项目，前者预算1,240万元
_PROJECT = r"[^，。；：、与和及\d]{4,24}(?:项目|工程|专项|经费|补助|补贴)"
TWO_PROJECTS = re.compile(
    rf"(?:^|[，。；：]|[是为有])(?P<former>{_PROJECT})(?:与|和|及|、)(?P<latter>{_PROJECT})(?:两个|这?两项|[两二]者)?[，：；]\s?$"
)
PEOPLE_NEXT = re.compile(r"[^，。；\d]{0,6}\d+\s?[人名]")
#: how far before it stands what such a word is said for
REACH = 160
WHICH = re.compile("前者|后者")

#: 因公出国（境）费0万元，公务用车…5.13万元，公务接待费1.27万元。上年三项依次为0万元、5.60万元和1.72万元
THREE_ITEMS = re.compile(
    rf"(?P<year>20\d\d年|上年度?|去年|上述|以上|前述)(?:同期)?这?三项(?:支出|经费)?(?P<verb>(?:依次|分别)[为是]?)(?P<row>{_FIGURE}[、，]{_FIGURE}[、，和与及]{_FIGURE})"
    rf"(?:[，,](?:总额|合计|共计?)[为是]?(?P<whole>{_FIGURE}))?"
)
ITEMS = {"出国": "因公出国（境）费", "用车": "公务用车购置及运行维护费", "接待": "公务接待费"}

#: 因公出国（境）、公务用车、公务接待分别为0万元、8.10万元和2.75万元: items called by what they are for
_BARE_ITEM = r"(?:(?:因公)?出国（境）|公务用车|公务接待)"
ITEMS_IN_TURN = re.compile(
    rf"(?P<names>{_BARE_ITEM}(?:[、和与及]{_BARE_ITEM}){{1,2}})(?:[两三]项)?(?:支出|费用)?(?:分别|依次)(?:为|是|支出)?\s?"
    rf"(?P<row>{_FIGURE}(?:[、，和与及]{_FIGURE})+)"
)
BARE_ITEM = re.compile(_BARE_ITEM)

#: 因公出国（境）费预算数、支出数、上年数依次为…；公务接待费依次为…: the sides of the first item, and in the same order of those behind it
_SIDED = r"(?:(?:因公)?出国（境）费用?|公务用车(?:购置及)?运行(?:维护)?费|公务接待费|[“\"]?三公[”\"]?经费|基本支出|项目支出|人员经费|公用经费)"
_OTHER_YEAR = r"上年度?|去年|20\d\d年度?"
_SIDE = rf"(?:(?:{_OTHER_YEAR})?(?:年初|全年|调整后?)?的?(?:预算|支出|决算|执行)(?:数|额)?|(?:上年度?|去年)数|执行率)"
_SIDED_ROW = rf"(?:分别|依次)[为是]?\s?(?P<row>{_FIGURE}(?:[、和与及]{_FIGURE})+)"
SIDES_OF_ITEM = re.compile(rf"(?P<item>{_SIDED})的?(?P<sides>{_SIDE}(?:[、和与及]{_SIDE})+){_SIDED_ROW}")
NEXT_ITEM = re.compile(rf"[，；]\s?(?P<item>{_SIDED}){_SIDED_ROW}")
SIDE, OTHER_YEAR = re.compile(_SIDE), re.compile(_OTHER_YEAR)

#: 行政、事业、工勤三类依次为27名、115名、4名；年末在职139人，三类依次为26人、109人、4人
_KIND = r"(?:行政|参公|事业|工勤|后勤)(?:编制|人员)?"
KINDS = re.compile(
    rf"(?P<names>{_KIND}(?:[、和与及]{_KIND})+)?(?P<number>[两二三四]类)(?:人员)?(?=分别|依次)"
)

#: 三项依次为0万元、14.06万元、3.76万元，后两项比上年分别减少1.04万元、0.49万元
TWO_OF_THEM = re.compile(r"(?P<which>[前后])两项(?=[^，。；\d]{0,6}(?:分别|依次))")

#: 基本支出和项目支出分别完成98.12%和92.47%: of their budgets
PARTS_DONE = re.compile(r"(?<=项目支出)(?P<lead>[^，。；：\d]{0,4}(?:分别|依次))完成(?=\d[\d.]*\s?[%％])")

#: 基本支出由1,386.75万元增加到本年的1,405.33万元: the first is last year's
TO_THIS_YEAR = re.compile(
    rf"(?<=[由从])(?P<figure>{_FIGURE})(?=(?:增加|增长|上升|提高|减少|下降|降低|压减|压缩|[增升减降])[到至为](?:本年度?|今年|当年)的?\d)"
)
LAST_YEAR = "上年的"

_ROW_FIGURE = r"\d[\d,]*(?:\.\d+)?\s?(?:亿元|万元|元|[人名])"
#: 年初批复的预算总额、基本支出预算分别为3,615.00万元、1,215.00万元 · 编外人员、退休人员分别为16人、19人
IN_TURN = re.compile(
    rf"(?P<names>(?:[^，。；：:、（）()\d]|（境）){{2,24}}(?:、(?:[^，。；：:、（）()\d]|（境）){{2,20}})*)(?:分别|依次)(?:[为是达有]|支出)?到?\s?"
    rf"(?P<row>{_ROW_FIGURE}(?:[、和与及]{_ROW_FIGURE})+)"
)
#: 1,304.10万元和843.75万元，分别是调整后的基本支出预算和项目支出预算
ROW_FIRST = re.compile(
    rf"(?:^|(?<=[。；]))(?P<row>{_ROW_FIGURE}(?:[、和与及]{_ROW_FIGURE})+)，?(?:分别|依次)[是为](?P<names>[^，。；：:（）()\d]{{4,40}})(?=[，。；])"
)
NAME, ROW_FIGURE = re.compile("[^、]+"), re.compile(_ROW_FIGURE)
#: what the names of money and of people in such a row hold, and what those hold that share one head
HEAD = re.compile(r"预算|支出|收入|[经规]费|费$|采购|编制|人员|人数|结[转余]|拨款")
PLANNED = re.compile(r"(?:预算|决算)(?:数|额|总额)?$")
OF_PROJECTS = re.compile(r"[\d两二三四五六七八九十]\s?[个项](?:子?项目|专项|工程|课题)")
OF_YEAR = re.compile(r"(?<=.)(?:上年度?|去年)$")
MODIFIER = re.compile(r"(?:上?年[初末底]|[期年][初末]|本年度?|上年度?|当年|行政|事业|工勤)")


#: 年初预算。基本5,162.00万元＋项目11,305.00万元＝16,467.00万元 · 总额3,251.09万元＝基本2,478.21万元＋项目772.88万元
_TERM_NAME = r"[^\d，。；：:、＋+＝=（()）\s]{0,16}"
_TERM_FIGURE = r"\d[\d,]*(?:\.\d+)?\s?(?:亿元|万元|元|[人名])?"
_TERM = _TERM_NAME + _TERM_FIGURE
TERM = re.compile(f"(?P<name>{_TERM_NAME}){_TERM_FIGURE}")
EQUATION = re.compile(
    rf"(?P<lead>(?<=[算出入])。)?(?P<sum>(?P<first>{_TERM}[＝=]{_TERM}(?:[＋+]{_TERM})+)|{_TERM}(?:[＋+]{_TERM})+[＝=]{_TERM})"
    r"(?![\d＋+＝=×x*/÷%％])"
)
#: how the parts of money are called in a sum
SHORT = {"基本": "基本支出", "项目": "项目支出", "人员": "人员经费", "公用": "公用经费"}


#: 收入536.20万元，531.20万元来自财政拨款，占99.07%
FUNDED = re.compile(
    rf"(?<=元，)(?P<mark>)(?P<figure>{_FIGURE})(?P<verb>来自)(?P<name>(?:一般公共预算)?财政拨款(?:收入)?)(?=[，。；]|$)"
)
#: 年初1.68亿元，即1.52亿元基本支出加0.16亿元项目支出
PARTS = re.compile(
    rf"(?P<mark>[，,]即|(?<=支出)[加与和])(?P<figure>{_FIGURE})(?P<name>(?:基本|项目)支出)(?=[，。；、加与和]|$)"
)
#: clauses that nothing before them speaks of, one behind the other · those that are turned round wherever they stand
OPENING = (CLAUSE, GIVEN, PAID, CARRIED)
ANYWHERE = (
    BECAME,
    GAVE,
    STAFFED,
    POSTED,
    GOT_FROM,
    AMONG,
    OF_PERCENT,
    PUT_IN,
    BESIDES,
    OWNED,
    PARTS,
    FUNDED,
    COMPARED,
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A context whose paragraphs name their figures first, and where the characters of each stood before."""

    context: Context
    origin: Context
    #: by block: for each character of the turned text its place in the text as it stands
    places: dict[int, tuple[int, ...]]

    def evidence(self, told: Evidence) -> Evidence:
        """What was read of the turned text, at its place in the document."""
        if told.block not in self.places:
            return told
        start, end = self.span(told.block, told.start, told.end)
        return self.origin.evidence(told.block, start, end)

    def span(self, block: int, start: int, end: int) -> tuple[int, int]:
        """The place of blocks[block].text[start:end]; figures and names are never parted."""
        places = self.places.get(block)
        return (places[start], places[end - 1] + 1) if places and end > start else (start, end)

    def fact(self, fact: Fact) -> Fact:
        return replace(fact, evidence=self.evidence(fact.evidence)) if self.places else fact


def turned(context: Context) -> Turned:
    """The context with its figures' names before them, the same where no sentence puts them behind."""
    places: dict[int, tuple[int, ...]] = {}
    blocks: list[Block] = []
    for block in context.document.blocks:
        prose = block.kind == "paragraph" and not block.toc
        if prose and _slipped(context, block):
            places[block.index] = tuple(range(len(block.text)))
            block = replace(block, text=YEAR.sub(f"{context.fiscal_year}年", block.text))
        if moves := _moves(block.text) if prose else []:
            order, text = _read_as(moves, block.text)
            places[block.index] = order
            sure = tuple(block.confidences[at] for at in order) if block.confidences else ()
            block = replace(block, text=text, confidences=sure)
        blocks.append(block)
    if not places:
        return Turned(context, context, places)
    document = replace(context.document, blocks=tuple(blocks))
    return Turned(replace(context, document=document), context, places)


YEAR = re.compile(r"(?<!\d)20\d\d年")
SCORED = re.compile(r"自评[^。；]{0,16}\d分|\d分[^。；]{0,16}自评")
#: the year stands before the first score
DATED = re.compile(r"(?:(?!\d分)[^。])*?20\d\d年")
#: what tells of last year, or of what others found
OF_BEFORE = re.compile(
    "上一?年|去年|往年|历年|同期|当时|旧|[本今当]年|较|比|复[核评]|[抽通再]查|通报|第三方|财政局"
)


def _slipped(context: Context, block: Block) -> bool:
    """Whether a conclusion's score is dated by last year's report that it was copied from: nothing in the section
    tells of this year's, nor compares."""
    year, section = context.fiscal_year, context.section_at(block.index)
    said = set(YEAR.findall(block.text))
    if not year or section is None or section.role != "conclusion" or said != {f"{year - 1}年"}:
        return False
    if not DATED.match(block.text) or not SCORED.search(block.text) or OF_BEFORE.search(block.text):
        return False
    beside = (one.text for one in context.document.blocks if context.section_at(one.index) is section)
    return not any(f"{year}年" in text and SCORED.search(text) for text in beside)


class _Move(NamedTuple):
    """The characters from `start` to `end` are read as `text`; `order` is the place of each of its characters."""

    start: int
    end: int
    order: tuple[int, ...]
    text: str


def _moves(text: str) -> list[_Move]:
    """What is turned round in a text, in order; of two that overlap the first."""
    moves: list[_Move] = []
    found = (
        *_clauses(text),
        *_everywhere(text),
        *_parts(text),
        *_sides_of_items(text),
        *_in_turn(text),
        *_equations(text),
        *_which(text),
        *_three_items(text),
        *_items_in_turn(text),
        *_kinds(text),
        *_two_of_them(text),
        *(_said(done.end("lead"), done.end(), "完成年度预算的") for done in PARTS_DONE.finditer(text)),
        *_from_last_year(text),
    )
    for move in sorted(found, key=lambda m: m.start):
        if not moves or move.start >= moves[-1].end:
            moves.append(move)
    return moves


def _clauses(text: str) -> Iterator[_Move]:
    at = 0
    for opened in OPENS.finditer(text):
        if opened.end() < at:
            continue  # a clause that goes on from one turned round
        at = opened.end()
        while True:
            found = next((one for pattern in OPENING if (one := pattern.match(text, at))), None)
            if found is None:
                break
            yield _move(found)
            aside = ASIDE.match(text, found.end())
            at = aside.end() if aside else found.end()


def _everywhere(text: str) -> Iterator[_Move]:
    for pattern in ANYWHERE:
        found = pattern.finditer(text)
        yield from (
            _move(one) for one in found if pattern is not GAVE or not ADDED.search(text[: one.start()])
        )


def _parts(text: str) -> Iterator[_Move]:
    for whole, part in ((MADE_OF, PART), (LISTED, LISTED_PART)):
        for made in whole.finditer(text):
            yield from map(_move, part.finditer(text, *made.span("parts")))


def _in_turn(text: str) -> Iterator[_Move]:
    """Rows of figures in the order of their names, each behind its own."""
    rows = (*IN_TURN.finditer(text), *ROW_FIRST.finditer(text)) if "分别" in text or "依次" in text else ()
    for found in rows:
        figures = list(ROW_FIGURE.finditer(text, *found.span("row")))
        names = _names_in_turn(text, found, len(figures))
        if names:
            order: list[int] = []
            for name, figure in zip(names, figures, strict=True):
                order += [*name, *range(figure.start(), figure.end() + 1)]  # with the mark behind it
            start = min(found.start("names"), found.start("row"))
            yield _at(start, found.end(), order[:-1], text)
            yield from _sides_in_turn(text, found, names)


#: …依次为甲、乙、丙；其中基本支出依次为丁、戊、己，项目支出依次为…: a side of the money in the stages that were just told
SIDE_IN_TURN = re.compile(
    rf"(?P<side>(?:基本|项目)支出)(?:分别|依次)[为是达有]?\s?(?P<row>{_ROW_FIGURE}(?:[、和与及]{_ROW_FIGURE})+)"
)
STAGE = re.compile(
    r"(?:部门|单位)?(?P<stage>(?:年初|期初|调整后?|全年|最终)的?预算数?|(?:决算|实际)(?:支出|执行)?数?)"
)


def _sides_in_turn(text: str, found: re.Match[str], names: Sequence[tuple[int, ...]]) -> Iterator[_Move]:
    """The rows behind one of the whole's stages, in the same stages."""
    stages = [STAGE.fullmatch("".join(text[at] for at in name)) for name in names]
    if not all(stages):
        return
    end = text.find("。", found.end())
    for row in SIDE_IN_TURN.finditer(text, found.end(), end if end > 0 else len(text)):
        figures = list(ROW_FIGURE.finditer(text, *row.span("row")))
        if len(figures) != len(names):
            continue
        order: list[int] = []
        for name, stage, figure in zip(names, stages, figures, strict=True):
            told = name[stage.start("stage") :] if stage else ()
            order += [*range(*row.span("side")), *told, *range(figure.start(), figure.end() + 1)]
        yield _at(row.start(), row.end(), order[:-1], text)


def _names_in_turn(text: str, found: re.Match[str], count: int) -> list[tuple[int, ...]]:
    """Where the names of a row of figures stand; none where they are not as many, or are no names of money or staff.
    A head that they share is each one's: 年初、年末结转结余 · 基本支出、项目支出预算."""
    names = [name.span() for name in NAME.finditer(text, *found.span("names"))]
    start, end = names[-1]
    if len(names) == count - 1 and (joint := re.compile("[和与及]").search(text, start, end)):
        names[-1:] = [(start, joint.start()), (joint.end(), end)]
    if len(names) != count:
        return []
    if dated := OF_YEAR.search(text, *names[-1]):  # 基本支出、项目支出上年分别为…
        names[-1] = names[-1][0], dated.start()
        heads = all(HEAD.search(text, a, b) for a, b in names)
        return [(*range(*dated.span()), *range(a, b)) for a, b in names] if heads else []
    *first, last = (text[a:b] for a, b in names)
    if OF_PROJECTS.search(last):
        return []  # 甲经费、乙补助两个项目的预算分别为…: rows of projects, which are read as they stand
    shared = 0  # how many characters of the last name are a head that the others lack
    alike = MODIFIER.match(last) if all(map(MODIFIER.fullmatch, first)) else None
    if alike and HEAD.search(last, alike.end()):
        shared = len(last) - alike.end()
    elif not all(map(HEAD.search, (*first, last))):
        return []
    elif (planned := PLANNED.search(last)) and not any(map(PLANNED.search, first)):
        shared = len(planned[0])
    head = range(names[-1][1] - shared, names[-1][1])
    return [*((*range(a, b), *head) for a, b in names[:-1]), tuple(range(*names[-1]))]


def _which(text: str) -> Iterator[_Move]:
    """前者 and 后者 behind two parts, read as their names; as they stand where nothing says of what they are said."""
    pair: tuple[str, str] | None = None
    last = -REACH
    for which in WHICH.finditer(text):
        if which[0] == "前者" or pair is None or "。" in text[last : which.start()]:
            pair = _pair_before(text[: which.start()], text[which.end() :])
        last = which.end()
        if pair:
            yield _said(*which.span(), pair[0 if which[0] == "前者" else 1])


def _pair_before(before: str, behind: str) -> tuple[str, str] | None:
    """The two that 前者 and 后者 are, in the order in which they were last told."""
    if named := TWO_PROJECTS.search(before):
        return named["former"], named["latter"]
    before = "。".join(before.split("。")[-2:])
    if before.rfind("（") > before.rfind("）"):
        return None  # （工资福利支出1,892.45万元，对个人和家庭的补助144.46万元，后者中含…
    pairs = (PAIR_OF_POSTS,) if PEOPLE_NEXT.match(behind) else PAIRS
    told: list[tuple[int, str, str]] = []
    for pair in pairs:
        last = {
            name: [-1, *(m.start() for m in re.finditer(said, before))][-1] for name, said in pair.items()
        }
        former, latter = sorted(last, key=last.__getitem__)
        if last[former] >= 0:
            told.append((last[latter], former, latter))
    if not told:
        return None
    at, former, latter = max(told)
    return (former, latter) if at >= len(before) - REACH else None


def _three_items(text: str) -> Iterator[_Move]:
    """Last year's amounts of the three items of 三公 in the order of this year's, each behind its name, and their sum."""
    for found in THREE_ITEMS.finditer(text):
        items = _items_told(text[: found.start()])
        if not items:
            continue
        year = "" if found["year"].endswith(("上", "述")) else found["year"]
        at, last = found.start(), found.start("row")
        read: list[tuple[int, str]] = []
        for item, figure in zip(items, FIGURE.finditer(text, *found.span("row")), strict=True):
            read += [*_letters(at, last, year + item), *_own(text, *figure.span()), (figure.end() - 1, "，")]
        if found["whole"]:
            start, end = found.span("whole")
            named = _letters(found.end("row"), start, f"{year}“三公”经费")
            read += [*named, *_own(text, start, end), (end - 1, "，")]
        yield _read(*found.span(), read[:-1])


def _items_told(said: str) -> list[str]:
    """The names of the three items of 三公 in the order in which they were last told; none where one was not."""
    items = sorted(ITEMS, key=said.rfind)
    return [ITEMS[item] for item in items] if items[0] in said else []


def _items_in_turn(text: str) -> Iterator[_Move]:
    """The amounts of items of 三公 that are called by what they are for, each behind its full name."""
    for found in ITEMS_IN_TURN.finditer(text):
        names = list(BARE_ITEM.finditer(text, *found.span("names")))
        figures = list(FIGURE.finditer(text, *found.span("row")))
        if len(names) != len(figures):
            continue
        read: list[tuple[int, str]] = []
        for name, figure in zip(names, figures, strict=True):
            full = next(full for item, full in ITEMS.items() if item in name[0])
            read += [*_letters(*name.span(), full), *_own(text, *figure.span()), (figure.end() - 1, "、")]
        yield _read(*found.span(), read[:-1])


def _sides_of_items(text: str) -> Iterator[_Move]:
    """The sides of an item, and of those told behind it in the same order, each figure behind its item and its side."""
    for first in SIDES_OF_ITEM.finditer(text):
        sides = [side.span() for side in SIDE.finditer(text, *first.span("sides"))]
        found: re.Match[str] | None = first
        while found is not None:
            figures = list(FIGURE.finditer(text, *found.span("row")))
            if len(figures) != len(sides):
                break
            read: list[tuple[int, str]] = []
            for (start, end), figure in zip(sides, figures, strict=True):
                side = re.sub("^(上年度?|去年)数$", r"\1支出数", text[start:end])
                dated = OTHER_YEAR.match(side)
                said = f"{dated[0] if dated else ''}{found['item']}{side[dated.end() if dated else 0 :]}"
                read += [
                    *_letters(*found.span("item"), said),
                    *_own(text, *figure.span()),
                    (figure.end() - 1, "，"),
                ]
            yield _read(found.start("item"), found.end(), read[:-1])
            found = NEXT_ITEM.match(text, found.end())


def _kinds(text: str) -> Iterator[_Move]:
    """How many kinds of staff a row is of, read as their names where it does not give them again."""
    told = ""
    for found in KINDS.finditer(text):
        names = "" if found["names"] else told
        told = found["names"] or told
        if told:
            yield _said(*found.span("number"), names)


def _two_of_them(text: str) -> Iterator[_Move]:
    """The first or the last two of the three items of 三公, read as their names."""
    for found in TWO_OF_THEM.finditer(text):
        if items := _items_told(text[: found.start()]):
            yield _said(*found.span(), "和".join(items[:2] if found["which"] == "前" else items[1:]))


def _from_last_year(text: str) -> Iterator[_Move]:
    """What something was before it became this year's, read as last year's."""
    for found in TO_THIS_YEAR.finditer(text):
        start, end = found.span("figure")
        yield _Move(start, end, (*[start] * len(LAST_YEAR), *range(start, end)), LAST_YEAR + found["figure"])


def _equations(text: str) -> Iterator[_Move]:
    """Sums in signs, read in words; a sum of bare figures is a computation and no statement."""
    if not re.search("[＝=]", text):
        return
    for found in EQUATION.finditer(text):
        terms = list(TERM.finditer(text, *found.span("sum")))
        whole = terms[0] if found["first"] else terms[-1]
        if not all(term["name"] for term in terms if term is not whole):
            continue
        read: list[tuple[int, str]] = [(at, "：") for at in range(*found.span("lead"))]
        for term in terms:
            start, end = term.span("name")
            name = SHORT.get(term["name"]) or term["name"] or "合计"
            if term is not terms[0]:
                sign = text[term.start() - 1]
                read.append((term.start() - 1, "、" if sign in "＋+" else "，"))
            read += [*_letters(start, end, name), *_own(text, end, term.end())]
        yield _read(*found.span(), read)


def _letters(start: int, end: int, words: str) -> list[tuple[int, str]]:
    """The letters of words that stand for those from `start` to `end`, each at a place among them."""
    return [(min(start + at, max(start, end - 1)), letter) for at, letter in enumerate(words)]


def _own(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The letters of a text that are read as they stand."""
    return [(at, text[at]) for at in range(start, end)]


def _read(start: int, end: int, letters: Sequence[tuple[int, str]]) -> _Move:
    """What stands from `start` to `end`, read as these letters."""
    return _Move(start, end, tuple(at for at, _ in letters), "".join(letter for _, letter in letters))


def _said(start: int, end: int, words: str) -> _Move:
    """What stands for other words, read as them."""
    return _read(start, end, _letters(start, end, words))


def _move(found: re.Match[str]) -> _Move:
    parts = [part for part in ("mark", "name", "verb", "figure", "rest") if part in found.re.groupindex]
    order = [at for part in parts for at in range(*found.span(part))]
    mark = range(*found.span("mark")) if "mark" in parts else range(0)
    return _at(found.start(), found.end(), order, found.string, mark)


def _at(start: int, end: int, order: Sequence[int], text: str, silent: range = range(0)) -> _Move:
    """The characters of `text` in this order, those that are `silent` read as blanks."""
    return _Move(start, end, tuple(order), "".join(" " if at in silent else text[at] for at in order))


def _read_as(moves: Sequence[_Move], text: str) -> tuple[tuple[int, ...], str]:
    """A text as it is read, and the place of each of its characters."""
    order: list[int] = []
    parts: list[str] = []
    at = 0
    for move in (*moves, _Move(len(text), len(text), (), "")):
        order += [*range(at, move.start), *move.order]
        parts += [text[at : move.start], move.text]
        at = move.end
    return tuple(order), "".join(parts)
