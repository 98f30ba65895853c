"""Which project a text is about: the one of a project's report, and those that headings name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.context import Context
from extractors.dates import counted
from extractors.departments import LED
from extractors.figures.anchors import anchor_at, both_told, part_named
from extractors.figures.names import KIND_OF_PROJECT, UNNAMED, Names, shortens
from schema.report import Section

#: 1.项目名称：… and the title of a project's report
NAMED = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).、．]\s?)?项目(?:支出)?名称\s?[：:]\s?(?P<name>[^。；\s][^。；]{1,40}?)"
    r"(?=[。；]|\s{2,}\S{2,8}[：:]|$)"  # 项目名称：动物防疫补助    实施单位：…
)
TITLED = re.compile(
    r"(?:20\d\d年?度?)?(?P<name>[^，。：\s]{3,40}?)(?:项目)?(?:支出|资金)?(?:财政)?(?:绩效)?(?:自评|评价|自我评价)(?:工作)?(?:的)?(?:报告|材料)"
)


#: 组织对2023年度甲专项资金开展了绩效自评
RATED = re.compile(
    r"对(?:我[局县市区委办院校中心单位部门]{1,4}|本[局单位部门]{1,2})?(?:负责|承担|实施|组织)?(?:的)?(?:20\d\d年?度?)?(?:的)?"
    r"[“”\"]?(?P<name>[^，。；：“”\"]{2,36}?(?:项目|资金|经费|工程|补助))[“”\"]?(?:支出)?(?:的?资金使用情况)?"
    r"(?:进行|开展|组织|实施)了?.{0,6}绩效"
)


#: 1.项目背景。牧区饮水安全提升工程由某旗水利局组织实施
INTRODUCED = re.compile(
    r"(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).、．])?(?:项目(?:背景|概况|简介|内容|情况|基本情况)[。：:])"
    r"[“”\"]?(?P<name>[^，。；：“”\"\d]{3,30}?(?:项目|工程|专项|经费|资金))[“”\"]?(?:由|是|系|为|于|位于|主要|总投资|根据)"
)


#: the name of a department, not of a project
BODY = re.compile(
    r"(?:局|委|委员会|办公室|厅|政府|法院|检察院|学校|中学|小学|医院|办事处|管委会|联合会|总工会|党校)$"
)


#: what a title says after the project's name
TITLE_END = re.compile(
    r"(?:项目支出|支出|资金使用|使用情况|资金|实施情况)?(?:情况)?的?(?:[（(]?20\d\d年度?[）)]?)?(?:部门)?(?:财政|预算)*(?:支出)?(?:重点)?"
    r"(?:绩效|自评|自我评价)[^，。；]*?(?:报告|自评|评价|总结)"
)
#: 青渡县, 2023年度, 关于报送 before the project's name
TITLE_LEAD = re.compile(
    r"^(?:关于(?:开展|报送|上报|印发|呈报|对|我[县市区局])?|20\d\d年度?|[（(]?20\d\d年度?[）)]?|的|对|本级|[省市县区]级(?=20\d\d)|部门)+"
)
TITLE_PLACE = re.compile(
    r"^[\u3400-\u9fff]{1,8}?(?:省|市|县|区|州|旗|镇|乡)(?=(?:本级)?(?:关于)?20\d\d|关于)"
)


#: 某县人民医院 in front of what it builds, in a report that names no department elsewhere
TITLE_BODY = re.compile(
    r"^[\u3400-\u9fff]{2,6}?(?:县|市|区|旗)[\u3400-\u9fff]{0,10}?(?:局|委员会|医院|中学|小学|学校|办事处)"
    r"(?!新建|扩建|改造|建设|装修|维修|搬迁)(?=[\u3400-\u9fff]{4,})"
)


#: 饮水安全巩固提升工程（二期）: a name that ends in a bracket of its own
WHOLE_BRACKETS = re.compile(r"[^（）()]{3,}[（(][^（）()]{1,20}[）)]")


def _titled(context: Context) -> str:
    """The project that the title names, over as many lines as it takes: 某补助资金 / 2023年度绩效自评报告."""
    lines: list[str] = []
    blocks = ((block, text) for block in context.document.body() if (text := re.sub(r"\s", "", block.text)))
    for block, text in blocks:
        if (
            len(lines) >= 8
            or len(text) > 60
            or re.search(r"[。；]|[：:].", text)
            or block.kind != "paragraph"
        ):
            break
        lines.append(text.strip("：:"))
        if re.search(
            r"(?:绩效|自评|评价).{0,12}(?:报告|总结|表|答复|的函|问答)(?:[（(].{2,12}[）)])?$|自评$", text
        ):
            break
    else:
        return ""
    if not lines or not re.search(r"自评|绩效|评价", lines[-1]):
        return ""
    for first in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
        name = _name_in("".join(lines[first:]), context.department or "")
        if name:
            return name
    below = SUBTITLE.fullmatch(next(blocks, (None, ""))[1])
    return below["name"] if below else ""


#: ——第三轮县志续修项目, below a title that names no project
SUBTITLE = re.compile(
    r"(?:[—－-]){1,3}[“\"]?(?P<name>[^，。；：“”\"]{3,40}?(?:项目|工程|专项|资金|经费|补助|补贴))[”\"]?"
)


def _name_in(title: str, department: str) -> str:
    """The project's name in a title without its lead and end, "" where it names none.

    >>> _name_in("台江县2023年农村供水保障工程项目绩效自评报告", "台江县水务局")
    '农村供水保障工程'
    """
    place = re.match(r"[\u3400-\u9fff]{2,8}?(?:省|市|县|区|州|旗)", department)
    text = title if department else TITLE_BODY.sub("", title)
    for _ in range(3):
        text = text.removeprefix(department) if department else text
        text = TITLE_LEAD.sub("", TITLE_PLACE.sub("", text))
        text = re.sub(rf"^{LED.pattern}(?=关于|20\d\d)", "", text)
        if place and len(text) > len(place[0]) + 4:
            text = text.removeprefix(place[0])
    cut = TITLE_END.search(text)
    if not cut:
        return ""
    name = text[: cut.start()]
    if re.match(r"资金", text[cut.start() :]) and not name.endswith(("项目", "工程", "专项")):
        name += "资金"
    name = re.sub(r"[“”\"]项目$", "", name).strip('“”"《》的')
    name = name if WHOLE_BRACKETS.fullmatch(name) else name.strip("（）()")
    name = re.sub(r"(?:20\d\d年?度?)+$", "", name)
    name = re.sub(r"(?<=[^，]{3}工程)项目$", "", name)  # 供水保障工程项目, which sentences call 供水保障工程
    if name.count("”") > name.count("“"):
        name = name.replace("”", "")
    plain = len(name) >= 4 and not UNNAMED.fullmatch(name) and not BODY.search(name)
    return name if plain and not re.search(r"部门|整体|单位|[，。；]", name) else ""


#: 专项之一：县志编纂出版 · 项目二 年鉴编印
ORDERED = re.compile(
    r"(?:子?项目|专项|课题|工程)(?:之)?[一二三四五六七八九十\d]{1,2}[：:、，\s]\s*[“\"]?(?P<name>[^，。：“”\"]{3,30})[”\"]?"
)
#: 纳入自评的是“特困人员集中供养”和“院舍消防改造”两个项目
COUNTED = re.compile(
    r"(?P<names>“[^“”]{3,30}”(?:[、，和及与]+“[^“”]{3,30}”)+)(?:等|这|共)*[\d两二三四五六七八九十]{1,2}(?:个|项|大)?(?:重点|子)?(?:项目|专项|工程)"
)
#: 参评项目共3个，分别是城乡低保提标、殡葬改革宣传和养老中心运行。
ENUMERATED = re.compile(
    r"(?:[\d两二三四五六七八九十]{1,2}(?:个|项)[^，。；：]{0,8}(?:项目|专项|工程)|(?:项目|专项|工程)[^，。；：\d]{0,8}[\d两二三四五六七八九十]{1,2}(?:个|项))"
    r"[，：]?(?:即|分别|具体|依次)?(?:是|为|包括|有)?[：]?(?P<names>[^。；]+)"
)
#: 本局共有残疾人托养、辅具适配和就业培训三个预算项目 · the line below the title: （残疾人托养、辅具适配、就业培训）
COUNTED_BEHIND = re.compile(
    r"(?P<names>[^，。；：]{3,30}(?:、[^，。；：、]{3,20})*[、和及与][^，。；：、]{3,20}?)(?:等|这|共)*(?P<count>[\d两二三四五六七八九十]{1,2})(?:个|项|大)(?!子)[^，。；：、\d子]{0,6}(?:项目|专项)"
    r"|^[（(](?P<below>[^（）()、]{3,20}(?:、[^（）()、]{3,20})+)[）)]$"
)
#: 本局承担三个项目：残疾人托养、辅具适配、就业培训
COUNTED_AHEAD = re.compile(
    r"(?P<count>[\d两二三四五六七八九十]{1,2})个[^，。；：、\d子]{0,6}(?:项目|专项)[，：]?(?:即|分别|具体|依次)?(?:是|为|包括|有)?[：]?(?P<names>[^，。；：、]{3,20}(?:[、和与及][^，。；：、\d]{3,20})+)(?=[。；，])"
)
#: 纳入自评的项目有残疾人托养、辅具适配、就业培训，共3个
COUNTED_LAST = re.compile(
    r"(?:项目|专项)(?:有|为|是|包括|分别(?:是|为))：?(?P<names>[^，。；：、]{3,20}(?:[、和与及][^，。；：、\d]{3,20})+)，?共(?:计|有)?(?P<count>[\d两二三四五六七八九十]{1,2})个"
)
COUNTED_WAYS = (COUNTED_BEHIND, COUNTED_AHEAD, COUNTED_LAST)
#: 城乡低保提标完成情况: what a heading says behind a project's name
OF_PROJECT = re.compile(
    r"(?:项目)?的?(?:绩效|目标|支出|资金|预算|实施|执行|完成|自评|评价|产出|使用)*(?:情况|结果)?(?:分析)?"
)
#: 重大传染病防控等三个专项: a title that names no single project
SEVERAL = re.compile(
    r"(?:等|[和及与])?[\d两二三四五六七八九十]{1,2}(?:个|项|大)(?:重点|子)?(?:项目|专项|工程|资金)$"
)


@dataclass(frozen=True)
class Subjects:
    """What a document on projects is about: its one project, "" where it names none or is on several; those
    that its headings name, by the path of the section of each; whether its title says that they are several;
    the parts of its one project that headings name, by those paths."""

    own: str = ""
    headed: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)

    def at(self, chain: Sequence[Section]) -> str | None:
        """The project that a heading above a place names: 三、专项之二：年鉴编印, over all that stands below it."""
        return next((self.headed[one.path] for one in reversed(chain) if one.path in self.headed), None)


def subjects_of(context: Context, known: tuple[str, ...]) -> Subjects:
    """What a document is about, `known` being the projects that its tables name."""
    if context.kind not in ("project_report", "project_table"):
        return Subjects()
    headed = _headed(context) if context.kind == "project_report" else {}
    own = _titled_project(context, (*known, *headed.values()))
    if SEVERAL.search(own) or (own.endswith("类") and _counts(context)):
        return Subjects("", headed, True)
    several = not own and context.kind == "project_report" and (_counts(context) or _begins(context))
    parts = {} if headed else parts_of(context.sections, own, Names(context.department or ""))
    return Subjects(own, headed, not own and bool(headed or several), parts)


def own_project(context: Context, known: tuple[str, ...]) -> str:
    """The one project that a document is about, "" where it is about none or several."""
    return subjects_of(context, known).own


def _headed(context: Context) -> dict[str, str]:
    """The projects that headings of a report on several of them name."""
    quoted = {
        name
        for block in list(context.document.body())[:25]
        for found in COUNTED.finditer(block.text)
        for name in re.findall(r"“([^“”]+)”", found["names"])
    }
    headed: dict[str, str] = {}
    enumerated = sorted(_enumerated(context) | _alike(context), key=len, reverse=True)
    for section in context.sections:
        title = section.title.strip(" 。：:“”")
        told = f"{title}：{section.text.lstrip(' ：:').partition(chr(10))[0]}"
        if ordered := ORDERED.fullmatch(title) or ORDERED.fullmatch(told.strip(" 。")):
            headed[section.path] = ordered["name"]
        elif title in quoted:
            headed[section.path] = title
        elif (name := _called(title, enumerated)) is not None:
            headed[section.path] = name
    return headed if len(set(headed.values())) > 1 else {}


def _called(title: str, names: Sequence[str]) -> str | None:
    """The one of these projects that a heading is on: 城乡低保提标完成情况."""
    name = next((one for one in names if title.startswith(one)), None)
    return name if name is not None and OF_PROJECT.fullmatch(title[len(name) :]) else None


#: 全民健身活动项目自评情况: a heading on one of the projects
ON_PROJECT = re.compile(
    r"(?P<name>.{3,30}?(?:项目|专项|工程|经费))(?:支出)?的?(?:绩效)?(?:自评|评价)(?:情况|结果)?"
)
#: （一）残疾人托养项目: a heading that is a project's name and no more
PROJECT_ONLY = re.compile(r"(?P<name>[^，。：、]{4,24}项目)")


def _alike(context: Context) -> frozenset[str]:
    """The projects that headings side by side name in the same words: X项目自评情况, Y项目自评情况."""
    beside: dict[str, set[str]] = {}
    for section in context.sections:
        title = section.title.strip(" 。：:“”")
        found = ON_PROJECT.fullmatch(title) or (None if section.role else PROJECT_ONLY.fullmatch(title))
        if found and not UNNAMED.fullmatch(found["name"]):
            beside.setdefault(section.path.rpartition(".")[0], set()).add(found["name"])
    return frozenset(next((names for names in beside.values() if len(names) > 1), ()))


def _enumerated(context: Context) -> frozenset[str]:
    """The projects that a sentence at the report's beginning lists and that headings are called as."""
    titles = {section.title.strip(" 。：:“”") for section in context.sections if not section.role}
    for block in list(context.document.body())[:25]:
        listed = [found["names"] for found in ENUMERATED.finditer(block.text)]
        listed += [found["names"] or found["below"] for found in COUNTED_BEHIND.finditer(block.text.strip())]
        for names in listed:
            named = {title for title in titles if len(title) >= 4 and title in names}
            named = {title for title in named if not UNNAMED.fullmatch(title)}
            if len(named) > 1:
                return frozenset(named)
    return frozenset()


