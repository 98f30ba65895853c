"""Figures in running text: paragraphs, and cells that hold sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from extractors.context import Context
from extractors.dates import counted
from extractors.figures.anchors import MONEY, mentioned
from extractors.figures.apposed import with_years, with_years_apposed
from extractors.figures.called import as_called, names_of_own
from extractors.figures.disowned import inside
from extractors.figures.groups import group_scores
from extractors.figures.headed import headed_group
from extractors.figures.listings import (
    Listing,
    listing_of,
    of_parts_in_turn,
    rates_in_turn,
    told_in_rows,
    told_in_turn,
    with_announced,
    with_told,
    without_uses,
)
from extractors.figures.names import Names
from extractors.figures.numerals import fold
from extractors.figures.opinion import Opinion
from extractors.figures.passages import (
    is_prose,
    label_beside,
    of_averages,
    remarked_cells,
    taken_blocks,
)
from extractors.figures.planned import (
    with_arrived_apart,
    with_both,
    with_final_plans,
    with_first_plans,
    with_payers_apart,
    with_planned_parts,
    with_wholes_named,
)
from extractors.figures.projects import Subjects, opens_project, project_named, subjects_of
from extractors.figures.proving.agreement import Proved, page_of
from extractors.figures.proving.carried import with_carried_apart
from extractors.figures.proving.components import find_components
from extractors.figures.proving.differences import (
    with_changes,
    with_parts_compared,
    with_years_apart,
    without_impossible,
)
from extractors.figures.proving.in_turn import with_changes_in_turn
from extractors.figures.proving.laggards import with_laggards
from extractors.figures.proving.portions import with_shares
from extractors.figures.proving.proofs import with_proven, with_whole_proven
from extractors.figures.proving.restated import with_restated
from extractors.figures.proving.sums import with_summed
from extractors.figures.proving.wholes import find_details, find_stages, find_wholes
from extractors.figures.published import as_published
from extractors.figures.ratings import find_ratings
from extractors.figures.roles import Listener
from extractors.figures.scores import group_of_heading
from extractors.figures.segments import Talk, Topic
from extractors.figures.setting import Decision, Setting, topic_defined, topic_of_heading
from extractors.figures.several import OTHERS
from extractors.figures.strips import strip_of
from extractors.figures.topics import MONEY_ROLES
from extractors.figures.traits import Told, about
from extractors.figures.turned import Turned, turned
from extractors.figures.turns import PUBLIC
from extractors.figures.weighed import of_one_group, weighed_groups
from extractors.language import Token, tokens
from extractors.tables.forms import TablesReading
from schema.document import Block
from schema.report import Fact, ProjectList, Remark, Section

#: what a list of projects adds up, and to what
Part = Literal["project.budget", "project.spending"]
LISTED: tuple[tuple[Part, str], ...] = (
    ("project.budget", "budget.project"),
    ("project.spending", "spending.project"),
)
#: a sentence of so few characters with one topic and no figure is a heading
HEADING_LIKE = 16
DECLARED = re.compile(
    r"(?:(?:单位|币种)\s?[:：为]\s?(?:人民币)?|金额单位(?:除[^，。；\d]{0,8}外)?[均都皆]?[为以]?[:：]?)\s?(?P<unit>亿元|万元|千元|元)"
)
#: 本部分以万元计：部门预算年初数3,420.00，…
COUNTED_IN = re.compile(
    r"(?P<here>本(?:部分|节|章))?(?:(?:金额|数字|数据)?[均都皆]?以(?P<unit>亿元|万元|千元|元)(?:为单位)?计|未注明单位的?[均都皆]?[为是以](?P<unsaid>亿元|万元|千元|元))(?=[：:，。；）)]|$)"
)
SENTENCE_END = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Explained:
    """blocks[block].text[start:end] is a number that is no fact; `reason` says what it is."""

    block: int
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProseReading:
    """All that the running text says in figures."""

    facts: tuple[Fact, ...] = ()
    project_lists: tuple[ProjectList, ...] = ()
    malformed: tuple[Remark, ...] = ()
    explained: tuple[Explained, ...] = ()
    #: what the one project of a project's report is called: by its title, by its form, in sentences
    called: tuple[str, ...] = ()


@dataclass
class _Gathering:
    tabled: Sequence[Fact] = ()  # what the tables told
    facts: list[Fact] = field(default_factory=list)
    lists: list[ProjectList] = field(default_factory=list)
    malformed: list[Remark] = field(default_factory=list)
    explained: list[Explained] = field(default_factory=list)
    listing: Listing | None = None  # the projects that the last paragraph lists
    in_turn: Sequence[str] = ()  # the projects last told figure for figure in the order of their names
    unsaid: set[int] = field(default_factory=set)  # facts whose clause says neither planned nor spent
    called: list[str] = field(default_factory=list)  # what sentences call the one project of the report


def read_prose(context: Context, tables: TablesReading, opinion: Opinion | None = None) -> ProseReading:
    """The facts of all paragraphs and prose cells, in reading order; each sentence alone with what
    its section, its paragraph and the sentences before it say. `opinion` revises each paragraph."""
    upright = turned(context)
    return _as_it_stands(_read(upright.context, tables, opinion), upright)


def _as_it_stands(reading: ProseReading, upright: Turned) -> ProseReading:
    """What was read of sentences turned round, at the places where the document says it."""
    if not upright.places:
        return reading
    lists = (
        replace(
            one,
            total=one.total and upright.fact(one.total),
            parts=tuple(map(upright.fact, one.parts)),
            evidence=upright.evidence(one.evidence),
        )
        for one in reading.project_lists
    )
    explained = (
        Explained(one.block, *upright.span(one.block, one.start, one.end), one.reason)
        for one in reading.explained
    )
    malformed = (replace(one, evidence=upright.evidence(one.evidence)) for one in reading.malformed)
    facts = map(upright.fact, reading.facts)
    return replace(
        reading,
        facts=tuple(facts),
        project_lists=tuple(lists),
        malformed=tuple(malformed),
        explained=tuple(explained),
    )


def _read(context: Context, tables: TablesReading, opinion: Opinion | None) -> ProseReading:
    gathered = _Gathering(tables.facts)
    projects = tuple(
        dict.fromkeys(f.subject for f in tables.facts if f.subject and f.concept.startswith("project."))
    )
    remarked = remarked_cells(tables) if context.kind.startswith("department") else {}
    taken = frozenset(taken_blocks(tables)) - remarked.keys()
    subjects = subjects_of(context, projects)
    named = (subjects.own, *projects, *subjects.headed.values())
    names = Names(context.department or "", tuple(dict.fromkeys(filter(None, named))))
    # the projects that forms of a workbook of several are on
    forms = {one.table: one.subject for one in tables.indicator_tables if one.subject and not subjects.own}
    unit = ""
    unit_of: Section | None = None  # the one section that the unit is declared for
    aliases: list[str] = []
    last: tuple[Section | None, Talk] | None = None
    siblings: Section | None = None  # the section whose last paragraph was about one project
    listing: str | None = None  # the aspect of a list of projects that goes on over paragraphs
    sheet: tuple[Section | None, Topic] | None = None  # the project that a line names for those below it
    proved = _proved(context, tables, taken, names, subjects.own)
    names = names.with_project(*(project for _, project, _ in proved.of.values()))
    read = [
        block
        for block in context.document.body()
        if not block.toc and (block.index in remarked or is_prose(block, tables.claimed_tables, taken))
    ]
    weighed = weighed_groups(context, read)
    for block in read:
        if of_averages(context, block):
            continue
        section = context.section_at(block.index)
        if (titled := NAMED_LINE.fullmatch(block.text)) and not subjects.own:
            sheet = section, Topic("item", titled["name"])
        if unit_of not in (None, section):
            unit, unit_of = "", None
        told = fold(block.text)
        if declared := DECLARED.search(told) or COUNTED_IN.search(told):
            said = declared.groupdict()
            unit = said["unit"] or said["unsaid"]
            unit_of = section if said.get("here") else None
        if opened := PROJECTS_OPEN.search(block.text):
            opens = "budget" if re.search("预算|安排|批复", opened[0]) else "spending"
            if not re.search(r"\d", block.text):
                listing = opens
                continue
        if not re.search(r"[\d０-９%％一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾]|[优良差]", block.text):
            continue
        setting = _setting(context, block, names, subjects, unit, aliases)
        of_rows, of_sheet = weighed.in_rows.get(block.index, {}), weighed.places.get(block.index, {})
        setting.groups = of_rows | setting.groups | of_sheet
        of_one = weighed.of_one(block.index)
        if of_one is None and setting.group:
            of_one = of_one_group(fold(block.text), setting.group, setting.group_full)
        if of_one is not None:
            setting.groups, setting.on_one_group = of_one, True
        if labelled := remarked.get(block.index) or label_beside(context, block):
            setting.topic = _topic_of_title(labelled)
        item = LIST_ITEM.match(block.text)
        public = PUBLIC.match(block.text, item.end() if item else 0)
        if listing and not public and (item or BARE_ITEM.fullmatch(block.text)):
            setting.topic, setting.listing = None, listing
        else:
            listing = None
        if last is not None and last[0] == section:
            setting.before, setting.before_aspect = last[1].before, last[1].before_aspect
            setting.before_stage = last[1].total_stage
        of_form = Topic("item", forms[block.table]) if block.table in forms else None
        if of_form or (sheet is not None and sheet[0] == section):
            setting.single = setting.topic = of_form or (sheet and sheet[1])
            setting.anchored, setting.before_aspect = True, None
        setting.listed = setting.listed or (siblings is not None and siblings == section)
        # 公用经费控制率 | 预算276.00万元，支出271.34万元: the row says what its cell is of
        told_by_row = labelled and setting.topic
        names, talk = _read_block(context, block, setting, gathered, None if told_by_row else opinion, proved)
        siblings = section if setting.anchored else None
        if talk is not None:
            last = (section, talk)
            if LIST_OPENS.search(block.text) and talk.topic == Topic("project"):
                listing = talk.aspect or "spending"
            elif opened:
                listing = opens
        aliases = setting.aliases
    gathered.lists += _lists_below(context, read, gathered.facts)
    texts = {block.index: block.text for block in read}
    published = as_published(gathered.facts, tables.facts, texts, context.fiscal_year)
    gathered.explained += [
        Explained(one.evidence.block, one.evidence.start, one.evidence.end, "其他口径") for one in published
    ]
    planned = with_wholes_named(with_planned_parts(gathered.facts, frozenset(gathered.unsaid)))
    planned = [one for one in with_final_plans(planned, texts) if one not in published]
    planned = with_payers_apart(planned, texts)
    return ProseReading(
        tuple(with_years_apart(with_first_plans(with_arrived_apart(planned)), context.fiscal_year)),
        tuple(gathered.lists),
        tuple(gathered.malformed),
        tuple(gathered.explained),
        names_of_own(subjects.own, gathered.called, projects),
    )


#: 项目名称：天然林保护管护, above lines on its budget, its spending and its rate
NAMED_LINE = re.compile(r"\s*(?:\d{1,2}[.、．]\s?)?项目名称\s?[：:]\s?(?P<name>[^，。；：\s]{3,40})\s*")
#: 项目支出607.11万元，主要包括：
LIST_OPENS = re.compile(r"[：:]\s*$")
#: 2.专项资金实际使用情况。主要项目： with no figure of its own
PROJECTS_OPEN = re.compile(
    r"(?:^|[。，；\s])[^。，；\d]{0,12}(?:主要|重点|具体|包括|涉及|安排)[^。，；\d]{0,6}项目[^。，；\d]{0,10}(?:如下|有|包括|为)?[：:]\s*$"
    r"|(?:以下|下列)[\d一二三四五六七八九十]+[个项][^。；]{0,4}项目[^。；]{0,8}[：:]\s*$"
)
LIST_ITEM = re.compile(
    r"\s*(?:\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?\s?(?=[\u4e00-\u9fff])|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．)）]|[①-⑳]|[一二三四五六七八九十]是"
    r"|项目之?[一二三四五六七八九十][：:]?\s?(?![期事次类体批级个些是共线、，]))"  # 项目一城乡低保资金。 in a scan
)

#: 高龄津贴412.00万元； a line that is a name and its amount
BARE_ITEM = re.compile(r"\s*[^，。；：:;\d]{3,40}[：:]?\s?\d[\d,，.]*\s?(?:亿元|万元|元)[；;。，、]?\s*")


#: 重点项目 · （四）专项支出 · 项目支出执行情况 · 重点专项逐项说明 · 专项业务费使用情况
PROJECTS_HEADING = re.compile(
    r"(?:项目|专项)(?:资金|支出|经费|业务费|工作)?(?:的|安排|实施|执行|完成|使用|兑现|拨付|落实|预算|支出|绩效|管理"
    r"|[逐分各]项|逐一|分别|明细|及|和|与|、)*(?:情况)?(?:分析|说明)?$"
)


def _lists_projects(title: str) -> bool:
    return bool(PROJECTS_HEADING.search(title.strip(" 。：:")))


def _proved(
    context: Context, tables: TablesReading, taken: frozenset[int], names: Names, project: str
) -> Proved:
    """What the figures of a project's report prove of each other, over all its prose."""
    proved = Proved(project, context.fiscal_year)
    if not project:
        return proved
    pages = []
    for block in context.document.body():
        if not block.toc and is_prose(block, tables.claimed_tables, taken):
            section = context.section_at(block.index)
            pages.append(page_of(block.index, block.text, section.title if section else ""))
    find_components(pages, project, names, proved)
    find_wholes(pages, project, proved)
    find_stages(pages, proved)
    find_details(pages, proved)
    return proved


