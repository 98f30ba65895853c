"""Whom and which year the text takes for its own: departments named as the reporting one, years
claimed by the title, the cover and the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from extractors.context import Context
from extractors.dates import YEAR, han_year
from extractors.places import title_lines
from extractors.years import FORM_YEAR
from schema.document import Block
from schema.report import Evidence, Remark

OFFICE = r"(?:管理局|监督管理局|局|委员会|联合会|总工会|红十字会|厅|人民法院|人民检察院|档案馆|党校|办公室|工商联|妇联|残联|科协|文联|侨联|团县委|团市委)"
#: 县委统战部
PARTY_OFFICE = r"[省市县区州旗]委(?:组织|宣传|统战|社会工作)部"
#: institutions, which a department may name as its own: another's only where they lie elsewhere
INSTITUTION = (
    r"(?:图书馆|文化馆|博物馆|医院|卫生院|学校|中学|小学|幼儿园|中心|服务站|研究院|研究所|林场|农场)"
)
#: how a report calls its department
US = r"(?:我|本)[局委办院校会单部厅站所馆镇乡]"
#: a department named where a report speaks of itself
SELF = re.compile(
    rf"""(?P<name>(?:中共|共青团)?[\u3400-\u9fff]{{2,18}}?(?:{OFFICE}|{INSTITUTION})|{PARTY_OFFICE})
         (?:[（(][^（()）]{{1,20}}[）)])?
         (?= (?:[2２][0０]\d\d\s*年(?:度)?)?\s*(?:部门)?整体(?:支出|绩效|预算)        # X局部门整体支出…
           | (?:[2２][0０]\d\d\s*年(?:度)?)?\s*部门(?:预算|决算|支出|收入|收支|职能|职责|概况|基本情况)
           | (?:[2２][0０]\d\d\s*年(?:度|末|底)?)?\s*(?:共|共有|现有|实有|核定|经批准|经核定|批准)*\s*(?:机关)?(?:人员)?(?:核定编制|编制(?:总数|人数|数|\d)|行政编制|事业编制)
           | (?:的)?主要(?:职能|职责)(?:是|为|有|包括|：)
           | \s*[2２][0０]\d\d\s*年(?:度)?(?:部门)?(?:预算|决算|总?收入|总?支出|财政拨款|绩效自评|自评)
           | (?:绩效)?自评(?:得分|结果|结论|总分)
           | (?:[2２][0０]\d\d\s*年(?:度)?)?\s*能够?(?:按照?|严格|认真|切实|较好地?|全面)[^，。；]{{0,12}}(?:年初|整体|绩效|部门|预算)
           | 对照(?:各项?)?(?:绩效)?(?:评价|自评)?(?:指标|标准)[^，。；]{{0,8}}(?:打分|评分|自评)
           | (?:紧紧|始终|牢牢)?围绕(?:年度|年初|既定|设定)*(?:部门|整体|支出)*绩效目标
           | (?P<reporting>作为(?:本次|本项目|该项目|此次)?(?:绩效)?(?:自评|评价)?的?(?:自评|填报|评价|报告|编报|责任|主体|实施|牵头)(?:单位|部门|主体))
           | 对本(?:报告|表)[^，。；]{{0,14}}(?:真实性|准确性|负责)                   # X局对本报告所填数据的真实性负责
           | 作为(?:本|该)?项目(?:的)?(?:主管|实施|承担|建设|责任|申报)(?:[和及与、]自评)?(?:单位|部门|主体)
           | 作为预算(?:执行|编制)?(?:单位|部门|主体)[，,]将
           | 作为预算(?:执行)?(?:单位|部门|主体)[，,](?:对|将|在|把)?(?:本|我)(?:部门|单位|局)      # 教育局作为预算主体，对本部门…
           | 是(?:[\u3400-\u9fff]{{0,20}})(?:工作部门|组成部门|职能部门)
           | (?:高度重视|认真组织|认真开展|成立了?)[^，。]{{0,10}}(?:绩效|自评)
         )""",
    re.VERBOSE,
)
#: 河朔县文体旅游广电局严格执行… · 一是剑坪县医疗保障局将进一步…: a sentence that begins with a department's name and says what
#: it did or will do
DOING = re.compile(
    rf"(?:^|(?<=[。；：:]))(?:[一二三四五]是|(?:下一步|今后|综上|综合[^，。；：]{{0,6}}情况|总的?来?看|[^，。；：]{{2,10}}(?:过程中|方面|环节))[，,])?(?P<name>[\u3400-\u9fff]{{3,18}}?{OFFICE})(?=20\d\d年|将(?:进一步|继续|持续|坚持|以|把)|严格|认真|对照|高度|积极|不断|始终|坚持|围绕|紧紧|按照|根据|切实|全面|深入|扎实|组织|全年|本年|共|在)"
)
#: 2022年度，端城区残疾人联合会严格执行预算法…，部门整体支出执行率…: what only the reporting department tells so
OBEYING = re.compile(
    rf"(?:^|(?<=[。；：:]))(?:综上|总的?来?看|总体上?)?[，,]?(?:[2２][0０]\d\d年度?|本年度?|全年|年内|一年来)?[，,]?(?P<name>[\u3400-\u9fff]{{3,18}}?{OFFICE})"
    r"(?=(?:始终|一贯|能够?)?(?:严格|认真|全面|切实)(?:贯彻|执行|遵守|落实|按照|遵循|履行)[^，。；]{0,12}(?:预算|财务|财经|财政|绩效|职责|职能)"
    r"[^。；]*(?:部门整体|整体支出|部门预算|部门支出|预算执行率|结转结余))"
)
#: 兴和林业和草原局严格执行厉行节约各项规定，公务接待…, where a report tells of its 三公
THRIFTY = re.compile(
    rf"(?:^|(?<=[。；：:]))(?P<name>[\u3400-\u9fff]{{3,18}}?{OFFICE})"
    r"(?=(?:始终|一贯|能够?)?(?:严格|认真|坚决|切实)(?:贯彻|执行|落实|遵守)[^，。；]{0,8}(?:厉行节约|八项规定|公务接待|[“\"]?三公))"
)
#: 三是在今后的工作中，蕲河县卫生健康局将进一步压实主体责任，把绩效结果与股室经费挂钩: who will do better
PLEDGING = re.compile(
    rf"(?:^|(?<=[。；：:，]))(?P<name>[\u3400-\u9fff]{{3,18}}?{OFFICE})(?=将(?:进一步|继续|持续)[^。；]{{0,12}}(?:责任|管理|意识|措施|编制|执行)[^。；]{{0,16}}(?:绩效|预算))"
)
#: 端城区城市管理局本年度严格落实集体决策制度，本局大额资金…: a department that speaks of itself
OF_ITSELF = re.compile(
    rf"(?:^|(?<=[。；]))(?P<name>[\u3400-\u9fff]{{3,18}}?{OFFICE})(?:[2２][0０]\d\d年度?|本年度?|全年)?(?:严格|认真|全面|切实)(?:落实|执行|遵守|贯彻)"
    r"[^。；，]{0,16}(?:集体决策|集体研究|财务制度|财务管理|内控|内部控制)[^。；]*，" + US
)
#: 市审计局对我局部门预算…: it is spoken of us
OF_US = re.compile(US)
SCHOOL = r"(?:中学|小学|学校|幼儿园)"
#: 青山镇中心小学严格按照政策公示名单: another school's sentence in a school's report
SCHOOLED = re.compile(
    rf"(?:^|(?<=[。；]))(?P<name>[\u3400-\u9fff]{{2,16}}{SCHOOL})(?:严格|认真|切实)(?:按照?|执行|落实|遵守|组织)"
)
#: what before the name makes it another party
PARTY = re.compile(
    r"(?:联合|会同|协同|配合|协助|与|和|同|由|经|向|报|请|据|按照?|根据|对|被|给|及|、|收到|协调|从|在|到|支持|借用|划转|移交|原|下属|所属|下辖|其中|如|市级|省级|上级|财政部门|包括|参照|学习|借鉴|于|关于|为|至|"
    r"转|驻|随|以及|或|除|比|较|代|将|执行|套用|采用|沿用|对照|比照|依据|依照|遵照)\s*[：:]?\s*[“《]?$"
)
RENAMED = re.compile(
    r"更名|改名|原名|原称|合并|组建|加挂|挂牌|机构改革|划入|并入|整合|前身|改组|重组|撤销|改为"
)
#: words at the front of a matched name that are none of it
FRONT = re.compile(
    r"^.*?(?:(?<!自)由|列入|纳入|编入|归入|拨入|拨付给?|下达给?|归口|交由|委托|隶属于?|作为|年度?|我单位|本单位|本部门|单位|其中|以下简称|简称|全年|截至|目前|现|即|由于|因为|通过|显示|反映|综上|总体上|按照|根据|为|是|的|了|（|，)(?=[\u3400-\u9fff]{3})"
)
#: a party's word that the match took in: 由青河县民政局, 联合青河县民政局, 按省财政厅部门整体绩效指标框架打分
LEADING = re.compile(
    r"^(?:均|都|全部|一并)?(?:联合|会同|协同|配合|协助|按照?|根据|依据|依照|遵照|参照|比照|对照|执行|套用|采用|沿用|由|经|向|报|请|据|对|被|给|收到|协调|支持|其中|下属|所属|原|与|和|及|同|从|在|到)(?=[\u3400-\u9fff]{4})"
)
#: 县医疗保障局2023年度自评得分96.8分，与本报告无关
APART = re.compile(
    r"与本(?:报告|部门|单位|局|次|表)[^，。；]{0,8}无关|[不未](?:纳入|并入|计入|影响)本(?:报告|部门|单位|局|次|表)"
)
#: 2022年度自评得分为92.35分，县财政局复核得分为90.12分: what was found of that year since
REVIEWED = re.compile(r"(?:复核|再评价|重点评价|抽查|抽评)[^，。；\d]{0,6}\d")
REGION = re.compile(
    r"^(?:中共)?(?:[\u3400-\u9fff]{2,7}?(?:省|自治区|自治州|州|市|地区|盟|县|(?<!开发)(?<!高新)(?<!示范)(?<!园)区|旗)){1,3}"
)

OWN_YEAR = re.compile(
    r"(?<![\d.])(?P<year>[2２][0０]\d\d)\s*年(?:度)?(?=[，,]?\s*(?:我[局单会院办委厅]|本[局单部院]|全[局年县市区]|部门|整体|单位|预算|决算|收支|总?收入|总?支出|财政|绩效|自评|末|底|基本支出|项目支出|年末|年初|初预算|初部门|实际支出|决算|本年))"
)
TITLED_YEAR = re.compile(
    r"(?<![\d.])(?P<year>[2２][0０]\d\d)\s*年度?(?:[\u3400-\u9fff（）()]{0,20})?(?:部门)?(?:整体(?:支出)?|项目(?:支出)?)?绩效(?:自评|评价)(?:得分|总分|结论|结果|综合得分)"
    r"|(?:综合评定|自评|评定)(?P<scored>[2２][0０]\d\d)\s*年度?(?:综合)?得分"
    # 现将2022年度项目支出绩效自评情况报告如下
    r"|现将(?:我[局单会院办委厅]|本[局单部院]门?位?|[该本]?项目)?(?P<reported>[2２][0０]\d\d)\s*年度?[^，。；]{0,24}(?:自评|评价)[^，。；]{0,8}如下"
    # 对2022年度部门整体支出绩效开展了自评，现将自评情况报告如下
    r"|对(?:我[局单会院办委厅]|本[局单部院]门?位?)?(?P<judged>[2２][0０]\d\d)\s*年度?[^，。；]{0,30}(?:开展|进行|实施|组织)了?[^，。；]{0,8}自评[^，。；]{0,6}[，。]现将[^，。；\d]{0,20}如下"
    # 本次自评对象为我局2022年度部门整体支出，评价时段为2022年1月1日至12月31日
    r"|(?:自评|评价)的?(?:对象|范围)(?:为|是|：)(?:我[局单会院办委厅]|本[局单部院]门?位?)?(?P<object>[2２][0０]\d\d)\s*年度"
    r"|(?:自评|评价)的?(?:时段|期间|时间段?|基准期)(?:为|是|：)?(?P<span>[2２][0０]\d\d)\s*年1月1日(?:至|到|[-—~～])(?:(?P=span)年)?12月31日"
)
#: 2023年度自评报告反映，当年支出…: another report than this one
OTHER_REPORT = re.compile(r"\s*自评报告(?:中|里)?(?:反映|显示|指出|提出|提到|得分|认为|所列)")
SCORED = re.compile(r"(?:自评|评价|综合)(?:得分|总分)[^。；，\d]{0,6}\d")
#: 2024年我局将继续…，2024年部门预算安排980万元: the year to come
PLANNED = re.compile(r"将(?!近|该|其)|下一步|力争|拟(?!订|定)|打算|预计|下年|明年|底前|(?:预算|计划)草案")
#: 2021年支出1,498.60万元，同比增加85.67万元: last year's beside this one's
MOVED = re.compile("同比|增长|增加|减少|下降|上升")
COMPARED = re.compile(
    r"(?:比|较|与|同|至|从|自|到|对比|相比|《|〔|上年|去年|历年|近三年|明年|下年|截至|计划|规划|未来|起)[^，。；]{0,3}$"
)


#: 市委编办下达分局编制268名: a sentence, no name
GIVES = re.compile("下达|核定|批复|批准|核批|划拨|拨付")


def read_departments(context: Context) -> list[Remark]:
    """Departments that the body names as the reporting one. `about` is the reporting department's own
    name where the text only writes it differently, else the name as written."""
    text = "\n".join(block.text for block in context.document.body())
    found: list[Remark] = []
    for block in context.document.body():
        if len(block.text) < 8:
            continue
        schools = SCHOOLED.finditer(block.text) if re.search(f"{SCHOOL}$", context.department or "") else ()
        doing = [
            one for one in DOING.finditer(block.text) if _twin(one["name"], context.department or "", text)
        ]
        strict = (*OBEYING.finditer(block.text), *THRIFTY.finditer(block.text))
        obeying = [one for one in strict if not _of_us(block.text, one.start())]
        itself = (*OF_ITSELF.finditer(block.text), *PLEDGING.finditer(block.text))
        for match in (*SELF.finditer(block.text), *schools, *doing, *obeying, *itself):
            name, start = _name(match)
            if GIVES.search(name):
                continue
            if PARTY.search(block.text[max(0, start - 8) : start]) or _listed(block.text, start, match.end()):
                continue
            if not is_department(name) or name.startswith(("县财政", "市财政", "区财政", "省财政", "财政")):
                continue
            if _partner(text, name) or APART.search(block.text[slice(*_sentence(block.text, start))]):
                continue
            own = context.department
            if own and not other_than(name, own):
                about = own
            elif (_institution(match, name) and not _elsewhere(name, own) and not _alike(name, own)) or (
                own
                and (
                    name.startswith(own)
                    or _renamed(text, name)
                    or (re.search("财政[局厅]", name) and "财政" not in own)
                )
            ):
                continue
            else:
                about = name
            evidence = context.evidence(block.index, start, start + len(name))
            found.append(
                Remark(
                    "department",
                    evidence,
                    about,
                    where=place_of(block),
                    sentence=_sentence(block.text, start),
                )
            )
    return found


def _institution(match: re.Match[str], name: str) -> bool:
    """Whether the name is an institution's, which may be one of the department's own: not where it is said to report."""
    return match.re is SELF and not match["reporting"] and re.search(f"{INSTITUTION}$", name) is not None


def _alike(name: str, own: str | None) -> bool:
    """Whether two names are of institutions of one kind, 红桦沟国有林场 beside 青松岭国有林场: neither is the other's."""
    kinds = [re.search(r"(?:国有|国营)(?:林场|农场)$", text) for text in (name, own or "")]
    return all(kinds)