def _counts(context: Context) -> bool:
    """Whether a sentence at the report's beginning lists as many projects as it says that there are."""
    for block in list(context.document.body())[:25]:
        for found in (one for way in COUNTED_WAYS for one in way.finditer(block.text)):
            ways = (re.split(between, found["names"]) for between in ("[、，和与及]", "[、，]"))
            if found["count"] and counted(found["count"]) in map(len, ways):
                return True
    return False


#: 安排场馆免费开放项目120万元、惠民演出项目85.5万元、文物修缮项目160万元
IN_A_ROW = re.compile(
    r"(?:[^，。；：、\d子]{4,30}(?<!子)项目(?:预算|支出)?\s?\d[\d,.]*\s?(?:亿元|万元|元)[、和及，；]\s?){2,}"
)
#: 我局对2022年度四个重点项目进行了自评 · 纳入自评的县级专项共3个
RATED_TOGETHER = re.compile(
    r"对[^，。；：]{0,14}(?<!第)[二两三四五六七八九十2-9]个(?!子)[^，。；：、\d子]{0,8}(?:项目|专项)[^，。；]{0,12}(?:自评|评价)"
    r"|(?:纳入|列入|参加|参与)[^，。；：]{0,6}(?:自评|评价)(?:范围)?的[^，。；：\d子]{0,8}(?:项目|专项)[^，。；：\d]{0,6}[二两三四五六七八九十2-9]个"
)