#: 上述两项全年指标合计3,482.60万元: of both parts, not of the one that the heading names
BOTH_PARTS = re.compile(
    r"\s*(?:(?:上述|以上|前述|上面|这)[两二](?:项|者|部分|块|类)|[两二](?:项|者|部分|块|类)[^，。；\d]{0,6}(?:合计|共计?|总计|相加|加总|之和|加起来|合起来))"
)


#: 三公经费：预算12.5万元 · 年末结转：32.43万元 · 全年支出1,332.14万元: the department's own money, never of one project
OF_DEPARTMENT = re.compile(
    r"\s*(?:全年|本年度?|当年)?(?:[“\"]?三公[”\"]?(?:经费)?(?:支出)?|政府采购(?:预算|支出)?|(?:年末|年底|年终)结[转余](?:结余)?(?:资金)?"
    r"|基本支出|人员经费|(?:日常)?公用经费|全年(?:总?收入|总支出))\s?[：:]"
    r"|\s*(?:[“\"]?三公[”\"]?经费|政府采购)(?:方面|情况|工作)[，,：:]"
    r"|\s*[“\"]?三公[”\"]?(?:经费)?(?:支出)?(?:预算|控制数|限额)[为是]?\s?\d"
    r"|\s*(?:全年|本年度?|当年)总?支出(?:合计|总计|总额)?[为共]?\s?\d"
)


