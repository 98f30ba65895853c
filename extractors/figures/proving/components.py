"""The parts of a project's report by what is told of each: a budget in one place, what was spent of it and
the rate of the two in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.figures.anchors import COSTS, MARK, part_named
from extractors.figures.names import UNNAMED, Names
from extractors.figures.proving.agreement import Page, Passage, Proof, Proved, agree
from extractors.figures.quantities import Found

#: how short a name may be, and how long the words in which one is looked for
SHORT, LONG = 4, 24
#: what ends the words that may be a name
MARKS = re.compile(r"[，。；：、（）“”《》—！？\s\d,;:()%]+")
#: the words of an item before its name, and behind it
LEAD = re.compile(
    r"^(?:其中|其项?下|其余|另外?|包括|(?:单列|单设|单独安排)的|用于|用在|投向|给予?|[给对由在和及与为归是]|[一二三四五六七八九十]是)+"
)
TAIL = re.compile(
    r"(?:实际|全年|年初|当年|本年|共|各|分别|方面|累计)*"
    r"(?:调整后|预算|支出|开支|执行数?|完成数?|安排|获[配批得]|分[配得]|花[出去费]|使用|[实支应]付|付款|列[支报]|打卡|报[账销]|下达|批复|核定|拨付|兑[付现]|投入|发放|率|为)+$"
)
#: who pays, who receives, what was contracted: never a part
OTHERS = re.compile(
    r"(?:年|可[用支执]).*|(?:中央|国家|省|自治区|市|县|区|州|镇|乡|地方|上级|本级|各级)+(?:级|本级)?(?:财政|配套|补助|专项|转移支付|预算|自筹|资金|经费|部分|指标|拨款)*"
    r"|(?:中央|上级|本级|地方|财政).*|.*(?:公司|企业|(?<!下)[乡镇县市局]|(?<![下聚园范景灌库片])区|街道|中心校|卫生院|医院|学校|指标|(?:第?[一二三四五六七八九十\dA-Za-z]+|[施监各本该]|施工|监理)标段|中标价?|债券|贷款|财政|人员|目标|标准|[测估]算)"
    r"|.*(?:合同|中标|结算价|资金来源|财政资金|直达资金|结转|结余|上年|去年|年度|质保|预付|执行率|完成率)"
)
#: the whole again, after its parts
WHOLE = re.compile(
    r"合计|总计|共计|总共|全部(?:支出|项目|资金|专项)|整体|[本该]项目|[本全]专项|[两二三四五六七八九十\d][项类块个](?:子项目?|项目|专项)?共|可用资金|总盘"
)
#: between the names of a row, and between the figures that follow it: 甲工程和乙工程各获配380万元、560万元
JOINS = re.compile(r"[“”]?(?:、|和|与|及|以及)?[“”]?")
#: 860万元给食品抽检: the name stands behind its amount
LINK = re.compile(r"(?:则|均)?(?:给予?|用于|用在|投向|归|属于?|是|为)“?$")


def find_components(pages: Sequence[Page], own: str, names: Names, proved: Proved) -> None:
    """Proves the parts of a project, of which there must be two at least."""
    labelled = _labelled(pages, own, names)
    lines = {id(passage.page) for passage in labelled.values()}
    pages = [page for page in pages if id(page) not in lines]
    called = _called(pages, own, names)
    for short, full in _in_full(pages, called, own, names).items():
        called[called.index(short)] = full
    told = _passages(pages, called, own)
    for name, passage in labelled.items():
        told.setdefault(name, []).append(passage)
    proofs = {name: proof for name, passages in told.items() if (proof := _proof(passages))}
    proofs |= _told_here(pages, own, names, proofs)
    proofs |= _in_a_row(pages, {name: told[name] for name in told if name not in proofs})
    if len(proofs) < 2:
        return
    for name, proof in proofs.items():
        proved.add(name, proof)
        proved.told.extend((passage, name) for passage in told.get(name, ()))
    listed = [proof.planned[0].block for proof in proofs.values()]
    for name, passages in told.items():
        beside = bool(passages) and listed.count(passages[0].page.block) >= 2
        moved = passages and passages[0].amounts and passages[0].moved(passages[0].amounts[0])
        if name not in proofs and beside and passages[0].amounts and not moved:
            proved.add_sibling(name, passages)


def _called(pages: Sequence[Page], own: str, names: Names) -> list[str]:
    """The words that may be names: told before an amount, and in another sentence or a heading again."""
    sentences = [page.text for page in pages]
    sentences += list(dict.fromkeys(page.head for page in pages if page.head))
    whole = "\n".join(sentences)
    called: dict[str, None] = {}
    for page in pages:
        for figure in page.figures:
            for words in _beside(page, figure) if figure.kind == "money" else ():
                name = _again(words, whole)
                if name and _may_be_part(name, own, names):
                    called[name] = None
    return list(called)


def _in_full(pages: Sequence[Page], called: Sequence[str], own: str, names: Names) -> dict[str, str]:
    """The names that are longer in the one place where their three figures stand in a row: 精品民宿奖补预算420.00万元，
    付408.50万元，97.26%, and 精品民宿 elsewhere."""
    full: dict[str, str] = {}
    for name in _told_here(pages, own, names, {}):
        short = [one for one in called if one in name and one != name]
        if len(short) == 1 and name not in called:
            full[short[0]] = name
    return full


#: 2.标准化厂房配套项目（消防水池、货梯、变配电）：安排960.00万元，到位960.00万元，支付882.94万元，执行率91.97%
LABEL = re.compile(
    r"\s*(?:——|[-—•·●◆■]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.．、）)]|[①-⑳]|[一二三四五六七]是)?\s?"
    r"(?P<name>[^，。；：:（()）]{3,30})(?:[（(][^（()）]{1,40}[）)])?[：:]"
    r"\s?(?:20\d\d年度?|全年|年初|当年|调整后|计划|资金|共)*(?:预算|安排|下达|批复|核定|分配)"
)


def _labelled(pages: Sequence[Page], own: str, names: Names) -> dict[str, Passage]:
    """The paragraphs, two of them at least, that begin with a name and a colon and prove what they tell of it."""
    found: dict[str, Passage] = {}
    for page in pages:
        label = LABEL.match(page.text)
        if not label or not _may_be_part(label["name"], own, names) or COSTS.fullmatch(label["name"]):
            continue
        passage = Passage(page, label.start("name"), len(page.text), page.figures)
        if _proof([passage]):
            found.setdefault(label["name"], passage)
    return found if len(found) > 1 else {}


def _may_be_part(name: str, own: str, names: Names) -> bool:
    """Whether words may be a part's name, once figures prove that they are one."""
    whole = own in name or (name in own and len(name) * 2 > len(own))
    if len(name) < SHORT or whole or OTHERS.fullmatch(name) or UNNAMED.fullmatch(name):
        return False
    return not (names.is_own(name) or names.is_other(name))