def _begins(context: Context) -> bool:
    """Whether several projects stand in a row or were rated together, or sentences or items begin with their names,
    each before its money: 一是小额信贷贴息项目。预算152万元，支出148.96万元. · 二是雨露计划补助项目。预算96万元，支出96万元."""
    names = Names(context.department or "")
    paragraphs = [one.text for one in context.document.body() if one.kind == "paragraph" and not one.toc]
    if any(IN_A_ROW.search(text) or RATED_TOGETHER.search(text) for text in paragraphs):
        return True
    begun = {
        name
        for text in paragraphs
        for at in (0, *(mark.end() for mark in re.finditer("[。；]", text)))
        if (name := anchor_at(text, at, names, listed=False))
    }
    return sum(name.endswith(("项目", "专项", "经费")) for name in begun) > 1


def _titled_project(context: Context, known: tuple[str, ...]) -> str:
    """The project that a project's report is about."""
    if len(known) > 1:  # several projects, or the parts of the one that the title names
        return _titled(context) if context.kind == "project_report" else ""
    blocks = list(context.document.body())[:25]
    for block in blocks:
        if (match := NAMED.match(block.text.strip())) and (name := _cleaned(match["name"], context)):
            return name
    if context.kind == "project_table" and known:
        return known[0]
    if titled := _titled(context):
        return _in_full(titled, _cleaned(known[0], context)) if known else titled
    for pattern in (TITLED, RATED, INTRODUCED):
        for block in blocks:
            text = re.sub(r"\s", "", block.text)
            match = pattern.search(text) if pattern is RATED else pattern.match(text)
            if match and (name := _cleaned(match["name"], context)):
                return name
    return known[0] if known else ""