#: 该项目年初预算80万元 · 项目年初预算80万元, right below a heading that names it
THIS_PROJECT = re.compile(
    r"\s*[该本]?(?:项目|专项|工程)(?:20\d\d年度?|全年|当年|年初|资金|共)*(?:预算|安排|下达|批复)[^。；\d]{0,8}\d"
)


#: 全年预算4682.00万元，支出4651.37万元, right below a heading that ends as projects' names do
ITS_MONEY = re.compile(
    r"\s*(?:20\d\d年度?|全年|年初|当年|本年|调整后)*的?预算[^，。；\d]{0,6}\d[\d,.]*\s?[万亿]?元，[^。；\d]{0,10}(?:支出|支付|使用|执行|拨付|兑付)"
)


def _told_at_once(context: Context, section: Section) -> bool:
    """Whether a heading runs on in its own paragraph into what was planned and spent: nothing of it is left for
    the paragraphs behind it."""
    return len(MONEY.findall(context.document.blocks[section.block].text[section.end :])) >= 2


def _setting(
    context: Context, block: Block, names: Names, subjects: Subjects, unit: str, aliases: list[str]
) -> Setting:
    section = context.section_at(block.index)
    told = not context.kind.startswith("project")
    chain = [
        s
        for s in context.sections
        if section and (section.path == s.path or section.path.startswith(s.path + "."))
    ]
    if section and told and OF_DEPARTMENT.match(block.text) and _told_at_once(context, section):
        # 3、运转经费：预算118万元，花了118万元 / 三公经费：预算…
        chain = [s for s in chain if s is not section]
        section = chain[-1] if chain else None
    role = next((s.role for s in reversed(chain) if s.role), None)
    topic: Topic | None = None
    if section:
        topic = _topic_of_title(section.title)
        if topic and topic.key.startswith("carry") and re.search("收入|支出", section.title):
            topic = None  # （一）收入支出结余
        if topic and topic.key.startswith("income") and "收支" in section.title:
            topic = None  # （一）财政拨款收支情况
        if topic and topic.key in ("basic", "project") and BOTH_PARTS.match(block.text):
            topic = Topic("total")
    single: Topic | None = None
    project = subjects.at(chain) or subjects.own
    if context.kind in ("project_report", "project_table") and (
        project or not (names.projects or subjects.several)
    ):
        single = Topic("item", project or None)
    if subjects.at(chain):
        topic = single
    if topic is None and section and (named := project_named(section.title, names)):
        topic = Topic("item", named)
    listed = len(chain) >= 2 and _lists_projects(chain[-2].title)  # （四）专项支出 2.旅游资源产业路
    if topic is not None and topic.key == "item" and OTHERS.match(block.text):
        topic = Topic("project")  # （5）其他零星项目7个，预算500万元, below the heading of a project
    title = chain[-1].title.strip(" 。：:“”") if chain else ""
    below = (
        listed
        or THIS_PROJECT.match(block.text)
        or (ITS_MONEY.match(block.text) and names.may_end(title.removesuffix("发放")))
    )
    if topic is None and told and chain and below:
        named = title
        if chain[-1].number and not chain[-1].role and names.may_head(named):
            topic = Topic("item", named)
    if told and topic is not None and topic.key == "item" and PUBLIC.match(block.text):
        topic = None  # “三公”经费支出13.42万元, behind the projects of the section
    if section and context.kind == "project_report" and not project and opens_project(section):
        topic = Topic("item", section.title.strip(" 。：:“”"))
    if single and (topic is None or topic.key in ("project", "total", "carry_open", "carry_close")):
        topic = single
    if section and single and (part := subjects.parts.get(section.path)) and block.index - section.block < 2:
        topic, told = Topic("item", part), True
    anchored = told and topic is not None and topic.key == "item"
    if anchored:
        single = topic  # （一）中小河流治理工程, over its own paragraphs
    return Setting(
        context.fiscal_year,
        names,
        role,
        tuple(s.title for s in chain),
        topic,
        unit,
        single,
        anchored=anchored,
        looks_back=context.looks_back,
        several=subjects.several,
        listed=bool(told and section and _lists_projects(section.title)),
        group=headed_group(chain, context.sections, block.text) if "分" in block.text else None,
        groups=group_scores(block.text, role == "conclusion") if "分" in block.text else {},
        aliases=aliases,
    )