def _beside(page: Page, figure: Found) -> Iterator[str]:
    """The words that an amount may be of: before it, a mark before that, behind it."""
    said = page.text[page.start(figure.start) : figure.start]
    before = [words for words in MARKS.split(said) if len(words) >= SHORT]
    for words in before[-2:]:
        yield from (LEAD.sub("", one)[:LONG] for one in re.split(r"(?<=..)[和与及](?=..)", words))
        yield LEAD.sub("", words)[:LONG]
    behind = MARKS.split(page.text[figure.end : figure.end + LONG])[0]
    if LEAD.match(behind):
        yield LEAD.sub("", behind)


def _again(words: str, whole: str) -> str:
    """The longest run of these words that the document has twice or more, without the words of money behind it."""
    for size in range(len(words), SHORT - 1, -1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            if whole.count(run) >= 2:
                return TAIL.sub("", run)
    return ""


def _passages(pages: Sequence[Page], called: Sequence[str], own: str) -> dict[str, list[Passage]]:
    """What is told of each name, in order."""
    told: dict[str, list[Passage]] = {name: [] for name in called}
    longest = sorted((*called, own), key=len, reverse=True)
    any_name = re.compile("|".join(map(re.escape, longest)))
    for page in pages:
        starts = [(m.start(), m.group()) for m in any_name.finditer(page.text)]
        if page.head in told:
            starts = sorted({*starts, *_under(page, [start for start, _ in starts])})
        shared = list(_shared(page, [one for one in starts if one[1] in told]))
        for name, one in shared:
            told[name].append(one)
        rows = {(one.start, name) for name, one in shared}
        for at, (start, name) in enumerate(starts):
            following = starts[at + 1][0] if at + 1 < len(starts) else len(page.text)
            alone = name in told and (start + len(name), name) not in rows
            if alone and (passage := _passage(page, start, name, following)):
                told[name].append(passage)
    return told


def _under(page: Page, named: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Where the sentences begin that tell of what the heading above them names."""
    for start in (0, *(mark.end() for mark in re.finditer(r"[。；]", page.text))):
        if start not in named:
            yield start, page.head


def _passage(page: Page, start: int, name: str, following: int) -> Passage | None:
    """What a paragraph tells of a name that stands at `start`, up to the `following` one."""
    ahead = next((f for f in page.figures if LINK.fullmatch(page.text[f.end : start])), None)
    if ahead:
        return Passage(page, ahead.start, start, (ahead,))  # 860万元给食品抽检
    stop = start + len(name)
    alone = page.text[stop : stop + 1] == "。" and MARK.fullmatch(page.text[page.start(start) : start])
    end = min(page.end(stop + 1) if alone else page.end(start), following)  # 1.适老化改造。困难家庭…
    if again := WHOLE.search(page.text, start + len(name), end):
        end = again.start()
    inside = (f for f in page.figures if start <= f.start < end)
    figures = tuple(f for f in inside if not (end == following and LINK.fullmatch(page.text[f.end : end])))
    return Passage(page, start, end, figures) if figures else None


def _shared(page: Page, starts: Sequence[tuple[int, str]]) -> Iterator[tuple[str, Passage]]:
    """Each name of a row with its own of the figures that follow in the same order."""
    row: list[str] = []
    for at, (start, name) in enumerate(starts):
        row.append(name)
        stop = start + len(name)
        if at + 1 < len(starts) and JOINS.fullmatch(page.text[stop : starts[at + 1][0]]):
            continue
        end, count = page.end(stop), len(row)
        figures = [f for f in page.figures if stop <= f.start < end]
        runs = [figures[i : i + count] for i in range(0, len(figures), count)]
        if count >= 2 and runs and all(len(run) == count and len({f.kind for f in run}) == 1 for run in runs):
            for i, one in enumerate(row):
                yield one, Passage(page, stop, end, tuple(figures[i::count]))
        row = []


def _proof(passages: Sequence[Passage]) -> Proof | None:
    """The budget, the spending and the rate that agree; None where none do."""
    for passage in passages:
        for rate in passage.rates:
            for spent in passage.before(rate):
                for other in passages:
                    for planned in passage.before(spent)[:2] if other is passage else other.amounts[:1]:
                        apart = (other.page.block, planned.start) != (passage.page.block, spent.start)
                        if apart and agree(planned, spent, rate):
                            return Proof((other.page, planned), (passage.page, spent), (passage.page, rate))
    return None


#: an amount and the paragraph that tells it
Stated = tuple[Page, Found]

#: 慢性病管理专项420万元，花去411.36万元（97.94%） · A包（主城保洁）预算3,150万元，付款3,061.40万元，97.19%
HERE = re.compile(
    r"(?:^|[，。；：:、])(?P<name>[^，。；：:（）\d]{2,24}?)(?:（[^（）\d]{1,16}）)?(?:预算|安排|下达|核定|分配|获配|调整后(?:预算)?)?[数为是：:]*\s?$"
)
SAYS = re.compile(r"年|拟|拨|支配|预算|资金|我|本|累计|支出|安排|下达")
LOT = re.compile(r"[A-Za-z甲乙丙丁一二三四五六七八九十]+(?:包|片区?|批)|第[一二三四五六七八九十]+[包批]")


def _told_here(pages: Sequence[Page], own: str, names: Names, known: Mapping[str, Proof]) -> dict[str, Proof]:
    """The proofs by three figures in a row, behind a name that stands nowhere else."""
    proofs: dict[str, Proof] = {}
    taken = {place for proof in known.values() for place in proof.places}
    for page in pages:
        for planned, spent, rate in zip(page.figures, page.figures[1:], page.figures[2:], strict=False):
            kinds = planned.kind, spent.kind, rate.kind
            start = page.start(planned.start)
            if kinds != ("money", "money", "percent") or not agree(planned, spent, rate):
                continue
            row = Passage(page, start, page.end(planned.start), (planned, spent, rate))
            name = _name_before(page.text[start : planned.start], own, names)
            if name and row.rates and spent in row.before(rate) and (page.block, planned.start) not in taken:
                proofs.setdefault(name, Proof((page, planned), (page, spent), (page, rate)))
    return proofs


def _name_before(said: str, own: str, names: Names) -> str:
    """The part's name that the words before an amount end in, "" where they end in none."""
    found = HERE.search(said)
    if found is None:
        return ""
    name = LEAD.sub("", re.sub('[“”"]|^[\\d一二三四五六七八九十]+[、.．）)]', "", found["name"]))
    if not name or LOT.fullmatch(name):
        return name
    named = part_named(name, own, names)
    return name if named == name and _may_be_part(name, own, names) and not SAYS.search(name) else ""


def _in_a_row(pages: Sequence[Page], told: dict[str, list[Passage]]) -> dict[str, Proof]:
    """The proofs by rates that stand in a row, apart from what they are of: 执行率依次是97%、98%、93%."""
    pairs = [
        (name, (passage.page, passage.amounts[0]), (passage.page, passage.amounts[1]))
        for name, passages in told.items() for passage in passages
        if len(passage.amounts) == 2 and not passage.rates
    ]  # fmt: skip
    return _rated(pages, pairs) or _rated(pages, list(_apart(told)))


def _apart(told: Mapping[str, Sequence[Passage]]) -> Iterator[tuple[str, Stated, Stated]]:
    """The names of which one paragraph tells an amount and a later one another: what was planned, what was spent."""
    for name, passages in told.items():
        alone = [one for one in passages if len(one.amounts) == 1 and not one.rates]
        if len(alone) >= 2 and alone[0].page is not alone[1].page:
            planned, spent = alone[:2]
            yield name, (planned.page, planned.amounts[0]), (spent.page, spent.amounts[0])


def _rated(pages: Sequence[Page], pairs: Sequence[tuple[str, Stated, Stated]]) -> dict[str, Proof]:
    """The proofs of a row of pairs of amounts by the row of rates that they give."""
    for page in pages if len(pairs) >= 2 else ():
        percents = [f for f in page.figures if f.kind == "percent"]
        # 整体执行率93.60%，三个部分依次为97%、93%、74%: the row may stand behind the rate of the whole
        for rates in (percents, percents[1:]):
            for first in range(len(pairs) - len(rates) + 1) if len(rates) >= 2 else ():
                row = list(zip(pairs[first:], rates, strict=False))
                if all(agree(planned[1], spent[1], rate) for (_, planned, spent), rate in row):
                    return {name: Proof(planned, spent, (page, rate)) for (name, planned, spent), rate in row}
    return {}