def _in_full(titled: str, formal: str) -> str:
    """The title's name of a project, or the one that its form gives, where the title's is short for that.

    >>> _in_full("退化草原修复", "退化草原生态修复治理项目"), _in_full("老旧小区改造项目", "老旧小区改造")
    ('退化草原生态修复治理项目', '老旧小区改造项目')
    """
    formal = re.sub('[“”"]', "", formal)
    same = KIND_OF_PROJECT.sub("", titled) in formal
    return formal if len(formal) > len(titled) and not same and shortens(titled, formal) else titled


def _cleaned(name: str, context: Context) -> str:
    """A name without the department, place and year before it; "" where nothing is left."""
    name = name.strip(" “”《》").removeprefix(context.department or "")
    name = re.sub(
        r"^\S{1,10}?[省市县区州旗镇乡局委校院中站所场](?:20\d\d年?度?)(?:的)?(?=\S{3})", "", name
    ).strip("“”")
    name = re.sub(r"^(?:关于|的|20\d\d年?度?)+", "", name)
    name = re.sub(rf"^[县市区省]?{re.escape((context.department or '')[-3:] or '$')}", "", name)
    name = re.sub(r"(?:的|项目的|20\d\d年?度?)+$", "", name)
    return name if len(name) >= 3 and not UNNAMED.fullmatch(name) and not BODY.search(name) else ""