@lru_cache(maxsize=1024)
def _topic_of_title(title: str) -> Topic | None:
    return topic_of_heading(tokens(title))


def _read_block(
    context: Context,
    block: Block,
    setting: Setting,
    gathered: _Gathering,
    opinion: Opinion | None,
    proved: Proved,
) -> tuple[Names, Talk | None]:
    if strip := tuple(strip_of(block.text, setting)):
        for decision in strip:
            _note(context, block, decision, (0, len(block.text)), gathered)
        return setting.names.with_project(strip[0].subject or ""), None
    listener = Listener(setting, block.text)
    paragraph: list[Told] = []
    for sentence in _sentences(block.text):
        start, end = sentence[0].start, sentence[-1].end
        text = block.text[start:end]
        listener.anchor(start)
        whole = not context.kind.startswith("project")
        for rating in () if setting.anchored else find_ratings(text, context.fiscal_year, whole):
            if inside(listener.disowned, start + rating.start):
                continue
            evidence = context.evidence(block.index, start + rating.start, start + rating.end)
            named, year = setting.one_of_several, context.fiscal_year
            if setting.several and named is None:  # 托养项目得98.9分，评为优；培训项目…
                named = mentioned(re.split("[。；]", text[: rating.start])[-1], setting.names)
            gathered.facts.append(Fact("rating", evidence, text=rating.grade, subject=named, period=year))
        if not any(token.figure for token in sentence):
            if len(text) <= HEADING_LIKE:
                title = LIST_ITEM.sub("", text)
                if (group := group_of_heading(title)) or title != text:
                    setting.group = group
                # 3.重点项目。 before what is told of each
                setting.listed = setting.listed or _lists_projects(title)
            if setting.anchored:
                continue  # （1）中小河流治理工程。 before its money
            topic = topic_of_heading(sentence) if len(text) <= HEADING_LIKE else topic_defined(sentence, text)
            open_yet = topic is None or topic.key in ("project", "item")  # （三）“三公”经费。 is no project
            if open_yet and (named := _listed(text, setting)):
                topic = Topic("item", named)  # 1.农业生产发展资金。 before what it got and spent
            if topic:
                setting.topic = topic  # 1.基本支出。 · 基本支出系…的支出。 before the sentences on it
                listener.talk = Talk(topic=topic, head=topic)
            continue
        decisions = listener.sentence(sentence)
        paragraph.append(Told(start, end, sentence, decisions, about(setting)))
        found = [d.subject for d in decisions if d.concept and d.concept.startswith("project.") and d.subject]
        setting.names = setting.names.with_project(*found)
    listener.close()
    heard = opinion(paragraph, block.text, setting, context.kind) if opinion else paragraph
    heard = [
        replace(told, decisions=with_years_apposed(told.decisions, block.text, context.fiscal_year))
        for told in heard
    ]
    proven = with_summed(with_proven(heard, block.text), block.text, setting.names)
    if setting.own is None:
        proven = with_laggards(with_whole_proven(proven, block.text), block.text, setting.names)
    rows = _in_rows(context, block, setting, with_announced(proven, block.text, setting), gathered)
    rows = without_uses(rows, block.text, setting)
    revised = [
        replace(told, decisions=with_years(list(proved.revised(told.decisions, block.index)), block.text))
        for told in rows
    ]
    proved_changes = with_changes(revised, block.text, context.fiscal_year, gathered.facts, gathered.tabled)
    in_turn = with_changes_in_turn(proved_changes, block.text, context.fiscal_year)
    changed = without_impossible(with_parts_compared(in_turn, context.fiscal_year), context.fiscal_year)
    shared = list(with_shares(changed, block.text, context.fiscal_year, gathered.facts))
    for told in with_carried_apart(shared, block.text):
        both = with_both(told.decisions, block.text)
        restated = with_restated(both, setting.own_name, gathered.facts)
        decisions = list(as_called(restated, setting.own_name))
        gathered.called += [one.called for one in decisions if one.called and one.subject == one.called]
        facts = [_note(context, block, one, (told.start, told.end), gathered) for one in decisions]
        _list(decisions, facts, block.text[told.start : told.end], gathered)
    return setting.names, listener.talk if listener.heard else None