def _of_us(text: str, at: int) -> bool:
    """Whether the sentence at a place speaks of the reporting department too: 市审计局对我局部门预算…"""
    return OF_US.search(text[slice(*_sentence(text, at))]) is not None


def _name(match: re.Match[str]) -> tuple[str, int]:
    name, start = match.group("name"), match.start("name")
    for year in ("年度", "度"):
        if name.startswith(year):  # 2022年度区妇联
            name, start = name[len(year) :], start + len(year)
    while cut := FRONT.match(name) or LEADING.match(name):
        name, start = name[cut.end() :], start + cut.end()
    if name[0] in "末底初" and match.string[start - 1 : start] == "年":  # 2023年末县林草局核定编制112人
        name, start = name[1:], start + 1
    return name, start


def place_of(block: Block) -> Literal["body", "table"]:
    return "table" if block.kind == "cell" else "body"


def is_department(name: str) -> bool:
    return len(name) >= 4 and not re.search(
        r"^(?:当年|本年|今年|去年|上年)?(?:该|各|每|本|我|全|[均都](?=[未已不])|未|两|多|有关|相关|上级|主管|下属|财政|预算|领导小组)|领导小组|工作组|小组办公室|局机关|各.{0,3}局|[我本贵该全]局|[，。]",
        name,
    )