def project_named(title: str, names: Names) -> str | None:
    """The project that a heading names: （一）职业培训补助项目."""
    plain = title.strip(" 。：:“”")
    if plain in names.projects:
        return plain
    if UNNAMED.fullmatch(plain) or re.fullmatch(
        r"(?:重点|主要|重大|专项|其他|具体|部分|各|年度|大额)+(?:项目|专项|工程|资金|经费)|(?:人员|公用|运转|特定目标)类项目",
        plain,
    ):
        return None
    if re.search(
        r"情况|支出|绩效|预算|管理|使用|三公|公用经费|人员经费|政府采购|资金$|目标|问题|措施|分析|说明|概况|内容|依据|背景|实施",
        plain,
    ):
        return None
    return (
        plain
        if re.search(r"(?:项目|经费|专项|工程|补助|补贴|专项资金)$", plain) and 4 <= len(plain) <= 30
        else None
    )


#: a heading whose own text begins with the money of what it names: （2）危桥改造工程。预算845.50万元
OPENS = re.compile(
    r"\s*(?:20\d\d年度?)?(?:年初|全年|项目)?(?:安排|批复|下达)?(?:预算|资金|经费)(?:安排|批复|总额|数|资金)?(?:为|：)?\s?\d"
)


def opens_project(section: Section) -> bool:
    """Whether a heading of a report on several projects names one of them."""
    plain = section.title.strip(" 。：:“”")
    if (
        not 4 <= len(plain) <= 20
        or section.role
        or re.search(r"情况|支出|绩效|预算|资金$|目标|概况|来源", plain)
    ):
        return False
    return bool(OPENS.match(section.text))


def parts_of(sections: Sequence[Section], own: str, names: Names) -> dict[str, str]:
    """The parts of a report's `own` project that headings side by side name, each before what was planned and spent
    of it, by the paths of their sections: 1.康复训练补助。预算214万元，支出208.92万元。 2.辅具适配补贴。预算112.8万元，…"""
    beside: dict[str, dict[str, str]] = {}
    for section in sections if own else ():
        if opens_project(section) and both_told(section.text.strip().partition("\n")[0]):
            name = part_named(section.title.strip(" 。：:"), own, names)
            if name:
                beside.setdefault(section.path.rpartition(".")[0], {})[section.path] = name
    return {path: name for named in beside.values() if len(named) > 1 for path, name in named.items()}