def _in_rows(
    context: Context, block: Block, setting: Setting, paragraph: Sequence[Told], gathered: _Gathering
) -> Sequence[Told]:
    """The paragraph with the figures of projects that are told in rows, by the names that it or the paragraph
    before it lists."""
    if rates := rates_in_turn(paragraph, block.text) or of_parts_in_turn(paragraph, block.text):
        return list(with_told(paragraph, rates))
    told, gathered.in_turn = told_in_turn(paragraph, block.text, setting, gathered.in_turn)
    if told:
        setting.names = setting.names.with_project(*gathered.in_turn)
        return list(with_told(paragraph, told))
    listing = listing_of(paragraph, block.text, setting, block.index)
    before, gathered.listing = gathered.listing, listing
    if listing is None and (before is None or not FOLLOWS.match(block.text)):
        return paragraph
    of = listing or before
    assert of is not None  # noqa: S101
    told, named = told_in_rows(of, paragraph, block.text, listing.end if listing else 0)
    if listing:
        return list(with_told(paragraph, [*told, *named]))
    for one in named:  # the amounts behind the names, in the paragraph before
        _note(context, context.document.blocks[of.block], one, (one.figure.start, one.figure.end), gathered)
    return list(with_told(paragraph, told))


#: 对应的预算依次是…: the rows of the projects that the paragraph before names
FOLLOWS = re.compile(r"\s*(?:其?对应|以上|上述|前述|这|相应)")