def _listed(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("、", "和", "及", "与") or text[end : end + 1] == "、"


def _partner(text: str, name: str) -> bool:
    """Whether the text names a department beside others somewhere: 与青河县财政局、青河县教育局联合…"""
    return any(
        re.search(
            r"(?:联合|会同|协同|配合|协助|协调|与|和)\s*$|、$",
            text[max(0, found.start() - 4) : found.start()],
        )
        for found in re.finditer(re.escape(name), text)
    )


def _renamed(text: str, name: str) -> bool:
    return any(
        RENAMED.search(text[max(0, found.start() - 30) : found.end() + 30])
        for found in re.finditer(re.escape(name), text)
    )


def _sentence(text: str, at: int) -> tuple[int, int]:
    left = max(text.rfind(mark, 0, at) for mark in "。！？；\n") + 1
    ends = [found for mark in "。！？；\n" if (found := text.find(mark, at)) >= 0]
    return left, min(ends, default=len(text) - 1) + 1


def other_than(name: str, own: str) -> bool:
    """Whether two names cannot be one department's: neither is the other's abbreviation.

    >>> other_than("县工商联", "惠东县工商业联合会"), other_than("惠东县教育局", "惠东县司法局")
    (False, True)
    """
    one, two = (re.sub(r"[（(][^（()）]*[）)]|机关$|本级$|\s", "", text) for text in (name, own))
    short, long = sorted((one, two), key=len)
    if short in long or _within(short, long):
        return False
    bare_one, bare_two = REGION.sub("", one), REGION.sub("", two)
    regions = [REGION.match(text) for text in (one, two)]
    short, long = sorted((bare_one, bare_two), key=len)
    same_place = not all(regions) or _places_meet(*(region.group() for region in regions if region))
    return not (same_place and len(short) >= 2 and _within(short, long))


def _twin(name: str, own: str, text: str) -> bool:
    """Whether a name is that of the same department of another place, 河朔县文旅局 beside 格隆县文旅局, of
    which the text does not speak as of another."""
    if not _elsewhere(name, own) or REGION.sub("", name) != REGION.sub("", own):
        return False
    others = re.search(
        rf"(?:赴|到|去|向|与|和|学习|借鉴|邻|兄弟)[\u3400-\u9fff]{{0,3}}{re.escape(name)}", text
    )
    return not (others or name.startswith(("邻", "兄弟")))


def _elsewhere(name: str, own: str | None) -> bool:
    """Whether a name begins with a place that is none of the department's own."""
    regions = [REGION.match(text) for text in (name, own or "")]
    return all(regions) and not _places_meet(*(region.group() for region in regions if region))


def _places_meet(one: str, two: str) -> bool:
    short, long = sorted((re.sub("^中共", "", one), re.sub("^中共", "", two)), key=len)
    return short in long or _within(short, long) or long.endswith(short[-3:])


def _within(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


#: 《关于开展2023年部门整体支出绩效评价工作的通知》, which asks in 2023 for the year before
NOTICE = re.compile(r"[^《》]*(?:通知|意见|方案|办法|的函)》")


def _of_else(text: str, at: int) -> bool:
    """Whether the year at a place is compared with, or stands in the title of a notice."""
    titled = text.rfind("《", 0, at) > text.rfind("》", 0, at) and NOTICE.match(text, at)
    return bool(COMPARED.search(text[max(0, at - 6) : at]) or titled)


def read_years(context: Context) -> list[Remark]:
    """The years that title, cover and body claim as the report's own; of the body only the prevailing
    one and those that it names together with its own result."""
    found: list[Remark] = []
    titles = title_lines(context.document, context.sections)
    found += _labelled_years(context)
    found += _form_years(context, titles)
    for block in titles:
        for match in YEAR.finditer(block.text):
            year = (
                han_year(match.group("han"))
                if match.group("han")
                else int(re.sub(r"\s", "", match.group("year")))
            )
            if year and not COMPARED.search(block.text[: match.start()]):
                evidence = context.evidence(block.index, match.start(), match.end())
                found.append(Remark("year", evidence, str(year), period=year, where="title"))
                break
    weights: Counter[int] = Counter()
    places: dict[int, Evidence] = {}
    for block in context.document.body():
        if block in titles:
            continue
        for match in OWN_YEAR.finditer(
            block.text if place_of(block) == "body" else ""
        ):  # 2023年决算 over a column
            year = int(match.group("year"))
            if _of_else(block.text, match.start()):
                continue
            said = block.text[slice(*_sentence(block.text, match.start()))]
            beside = year == (context.fiscal_year or 0) - 1 and MOVED.search(said)
            before = year < (context.fiscal_year or year) and (
                OTHER_REPORT.match(block.text, match.end()) or REVIEWED.search(said)
            )
            if PLANNED.search(said) or beside or before:
                continue
            weights[year] += 1
            places.setdefault(year, context.evidence(block.index, match.start("year"), match.end("year")))
        for match in TITLED_YEAR.finditer(block.text):
            if block.kind == "paragraph" and not _of_else(block.text, match.start()):
                name = str(match.lastgroup)
                year = int(match.group(name))
                said = block.text[slice(*_sentence(block.text, match.start()))]
                told = SCORED.search(block.text[: match.start()]) or REVIEWED.search(said)
                if year < (context.fiscal_year or year) and told:
                    continue  # 自评得分88.72分，…。2022年度自评得分91.05分: behind the report's own
                evidence = context.evidence(block.index, match.start(name), match.end(name))
                if not any(remark.evidence == evidence for remark in found):
                    found.append(Remark("year", evidence, str(year), period=year, where="body"))
    if weights:
        ranked = weights.most_common(2)
        clear = len(ranked) == 1 or ranked[0][1] > ranked[1][1]
        year = ranked[0][0]
        if clear and ranked[0][1] >= 2 and _prevails(context, titles, year):
            found.append(Remark("year", places[year], str(year), period=year, where="body"))
    return found


#: 评价年度：2022年 on the cover
LABELLED_YEAR = re.compile(
    r"(?:评价|自评|预算|绩效|绩效评价|财政|绩效自评)年度\s*[：:]\s*(?P<year>[2２][0０]\d\d)\s*年?度?\s*$"
)


def _labelled_years(context: Context) -> list[Remark]:
    """The year that the cover's own label states."""
    first = context.sections[0].block if context.sections else 12
    found: list[Remark] = []
    for block in context.document.paragraphs():
        if block.index < first and (match := LABELLED_YEAR.search(block.text)):
            found.append(_stated(context, block, match, "cover"))
    return found


#: 项目支出绩效自评表, in the line above the year that the form is of
FORM = re.compile(r"自评(?:情况|得分|评分|打分)?表[）)]?\s*$")


def _form_years(context: Context, titles: Sequence[Block]) -> Iterator[Remark]:
    """The year in the line below the title of a form that stands behind the report."""
    for above, block in pairwise(context.document.body()):
        stated = FORM_YEAR.match(block.text) if FORM.search(above.text) else None
        if stated and block.kind == "paragraph" and block not in titles:
            yield _stated(context, block, stated, "table")


def _stated(context: Context, block: Block, match: re.Match[str], where: Literal["cover", "table"]) -> Remark:
    """The year that a line of the cover or over a form states."""
    year = int(match["year"])
    evidence = context.evidence(block.index, *match.span("year"))
    return Remark("year", evidence, str(year), period=year, where=where)


def _prevails(context: Context, titles: Sequence[Block], year: int) -> bool:
    """Whether the body speaks of a year more than of the report's own: not where 2022年支出 is only what
    2023 is compared with."""
    own = context.fiscal_year
    if own is None or own == year:
        return True
    said = Counter(
        int(match.group("year"))
        for block in context.document.body()
        if block not in titles
        for match in re.finditer(r"(?<![\d.〔\[（(])(?P<year>[2２][0０]\d\d)\s*年", block.text)
    )
    return said[year] > said[own]
