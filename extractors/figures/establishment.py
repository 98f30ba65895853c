"""Passages on the establishment: posts and people, in all and by kind, the hired and the retired.

A passage is read from left to right. Words set what is counted (posts, people on them), of which
kind, or who stands outside (hired, retired, neither); a number takes what its words say, words
right behind it too (68名行政编制), and 分别为 hands out numbers to the kinds named before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise, takewhile

from extractors.figures.whose import ALL_OF_KIND, HIRED_BY_OTHERS, NOT_OUR_HIRED, NOT_OURS, counted_apart
from extractors.language import tokens

PEOPLE = frozenset("人名位员个")
#: a paragraph without these tells of no establishment
PASSAGE = re.compile(r"编制|在编|在职|实有|编外|行政编|事业编|核编|定编|核定?(?:机关)?(?:行政|事业|工勤)")

#: 年末在岗276人。…上述人员与用人单位签订劳动合同，不占我局编制: whom a project pays and no posts are for
ON_NO_POSTS = re.compile(r"(?:上述|以上|这些|前述)人员[^。；]*不占[^。；]{0,6}编")

#: 在职27人，与编制数持平，其中… · 未超核定编制: posts that are spoken of and not told
_LEVEL = r"[与和同](?:核定|批准)?编制(?:数|人数)?(?:持平|一致|相[同符等当])|(?:未|没有|不)超(?:出|过)?(?:核定|批准)?编制?|编制使用率"
_PARTY = (
    _LEVEL
    + r"|编制[^，。；、\d编]{2,12}(?:规划|方案|计划|预案|报告|清单|指南|目录|办法|标准|图集|手册)|按编制(?:性质|类别|类型|身份)|编制(?:时|政策|环节|阶段|范围|口径|部门|委员会|管理|办|计划|预算|采购|规划|说明|报告|方案|质量|绩效|了|完成|完整|情况良好)|编[办委报审列印写码号]|机构编制(?:委员会|部门)|(?:预算|绩效目标|目标|计划|报告|报表|指标|方案|需求|清单|手册|文件|标准|规范|图纸|概算|规划)编制|(?<=元)编制"
)
_AWAY = r"[多超]出(?:核定|批准)?编制(?:人?数)?的?|独立编制(?:预算)?的?(?:机构|单位)|备案制?(?:人员)?控制数|人员(?:总量)?控制数|空(?=\s?\d)|最[多高]时|每[个家所队站](?=[^，。；\d]{0,8}(?:编|在职|在编|在岗|实有|\d+\s?人))|(?:补充|充实)(?=(?:行政|事业|工勤|专业技术)?(?:人员|编制|干部)?\s?\d)|[少多增减](?:了)?(?=\s?\d+\s?[人名])|[较比](?:核定|批准)?(?:核编|定编|编制)(?:人?数|总数)?(?=[少多缺减空超])|较编制|比编制|空编|空缺|缺编|缺额|缺员|超编|满编|遗属|减少|增加|净增|净减|新增|新招|招录|招聘|调入|调出|调离|辞职|离职|去世|较上年|比上年|同比|上年|借调|借入|借用|抽调|挂职|驻村|领导|科级|处级|党员|女性|男性|专任教师|(?<!事业)专业技术|(?:正高|副高|高级|中级|初级)(?:职称)?(?=人员)?(?=\s?\d)|(?:工程|会计|经济|建造|造价)师(?=\s?\d)|高级职称|中级职称|初级职称|研究生|本科|大专|在校|学生|幼儿|床位|参训|培训|对象|群众|志愿者|村干部|村级|抽样|问卷|见习|三支一扶|西部计划|股级|返聘|(?:会计|出纳)(?:[、和]出纳)?(?=各?\s?\d)|(?:消化|分流|安置)(?:行政|事业|编外|超编)?(?:人员)?(?=\s?\d)"
_HIRED = r"编制(?:以外|之外|外)|编外|非在编|非编|未占编|不占编制?|不在编|不纳入编制|不属于?[^，。；\d]{0,8}(?:编内|在编|编制内)(?:人员)?|聘用|聘请|外聘|临聘|临时|聘员|特聘|自聘|雇员|合同制|合同工|劳务派遣|派遣|劳务|政府购买服务?|购买服务|公益性岗位|公益岗|(?<!检察)(?<!审判)(?<!司法)辅助人员|辅助执法人员|执法辅助人员|警务辅助|辅警|协管|协警|协辅|季节性|专职委员|专职消防|社会化用工|市场化|社会化(?:工会|社会)?工作者|编制备案|备案制|[院校局馆](?:内|方)?(?:自)?聘|(?<=另有)招聘|(?<=另)招聘|另外?[聘雇]|聘了|雇[了用请佣]"
_GONE = r"离?退休(?:民警|干警|法官|检察官)?|离退|离岗|内退"
WORDS = re.compile(
    rf"""(?P<party>{_PARTY})
    | (?P<control>(?:聘用)?(?:人员)?控制数)
    | (?P<away>{_AWAY})
    | (?P<hired>{_HIRED})
    | (?P<gone>{_GONE})
    | (?P<part>离休|年末其他人员(?=\s?\d))
    | (?P<list>实有(?:人员)?编制(?:人数|总数|数)?(?=[^。]{{1,60}}(?:在职|在编|在岗)(?:人员|人数|职工)?\s?\d))
    | (?P<actual>到位(?=\s?\d)|编制内(?:实有|在职|在岗|在编|人员)|编内(?:实有|在职|在岗|人员)?|实有(?!(?:情况|人员)?[：:]\s?编)|在职|在编(?!制)|在岗|在册(?=人员|职工|教职|\s?\d)|到岗|[实配]配(?=\s?\d|[有了备齐])|配备(?=\s?\d[\d,]*\s?[人名])|占编(?=\s?\d)|实际(?=在|有|人|到|配)|干部职工|现有(?=公务员\s?\d|(?:行政|事业|机关|工勤)(?:在编|在职)?(?:人员|干部|职工)|职工|人员|人|干部|教职|在|民警|干警|\s?\d[\d,]*\s?[人名][（(，,；;。])|职工(?:总数|人数))
    | (?P<holders>编制人员(?=\s?\d))
    | (?P<police>民警|干警|(?<!员额)法官(?!助理)|(?<!员额)检察官(?!助理))
    | (?P<admin>政法专编(?=\s?\d+\s?[名人][、，]事业)|(?<!司法)行政(?!单位|执法(?!类|专?项?编|人员)|审批局|服务中心|复议局)|公务员(?:[及和与]参公(?:人员)?(?![^，。；]{{0,4}}(?:分别|各))|（含参公(?:人员)?）)?|政法专项|政法(?=编)|(?<!行政)执法(?=编|专项编)|机关参公|机关(?=编制\s?\d[\d,]*\s?[名人个]?[，、；,;](?!\s?其中[^。]{{0,10}}行政)[^。]{{0,20}}事业编)|机关(?:人员|干部|本级)?(?=\s?\d[\d,]*\s?(?:[人名]?[、，,；和及](?:事业|工勤)|[人名][，,；](?:全口径|全系统|两[项者]|合计|共计?|总计))))
    | (?P<institution>(?:(?<!机关)|(?!事业编制(?:合计|总计|总数|总额|共)))事业(?!单位(?!编|人员|在|实有|职工|干部|核[定准编]?\s?\d|\s?\d[\d,]*\s?[人名]))|(?<!行政编制[（(])(?<!行政[（(])参公|参照公务员|全额(?:拨款)?(?=编)|差额(?:拨款)?(?=编)|自收自支(?=编))
    | (?P<support>工勤|后勤|工人|驾驶员(?=编))
    | (?P<posts>(?:核定|核准|批准)(?:人数|人员|总数)?(?:为|共)?(?=\s?\d)|核(?:定|准|有)?(?=\s?\d|(?:机关)?(?:行政|公务员|事业|工勤)\s?\d)|编制|核编|定编|编(?=\s?\d|[共为名个数合总各]|[，、；：（]))
    | (?P<among>其中|包括|分别|依次|细分|分为|含|(?<=[，,])即(?=[\u3400-\u9fff])|(?<=\d[人名])(?:中(?=[，,：:])|[：:]))
    | (?P<stop>[。；;！？\n])
    | (?P<comma>[，,])
    | (?P<open>[（(])
    | (?P<close>[）)])""",
    re.VERBOSE,
)
KINDS = ("admin", "institution", "support")
#: a report that counts those under the civil servants' law as 行政
AS_ADMIN = re.compile("参公行政编制|行政[（(]参公|参公[（(]按行政")
#: what may stand between a number and the words behind it that name its kind
BEHIND = re.compile(
    r"\s?(?:均?[为是系属]于?)?(?:机关)?(?P<word>行政|公务员|政法专项|参公事业|事业|参公|全额|差额|工勤|后勤)(?P<rest>(?:拨款|管理|服务)?(?:编制|编|人员|岗位|干部|单位人员)?)(?=[，、；。）)和与及加]|[组构]成|$)"
)
#: 聘请退休档案员2名: who was asked to come back
ENGAGED = re.compile(r"(?:聘请|外聘|返聘|回聘|聘用|邀请|请来?)[^，。；\d]{0,6}(?:离?退休|老)")
JOINED = re.compile(r"^[、和与及,，\s]+$")
OTHER_KIND = re.compile(r"\s?[、，,]\s?(?:事业|工勤)")
#: what stands right before a number without a unit: 编制人数176
BESIDE = re.compile(r"(?:编制?|相加|人数|在职|在岗|在编|实有|人员|[数共计为有:：])\s?$")
#: 事业编制18名，实有17名; but 现有在编人员 may be of more kinds · 行政编制18名（在岗17名）
BARE = re.compile(
    r"(?:实有|实配|配备|占编|现有|实际有?|在册)(?:人数|数)?[为共]?\s?$"
    r"|[名人个][（(](?:年末|年底|目前|现|已)?(?:在岗|在编|在职|到岗)(?:人员|人数|数)?[为共]?\s?$"
)
#: 编制31名，29人在职: words behind a number that say who is counted
ON_POST = re.compile(r"\s?(?:均)?(?:在职|在编|在岗|在册|实有)(?:在编|在岗|在职)?(?=[，、；。）)]|$)")
#: 行政编制12名，11人在编；事业编制20名，18人在编
NEXT_ON_POST = re.compile(
    r"[^。]{0,4}[；;，,][^；。\d]{0,10}编[^，；。\d]{0,4}\d+\s?[名人个]?[，,]\s?\d+\s?[名人](?:在职|在编|在岗)"
)
SUM = re.compile(
    r"(?:累计|总共|合计|共计?|总计|总数|相加|合起来|加起来|加在一起)(?:是)?(?:核定|核准|批准|实有)?(?:有)?(?:编制)?(?:为)?\s?$"
)
#: 全县在职教师3,256人: a place's
OF_A_PLACE = re.compile(r"全[县市区省州旗](?!系统)[^；。]*(?:教师|教职工|医护人员|民警|医生|护士)$")
#: 在批准的80名编制之内
POSTS_BEHIND = re.compile(r"\s?的?(?:人员)?编制(?:之内|以内|内|限额|总数|范围)")
GRANTED = re.compile(r"(?:批准|核定|核准|批复|下达)的?\s?$")
#: 编办给了128个编制，52个行政、76个事业
POSTS_ALONE = re.compile(r"\s?(?:人员)?编制(?=[，,：:；。（])")
GIVEN = re.compile(r"(?:给了?|核定|批准|核准|下达|总共|共有?)\s?$")
#: 52名是编办核给我校的总数 · 88名编制（行政78名、…）是编委核定的总数
ALL_POSTS = re.compile(
    r"\s?(?:(?:人员)?编制(?:[（(][^（()）]*[）)])?)?[是为系](?:省|市|县|区|州)?(?:编办|编委|编制部门|机构编制)[^，。；\d]{0,10}(?:总数|编制数?|总额)"
)
#: 局机关及参公、事业单位编制共
SUMMED = re.compile(r"编制(?:数|人数)?(?:共计?|合计|总计|总数)[为有]?\s?$")
#: 在编教职工（事业身份）154名: the kind of the number behind the bracket
IDENTITY = re.compile(
    r"(?<!行政编制)(?<!行政(?=[（(]参公))[（(](?P<kind>行政|公务员|参公|事业|工勤)(?:身份|性质|编制?|人员)?[）)]\s?$"
)
OTHERS_AHEAD = re.compile(r"\s?[，,（(：:]\s?其中[：:]?(?:机关)?行政")
#: 事业编制增加2名后为19名: what it became stands for the posts
MOVED_TO = re.compile(
    r"(?:本年|当年|年内)?(?:增加|减少|调增|调减|核增|核减|新增|划入|划出|收回|[增减])(?:了)?\s?\d+\s?[名人个](?:之|以)?[后，](?:变|增|减|共|现)*[为至到是有达]"
)
SHARED = re.compile(r"(?:分别|各|依次|相应|对应)(?:是|为|有|核定|共|计)?[:：]?\s?$")
#: 现有7人在岗，1名副主席于11月调出
LEFT = re.compile(
    r"\s?[\u3400-\u9fff]{0,6}?(?:于|在)?(?:\d{1,2}月(?:份|底|初)?|年内|年中|年底)?(?:调出|调离|调任|调走|辞职|辞去|离职|去世|病故|转岗|退休后)"
)
#: 另有合同制队员27人，加上他们，局系统共有118人
TOGETHER = re.compile(
    r"(?:加上|连同|算上|包括)(?:他们|其|这些|上述|以上|编外|聘用|临聘)[^。；，\d]{0,16}，[^。；\d]{0,12}$"
    # 编内编外合计93人
    r"|(?:编内|编制内|在编|在职)(?:人员|职工)?[、和与及加]?(?:编外|编制外|聘用|临聘|外聘|非在编)(?:人员|职工|用工)?(?:总数|两类|两者|加在?一?起来?|合起来)?[，,]?(?:合计|共计?|总计|总共|一共|全部|合起来)[^。；\d]{0,6}$"
)


@dataclass(slots=True)
class _State:
    """What the words so far say of the next number."""

    mode: str = ""  # authorized, actual
    kind: str = ""
    outside: str = ""  # hired, gone, part, away
    listed: str = ""  # below a total: its mode, "outside" below the hired or the retired
    counted: bool = True  # a number came since the last word
    inside: bool = False  # in a bracket behind the number of one kind
    held: bool = False  # 实有行政编制5人，工勤编制2人: posts that people are on
    last: str = ""  # the kind of the number before, or that it counts the hired


@dataclass(slots=True)
class Passage:
    """The concepts of a paragraph's numbers by the place where they begin; None: nobody on the staff."""

    concepts: dict[int, str | None] = field(default_factory=dict)
    figures: dict[int, Decimal] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)  # of units, or of some people, whatever else is told

    @property
    def sure(self) -> bool:
        return any(
            str(concept).startswith(("staff.authorized", "staff.actual"))
            for concept in self.concepts.values()
        )


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    value: Decimal
    unit: str


def passage_of(text: str, department: str = "") -> Passage:
    """The passage that a paragraph is."""
    if not PASSAGE.search(text):
        return Passage()
    numbers = [
        Number(one.start, one.end, one.value, one.unit)
        for token in tokens(text)
        if (one := token.figure) and one.quantity is not None and not in_quotes(text, one.start, one.end)
    ]
    shown = _in_digits(text, numbers)
    labels = LABELLED.finditer(shown)
    for moved in sorted(
        (*labels, *MOVED_TO.finditer(shown), *ALL_OF_KIND.finditer(shown)), key=lambda m: -m.start()
    ):
        shown = shown[: moved.start()] + " " * len(moved[0]) + shown[moved.end() :]
    still = [number for number in numbers if shown[number.start].isdigit()]
    passage = read_passage(shown, still)
    if ON_NO_POSTS.search(text) and "staff.authorized" not in passage.concepts.values():
        return Passage()
    apart = {one for one in still if counted_apart(shown, one.start, one.end, department)}
    apart |= {one for one in still if _with_hired(passage, one)}
    passage.apart = {one.start for one in apart}
    passage.concepts |= {one.start: None for one in numbers if one not in still or one in apart}
    return passage


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a quoted word: “一人所”占15个所中的4个; a scan may have lost the quotes."""
    if text[start:end].endswith("人") and text.startswith("所", end):
        return True
    return text[start - 1 : start] in ("“", '"') and re.match(r"[一-鿿]{1,4}[”\"]", text[end:]) is not None


def _with_hired(passage: Passage, number: Number) -> bool:
    """Whether a number of people on posts is that of those told before and of the hired together:
    在职58人，另聘用编外人员14人，在岗合计72人."""
    if passage.concepts.get(number.start) in ("staff.contract", "staff.retired"):
        return False
    before = {start: concept for start, concept in passage.concepts.items() if start < number.start}
    on_posts = {passage.figures[start] for start, concept in before.items() if concept == "staff.actual"}
    hired = {passage.figures[start] for start, concept in before.items() if concept == "staff.contract"}
    return any(one + other == number.value for one in on_posts for other in hired if other)


def _in_digits(text: str, numbers: Sequence[Number]) -> str:
    """The text with digits where numbers stand in words, 编十五个, at the same places: patterns look for digits."""
    for number in numbers:
        said = text[number.start : number.end]
        shown = re.sub(r"[零〇一二两三四五六七八九十百千]", "9", said)
        text = text[: number.start] + shown + text[number.end :]
    return text


def read_passage(text: str, numbers: Sequence[Number]) -> Passage:
    """The concepts of the numbers of people in a paragraph."""
    passage = Passage()
    state = _State()
    stack: list[tuple[_State, int, int]] = []
    series: list[str] = []  # the words of one list without numbers between: 行政、事业
    queue: list[str] = []  # what the next numbers are of: 分别为
    told: list[str] = []  # the kinds that were handed out last
    posts: list[str] = []  # the kinds that the posts were told by, "" for a total
    at = 0
    for order, number in enumerate(numbers):
        if number.start < at:
            continue
        series = []
        for word in WORDS.finditer(text, at):
            if word.start() >= number.start:
                break
            name = word.lastgroup or ""
            if name == "open":
                stack.append((replace(state), order, len(series)))
                state.inside = bool(state.kind)
                if state.counted:
                    state.listed = "outside" if state.outside else state.mode
                    state.kind, state.outside = "", ""
            elif name == "close":
                if stack:
                    inner = state.listed
                    state, opened, heard = stack.pop()
                    del series[heard:]
                    told_within = opened < order and inner != "outside"
                    state.counted = state.counted or told_within  # （行政） explains and counts nothing
            elif name == "control":  # 后勤服务聘用人员控制数1名: posts
                state.outside = ""
                _hear(state, "posts", word.group(), series)
            elif name == "list":  # 实有人员编制46人，…；在职42人: posts
                _hear(state, "posts", word.group(), series)
            elif word.group() == "参公" and (
                ("机关参公" in text and "事业" not in text) or AS_ADMIN.search(text)
            ):
                _hear(state, "admin", word.group(), series)
            elif name in KINDS and not state.mode and (total := _told_by(numbers[order:], passage, text)):
                state.mode = total  # 编制62个。事业58工勤4。
                _hear(state, name, word.group(), series)
            elif name == "among" and state.outside == "away" and _told_by(numbers[order:], passage, text):
                state.listed, state.outside = state.mode, ""  # 实有47人，空编3人：行政16、事业31
            elif name != "police":
                _hear(state, name, word.group(), series)
            elif f"staff.{state.mode}.admin" in passage.concepts.values():
                _hear(state, "part", word.group(), series)  # 其中行政人员77人、工勤人员5人，员额法官31人
            elif state.listed or OTHER_KIND.match(text, number.end):  # 其中民警305名、事业人员21名
                _hear(state, "admin", word.group(), series)
            if name == "stop":
                stack.clear()
                series.clear()
        here = text[at : number.start]
        if number.unit not in PEOPLE and number.unit:
            state.counted = True
            at = number.end
            continue
        following = numbers[order + 1 :]
        handed = bool(queue)
        if not queue:
            queue = _shared(text, here, number, following, series, told)
            told = queue or told
            handed = bool(queue)
        ends = number.end
        behind = None
        if queue:
            shared = queue.pop(0)
            if shared in KINDS:
                state.kind = shared
            elif shared:
                state.mode, state.kind = shared, ""
        elif (state.counted or not (state.kind or state.outside)) and (
            behind := BEHIND.match(text, number.end)
        ):
            state.kind = state.outside = ""
            for word in WORDS.finditer(behind.group("word") + behind.group("rest")):
                if word.lastgroup in KINDS:
                    state.kind = word.lastgroup
                elif word.lastgroup == "posts" and state.listed != "actual":
                    state.mode = "authorized"
            ends = behind.end()
        elif state.mode and (told_kind := IDENTITY.search(here)):
            state.kind = next(w.lastgroup or "" for w in WORDS.finditer(told_kind["kind"]))
        elif state.counted and number.unit in "人名" and (behind := ON_POST.match(text, number.end)):
            many = len(posts) > 1 or NEXT_ON_POST.match(text, number.end)
            state.mode, state.kind = "actual", posts[-1] if posts and many else ""
            ends = behind.end()
        summed = handed or behind is not None or not state.counted or bool(SUM.search(here))
        told_by = series if not handed else []
        concept = _concept(state, number, told_by, posts, here, text) if summed else ""
        granted = POSTS_BEHIND.match(text, number.end) and GRANTED.search(here)
        alone = POSTS_ALONE.match(text, number.end) and GIVEN.search(here)
        if granted or alone or ALL_POSTS.match(text, number.end):
            concept, state.mode = "staff.authorized", "authorized"
        gone = LEFT.match(text, number.end)
        others = (
            NOT_OURS.match(text, number.end)
            or HIRED_BY_OTHERS.search(text[: number.start])
            or RECRUITED.search(text[: number.start])
            or (concept == "staff.contract" and NOT_OUR_HIRED.match(text, number.end))
        )
        if gone or others or OF_A_PLACE.search(text[: number.start]) or TOGETHER.search(text[: number.start]):
            concept = None
        if (
            number.start > at
            and state.counted
            and SUM.search(here)
            and _retired_before(passage, text, number)
        ):
            concept = "staff.retired"  # 离休1人、退休52人，合计53人
        if parts := SUM.search(here) and _hired_before(passage, text, numbers[:order], number):
            concept = "staff.contract"  # 聘用制书记员41人、劳务派遣12人，合计53人
            passage.concepts |= {part.start: None for part in parts}
        if GONE_BEHIND.match(text, number.end):
            concept = "staff.retired"
        if concept == "staff.retired" and ENGAGED.search(re.split("[。；，]", text[: number.start])[-1]):
            concept = None
        if TOOK_ON.search(here) and HIRED_BEHIND.match(text, number.end):
            concept = "staff.contract"
        if OF_OFFICE.search(text[: number.start]):
            concept = None
        if concept == "staff.actual" and ON_DUTY.search(text[: number.start]):
            concept = None
        if concept == "staff.actual" and (kind := _beside(passage, text, number, posts)):
            concept = f"staff.actual.{kind}"
        if concept != "":
            passage.concepts[number.start] = concept
            passage.figures[number.start] = number.value
        if concept and concept.startswith("staff.authorized"):
            posts.append(state.kind)
            if kinds := list(takewhile(bool, reversed(posts))):
                told = kinds[:3][::-1]
        state.counted = True
        if concept or state.last != "contract":
            last = str(concept).rpartition(".")[2]
            state.last = last if last in (*KINDS, "contract") else ""
        at = ends
    _without_parts(passage, text, numbers)
    _without_vacant(passage, text, numbers)
    _without_units(passage, text, numbers)
    return passage


#: 全系统合计编制153人
OF_ALL_UNITS = re.compile(r"(?:全系统|全局|全部门|全口径|两级|总共|合计|共计)[^，。；\d]{0,10}$")


def _without_units(passage: Passage, text: str, numbers: Sequence[Number]) -> None:
    """机关编制22人，实有20人；二级机构编制131人，实有124人。全系统合计编制153人，在职144人: what each unit has is none of the whole's."""
    for concept in ("staff.authorized", "staff.actual"):
        told = [one for one in numbers if passage.concepts.get(one.start) == concept]
        units, whole = told[:-1], told[-1:]
        if len(units) < 2 or sum(one.value for one in units) != whole[0].value:
            continue
        if concept == "staff.actual" or OF_ALL_UNITS.search(text[: whole[0].start]):
            passage.concepts |= {one.start: None for one in units}


#: 空编4名，行政1名、事业3名
VACANT = re.compile(r"(?:空编|缺编|空缺|缺额|超编)(?:共|合计)?\s?$")


def _without_vacant(passage: Passage, text: str, numbers: Sequence[Number]) -> None:
    """The posts that nobody is on, by their kinds, are nobody on the staff."""
    for at, vacant in enumerate(numbers):
        if not VACANT.search(text[: vacant.start]):
            continue
        behind = numbers[at + 1 :]
        parts = [one for one in behind if not re.search("[。；]", text[vacant.end : one.start])]
        if len(parts) > 1 and sum(one.value for one in parts) == vacant.value:
            passage.concepts |= {one.start: None for one in parts}


def _told_by(parts: Sequence[Number], passage: Passage, text: str) -> str:
    """What the last total counts where the numbers up to the sentence's end are its parts, else nothing:
    实有47人，空编3人：行政16、事业31."""
    end = text.find("。", parts[0].start) if parts else 0
    listed = [one.value for one in parts if one.start < (end if end > 0 else len(text))][: len(KINDS)]
    totals = [
        start
        for start, concept in passage.concepts.items()
        if concept in ("staff.actual", "staff.authorized")
    ]
    if len(listed) < 2 or not totals or sum(listed) != passage.figures[totals[-1]]:
        return ""
    return str(passage.concepts[totals[-1]]).removeprefix("staff.")


def _hear(state: _State, name: str, word: str, series: list[str]) -> None:
    if name in ("party", ""):
        return
    if name in ("stop", "comma"):
        if name == "stop":
            state.listed = state.kind = state.outside = ""
            state.held = False
            if word not in "；;":
                state.mode = ""
        elif state.counted or state.outside == "away":
            state.kind = state.outside = ""
        return
    if name == "among":
        if state.inside and word.startswith(("含", "包括", "其中")) and not state.counted:
            state.listed = "outside"  # 其中行政（含工勤2人）45人
        elif state.inside and word == "含":
            state.listed = "outside"  # 行政编制15人（含工勤编制1人）
        elif state.counted and state.listed != "outside":
            # 政法专项编制86名，其中员额法官32名 · 编外9人，其中协管员6人
            beneath = state.outside or state.last
            state.listed = "outside" if beneath else state.mode
            state.kind = state.outside = ""
        return
    if state.counted:  # the first word behind a number
        state.kind = state.outside = ""
        state.counted = False
        series.clear()
    if word.startswith("离退") or (name == "gone" and state.last == "contract"):
        state.listed = ""  # 编外17人，其中协管员12人，退休3人
    if name in ("hired", "gone", "part", "away"):
        state.outside, state.kind = name, ""
        series.append(name)
    elif name == "actual":
        if state.outside not in ("away",):
            state.mode, state.outside = "actual", state.outside if state.outside in ("hired", "gone") else ""
            if not state.kind:
                state.listed = ""
        series.append("actual")
        if word.startswith(("实有", "编内", "编制内", "在岗")):
            series.append("held")
    elif name == "holders" and state.mode == "actual":
        series.append("actual")  # 实有115人，政法专项编制人员102人
    elif name in ("posts", "holders"):
        if (state.listed == "actual" and state.kind) or "held" in series:
            state.held = "held" in series or state.held
            return  # 实有编制, 其中政法专项编制人员
        if state.held and state.kind:
            return
        if state.outside == "away":
            return
        state.mode = "authorized"
        if not state.kind:
            state.listed = ""
        series.append("authorized")
    elif name == "support" and state.outside == "hired" and series[-1:] != ["actual"]:
        pass  # 通过购买服务聘请的保安、食堂工人37名
    elif name in KINDS and state.outside != "away":  # 新增事业人员2名
        state.kind, state.outside = name, ""
        series.append(name)


def _shared(
    text: str, here: str, number: Number, following: Sequence[Number], series: list[str], before: list[str]
) -> list[str]:
    """What each of the next numbers is of: 行政、事业各18人、74人; 编制数、实有数分别为12名、11名."""
    kinds = [name for name in series if name in KINDS]
    modes = [name for name in series if name in ("authorized", "actual")]
    again = before if not kinds and len(modes) < 2 and SHARED.search(here.rstrip()) else []
    for names in (kinds, modes if not kinds else [], again):
        if len(names) < 2 or len(set(names)) != len(names) or len(following) < len(names) - 1:
            continue
        told = SHARED.search(here.rstrip())
        row = [number, *following[: len(names) - 1]]
        joined = all(JOINED.match(text[one.end : other.start]) for one, other in pairwise(row))
        if joined and (told or re.search(r"[、和与及]", here)):
            return list(names)
    return []


def _concept(
    state: _State, number: Number, series: list[str], posts: list[str], here: str, text: str
) -> str | None:
    """The concept of a number; None for people who are none of the staff; "" where nothing is said."""
    if state.outside in ("part", "away"):
        return None
    if state.listed == "outside":
        return None
    if state.outside == "hired":
        return "staff.contract"
    if state.outside == "gone":
        return "staff.retired"
    if len({name for name in series if name in KINDS}) > 1 and not state.listed:
        return ""  # 行政和事业编制共44名
    people = text.startswith("人", number.end) or (state.kind and OF_PEOPLE.search(text[: number.start]))
    if number.unit == "个" and state.mode != "authorized" and not people:
        return ""  # 事业单位7个
    if (
        state.kind
        and state.mode == "authorized"
        and SUMMED.search(here)
        and OTHERS_AHEAD.match(text, number.end)
    ):
        state.kind = ""  # 参公、事业单位编制共134名，其中行政编制22名
        return "staff.authorized"
    if state.kind and here.rstrip(" 为：:").endswith(("编制", "编")) and POSTS_FIRST.match(text, number.end):
        return f"staff.authorized.{state.kind}"
    if state.kind:
        mode = state.mode or "actual"
        return f"staff.{mode}.{state.kind}"
    if not state.mode or (not number.unit and not BESIDE.search(here)):
        return ""
    if state.mode == "actual" and len(posts) == 1 and posts[0] and BARE.search(here):
        return f"staff.actual.{posts[0]}"
    if state.listed and not series:
        return ""
    return f"staff.{state.mode}"


#: 全系统在岗1,286人，其中局机关42人（公务员23人、事业19人）: of the office alone
OF_OFFICE = re.compile(r"其中[：:]?[局委厅院办]?(?:机关|本级)[^，。；\d]{0,6}\d+\s?[人名][（(][^（）()]*$")
#: 在职人员186人，其中：在岗人员183人
ON_DUTY = re.compile(
    r"(?:在职|在编)[^，。；\d]{0,8}\d+\s?[人名][，,（(]\s?其中[：:]?\s?在岗[^，。；\d]{0,6}$"
)
#: 571名在编人员工资和208名离退休人员补贴
GONE_BEHIND = re.compile(r"\s?(?:离退休|退休|离休)(?:人员|干部|职工|教师)")
#: 单位人员编制及实有情况：核定编制18名: what a label is on is not told by it
LABELLED = re.compile(
    r"(?:^|(?<=[。；\n]))\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[.、．）)])?[^，。；：:\d]{0,10}编制[^，。；：:\d]{0,6}[及和与、][^，。；：:\d]{0,6}(?:实有|在职|在编|实际)[^，。；：:\d]{0,8}[：:]"
)
#: 年内招聘计划24人，实际到岗17人
#: · 退役士兵41名，全部安置上岗，其中事业单位29名 · 举办培训4期，共256人
RECRUITED = re.compile(
    r"(?:招聘|招录|招考|引进)[^。；]*(?:到岗|报到|入职)[^。；\d]{0,4}$|(?:退役士兵|退役军人|毕业生|军转干部)[^。；]*安置[^。；]*$"
    r"|(?:培训|讲座|演练)[^。；，]{0,12}[，,]\s?(?:共|累计)\s?$"
)
#: 又请了11个编外人员
TOOK_ON = re.compile(r"(?:请|聘|雇|招)了?$")
HIRED_BEHIND = re.compile(r"\s?(?:编外|临聘|临时|合同制|劳务派遣|派遣)")
#: 在职10个人，事业9个、工勤1个
OF_PEOPLE = re.compile(r"\d\s?个人[^。]*$")
#: 在职66人；其中行政编制24人、在职24人: the posts of a kind, and then the people on them
POSTS_FIRST = re.compile(
    r"\s?[、，,]\s?(?:在职|在编|实有|在岗|到岗|实际)(?:在编|在职|在岗)?(?:人员)?[为有：:]?\s?\d"
)
#: 事业编制44名，实有: the next kind, told in the same way
NEXT_PAIR = re.compile(
    r"\s?[；;，,](?:[^。；]{0,16}[，,])?\s?[\u3400-\u9fff]{0,8}(?:行政|事业|工勤|参公)[^，；。\d]{0,6}编[^，；。\d]{0,4}[\d,]+\s?[名人个]?[，,、（(]\s?(?:年末|年底|现)?(?:实有|实配|配备|占编|到岗|在职|在编|在岗)"
)


def _beside(passage: Passage, text: str, number: Number, posts: list[str]) -> str:
    """The kind of the people told right behind the posts of their kind: 行政编制8名，实有7名；事业…"""
    before = [concept for concept in passage.concepts.values() if concept][-2:]
    if not posts or not posts[-1] or not before or not str(before[-1]).startswith("staff.authorized."):
        return ""
    alone = len(before) < 2 or not str(before[0]).startswith("staff.authorized")
    if NEXT_PAIR.match(text, number.end):
        return posts[-1]
    return posts[-1] if alone and (len(posts) > 1 or BARE.search(text[: number.start])) else ""


def _retired_before(passage: Passage, text: str, number: Number) -> bool:
    """Whether a sum stands behind the two parts of the retired."""
    before = list(passage.concepts)[-2:]
    if len(before) < 2 or passage.concepts[before[1]] != "staff.retired":
        return False
    parts = sum((passage.figures[start] for start in before), Decimal(0))
    return parts == number.value and "离休" in text[max(0, before[0] - 8) : before[0]]


def _hired_before(passage: Passage, text: str, before: Sequence[Number], number: Number) -> Sequence[Number]:
    """The numbers right before a sum of them, of which one is of the hired and none of posts or people on them."""
    start = max(text.rfind(end, 0, number.start) for end in "。；")
    clause = [one for one in before if one.start > start and one.unit in PEOPLE]
    for first in range(len(clause) - 1):
        parts = clause[first:]
        told = {passage.concepts.get(one.start) for one in parts}
        adds_up = sum(one.value for one in parts) == number.value
        if adds_up and "staff.contract" in told and told <= {"staff.contract", None}:
            return parts
    return ()


def _without_parts(passage: Passage, text: str, numbers: Sequence[Number]) -> None:
    """离休3人、退休118人，离退休合计121人: the whole is told beside its parts."""
    retired = [n for n in numbers if passage.concepts.get(n.start) == "staff.retired"]
    if len(retired) < 2:
        return
    whole = max(n.value for n in retired)
    for number in retired:
        if number.value < whole and "离退" not in text[max(0, number.start - 8) : number.start]:
            passage.concepts[number.start] = None