def _listed(text: str, setting: Setting) -> str | None:
    """The project that an item of a list is called, where its name is a sentence of its own."""
    item = LIST_ITEM.match(text)
    if not item or setting.single:
        return None
    if not (setting.listed or setting.role in MONEY_ROLES or "项目" in item.group()):
        return None
    name = text[item.end() :].strip(" 。；\n")
    if named := setting.names.project(name) if len(name) <= 30 else None:
        return named
    called = any(not token.tags for token in tokens(name))  # 2.预算执行。 names no project
    return name if setting.listed and called and setting.names.may_head(name) else None


def _sentences(text: str) -> Iterator[list[Token]]:
    """The tokens of each sentence; only lines that hold a digit or a grade are looked at."""
    kept: list[Token] = []
    for token in tokens(text):
        kept.append(token)
        if token.figure is None and token.known is None and SENTENCE_END.fullmatch(token.text):
            yield kept
            kept = []
    if kept:
        yield kept


def _note(
    context: Context, block: Block, decision: Decision, sentence: tuple[int, int], gathered: _Gathering
) -> Fact | None:
    figure = decision.figure
    if decision.malformed or (figure.slip and not block.confidences):
        evidence = context.evidence(block.index, figure.start, figure.end)
        gathered.malformed.append(Remark("malformed", evidence, where="body", sentence=sentence))
        return None
    if decision.concept is None:
        if decision.reason:
            gathered.explained.append(Explained(block.index, figure.start, figure.end, decision.reason))
        return None
    evidence = context.evidence(block.index, figure.start, figure.end)
    confidence = (
        decision.confidence * block.confidence(figure.start, figure.end) * (0.8 if figure.slip else 1)
    )
    fact = Fact(
        decision.concept, evidence, decision.quantity, None, decision.subject, decision.period,
        decision.stage, round(confidence, 3),
    )  # fmt: skip
    if decision.assumed:
        gathered.unsaid.add(len(gathered.facts))
    gathered.facts.append(fact)
    return fact


#: 项目支出共三项，分别为
COUNTED = re.compile(
    r"项目(?:支出|资金)?(?:共有?|共计|总共|有|共?(?:包括|涉及|安排|实施)|由|分为|(?:全部|均|都)(?:用于|投向|安排给?)(?:了|以下|下列|这)*)?\s?(?P<count>\d{1,2}|[二两三四五六七八九十])\s?(?:项|个)[^。；]{0,12}(?:分别|具体|各自|依次)"
    # 全年共实施5个项目，全部项目支出明细为
    r"|共(?:有|实施|安排|涉及|开展|执行)?\s?(?P<several>\d{1,2}|[二两三四五六七八九十])\s?个项目[^。；\d]{0,14}(?:明细|分别|具体|逐项|依次)"
)


def _counted(text: str) -> int:
    """How many projects a sentence says that it lists; 0 where it does not say."""
    found = COUNTED.search(text)
    count = (found["count"] or found["several"]).replace("两", "二") if found else "0"
    return int(count) if count.isdigit() else "一二三四五六七八九十".find(count) + 1


def _list(
    decisions: Sequence[Decision], facts: Sequence[Fact | None], text: str, gathered: _Gathering
) -> None:
    """A sentence that gives a sum and all its projects: 项目支出100万元，分别为：A60万元、B40万元."""
    complete = re.search(
        r"分别|具体(?:为|是|包括|如下)|共(?:有|计|实施|安排|涉及|开展|执行)?\s?[\d一二三四五六七八九十]+\s?个项目|合计|由.{0,20}(?:组成|构成)"
        r"|(?:全部|均|都)(?:为|是)(?:以下|下列|这)?[\d一二两三四五六七八九十]+\s?[个项]",
        text,
    )
    unnamed = any(d.figure.kind == "money" and d.concept is None and not d.reason for d in decisions)
    if not complete or unnamed:  # a part of which nothing is known leaves the list open
        return
    for concept, whole in LISTED:
        parts = [fact for fact in facts if fact and fact.concept == concept]
        total = next((fact for fact in facts if fact and fact.concept == whole), None)
        if len(parts) >= 2 and total and total.evidence.start < parts[0].evidence.start:
            same = [part for part in parts if part.stage == total.stage]
            gathered.lists.append(ProjectList(total, tuple(same), concept, total.evidence))
        elif len(parts) >= 2 and not total and _counted(text) == len(parts):  # the sum stands elsewhere
            gathered.lists.append(ProjectList(None, tuple(parts), concept, parts[0].evidence))


#: 全年项目支出9,728.49万元，由以下七个项目构成：
MADE_OF = re.compile(
    r"(?:由(?:以下|下列|下述)?(?P<count>\d{1,2}|[两二三四五六七八九十]{1,2})[个项](?:项目|专项)[^，。；\d]{0,6}(?:构成|组成)"
    r"|共(?:有|计|安排|实施)?(?P<all>\d{1,2}|[两二三四五六七八九十]{1,2})[个项](?:项目|专项)[^，。；\d]{0,6})[：:。]\s*$"
)


def _lists_below(context: Context, blocks: Sequence[Block], facts: Sequence[Fact]) -> list[ProjectList]:
    """The sums of projects of which as many paragraphs tell, one each, as the paragraph before them says."""
    lists: list[ProjectList] = []
    for at, block in enumerate(blocks):
        opened = MADE_OF.search(block.text)
        count = counted(opened["count"] or opened["all"]) if opened else 0
        items = blocks[at + 1 : at + 1 + count] if count > 1 else []
        if len(items) < max(count, 2) or not all(LIST_ITEM.match(item.text) for item in items):
            continue
        for concept, whole in LISTED:
            totals = [fact for fact in facts if fact.concept == whole and fact.evidence.block == block.index]
            told = (
                next((f for f in facts if f.concept == concept and f.evidence.block == item.index), None)
                for item in items
            )
            parts = [fact for fact in told if fact]
            alike = totals and all(fact.stage == totals[-1].stage for fact in parts)
            if alike and len({fact.subject for fact in parts}) == count:
                lists.append(ProjectList(totals[-1], tuple(parts), concept, totals[-1].evidence))
    return lists
