"""Numbers of people: the establishment, those on it, those beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractors.figures.establishment import (
    ENGAGED,
    GONE_BEHIND,
    LEFT,
    ON_NO_POSTS,
    OTHER_KIND,
    PEOPLE,
    POSTS_FIRST,
    RECRUITED,
    Passage,
    in_quotes,
)
from extractors.figures.segments import has, tagged
from extractors.figures.setting import Decision, Scene
from extractors.figures.whose import (
    AIMED,
    CAUSE_BEHIND,
    NOT_OUR_HIRED,
    NOT_OURS,
    OF_ONE_UNIT,
    OTHER_PEOPLE,
)
from extractors.language import Token

EACH = re.compile(r"各|每|平均")
SUM = re.compile(r"(?:总共|合计|共计?|总计|总数|合)(?:核定|核准|批准|实有)?(?:有)?(?:编制)?(?:为)?")
#: 政法专项编制和事业编制44名 · 行政、事业编制共44名: two kinds in one number
BOTH = re.compile(
    r"(?:行政|政法专项|政法|事业|参公|工勤)(?:编制|人员)?[及和与、](?:行政|政法专项|政法|事业|参公|工勤)(?:编制|人员)?"
    r"(?:合并|一并|统一|加在?一?起来?|合起来|相加|两项)?(?:计算|统算)?(?:共|合计|总计|总数)?[为有计]?$"
)
#: （事业编4名，在编
BRACKETED = re.compile(r"[（(][^（）()]*编[^（）()]*$")
ON_POST = re.compile(r"在职|在编|实有|在岗")
PEOPLE_KINDS = ("actual.admin", "actual.institution", "actual.support")
PRESENT = ("现有", "共有")
#: what is counted by 个 and is neither a post nor a person
THING = re.compile(
    r"\s?(?:项目|单位|部门|内设|股室|科室|处室|[股科处]|乡镇|镇|乡|村|县|区|街道|社区|方面|指标|专项|重点|支部|站所|[站所点]|学校|中心|方案|司法所|派出所|财政所|监管所)"
)
PARTS = ("admin", "institution", "support")
#: 全县在职教师5,600人: a place's, not the department's own
POLICE = re.compile(r"(?:民警|干警|法官|检察官|公务员)$")
REGION = re.compile(r"全[县市区省镇州]")
#: 下属二级预算单位共有3个
SUBORDINATE = re.compile(
    r"(?:下属|所属|下设|下辖)的?(?:二级)?(?:独立核算)?(?:预算|核算|事业)?单位(?:数量?)?(?:共有|有|共|为|：)?$"
    r"|独立核算的?(?:事业)?单位(?:共有?|有)?$|(?:纳入|编入)[^，。；\d]{0,8}预算的(?:共有?|有|计)$"  # 实行独立核算、纳入部门预算的共9个
    r"|[纳编]入[^，。；]{0,12}(?:预算|预算管理)的(?:二级|下[属级]|所属)(?:预算|核算)?单位(?:共有|有|共|为)?$"
    r"|二级(?:预算|核算)?单位(?:总计|共计|合计|总数|数量|共有|有|共|为|：)+$"
)
#: 所属事业单位7个，纳入预算编报范围的二级单位4个: only these draw up a budget
BUDGETED = re.compile(r"^[^。]*[纳编]入[^，。；]{0,16}预算[^，。；]{0,10}(?:范围)?的[^，。；\d]{0,12}\d")
#: 下辖…等3个二级机构
SUBORDINATE_AHEAD = re.compile(
    r"\s?(?:独立核算|独立编制|独立编报)?的?(?:二级|下属|所属)+(?:预算|核算|事业)?(?:单位|机构)|为(?:二级|下属|所属)+预算单位|单位(?:合?并[报账表]|合并(?:编[报制]|填报|报送)|纳入合并)"
)
#: 管理县就业服务中心、县劳动人事争议仲裁院3个预算单位 · 下设市中心血站以及5处社区卫生服务中心，共9个预算单位
BELOW_AHEAD = re.compile(
    r"(?:下设|下辖|所辖|管理|辖|下属|所属)(?:的|二级|单位|机构|有|包括)*[^，。；：]{3,50}[、和及与][^，。；：]{2,30}(?:，?(?:总共|一共|共计?|合计)(?:有)?)?\s?$"
)
BUDGET_UNITS = re.compile(r"\s?(?:二级)?预算单位")
#: 下辖县公路养护段、县道路运输服务中心等4个单位
LISTED_AHEAD = re.compile(
    r"(?:下辖|所辖|下属|所属|归口管理|直属|[局委院校厅系]属)(?:的|单位|有|包括)*[^，。；：\d]{3,60}等\s?$"
)
UNITS = re.compile(r"\s?(?:直属|基层|事业|预算)*单位(?=[，。；、（]|$)")
#: that have no books of their own, unless they are called of the second level: 下设事业单位6个（未独立核算） · 4个所属事业机构，未单独核算 · 所属事业单位3个，均为非独立核算单位
NO_BOOKS = re.compile(
    r"(?!\s?[下所]?属?二级)[^，。；（(\d]{0,10}[，（(](?:均|都)?[是为]?[未不非](?:实行)?(?:单独|独立)(?:核算|编)"
)
ESTABLISHED = re.compile(r"编制|在编|在职|编外|行政编|事业编|退休(?!年龄)")
#: 公益性岗位在岗412人，比目标少8人: what a programme reached
AGAINST_GOAL = re.compile(r"\s?[，,（(](?:[比较]|超过?|达到|完成|未达)[^，。；\d]{0,6}(?:目标|任务)")
#: 对在册的187名社区矫正对象 · 社区矫正在册对象最多时217名，年末191名: people served
SERVED = re.compile(r"[^，。；、\d]{0,8}对象")
SERVED_BEFORE = re.compile(r"(?:在册|矫正|救助|帮扶|保障|服务|供养|低保)[^，。；、\d]{0,6}对象[^。；]*$")
#: what a paragraph on people speaks of
OF_STAFF = re.compile(
    r"编|在职|在岗|实有|(?<!年末)在册|干部职工|教职工|(?:[局位门委院校]|工作)人员|人员情况|其中[^，。；\d]{0,3}行政"
)
CAUSE = re.compile(
    r"(?:主要[是为系因]|[前后]者系|由于|原因[是为系]?|因为?|新增|年内|当年|本年度?)[^，。；\d]{0,8}$"
)
PLACED = re.compile(r"安置|开发|吸纳|就业|帮扶|脱贫|上岗")
#: 全年离职聘用人员5人 · 编外人员减少2人: who came or went, no number of those there are
CAME_OR_WENT = re.compile(
    r"(?:离职|辞职|辞退|流失|离岗|解聘|清退|减少|增加|新增|补充|充实|招录|新进|调入|调出)[^，。；\d]{0,4}$"
)
#: 编制空缺11名: what there is not
VACANT = re.compile(r"(?:空缺|空编|缺编|缺额|缺口)\s?$")
#: 人员近三年退休6名、只补充4名 · 12月退休2人: who retired in some years, not who has
RETIRED_SINCE = re.compile(
    r"(?:近|最近|过去)[两二三四五2-5]年[^，。；\d]{0,8}退休\s?$|(?:\d月份?|当年|年内|本年度?|全年|年中)(?:新增|又有|有|已)?退休\s?$"
)
#: 对甲中心等2个下属单位开展核查: some of them
VISITED = re.compile(r"(?:对|抽取|抽查|选取|抽选|走访|组织|指导|督促|会同)[^，。；]*$")
#: 每个分局核定编制均为42名 · 实有136人，较2022年末的139人减少3人 · 使用县级周转编制3名，不计入核定数: what is compared with, what was lent
NOT_COUNTED = re.compile(
    r"每[个家所][^，。；\d]{1,8}编制(?:数|人数)?[均都]?[为是有]?\s?$|(?:较|比)(?:20\d\d年度?|上年度?|去年)[末底]?的?\s?$|周转编制[^，。；\d]{0,3}$"
)


#: 按54名在编人员测算: what a budget was reckoned by
RECKONED_BY = re.compile(r"[^，。；\d]{0,8}(?:测算|核算|匡算|计算)")
#: 纳入部门决算编制范围的单位共4个
OF_UNITS = re.compile(r"(?:单位|机构)(?:共计?|共有|有|计|数)?\s?$")


#: 编制应急预案6个 · 编制村庄规划41个: what was drawn up
DRAWN_UP = re.compile(r"编制(?:完成|了)?[^，。；：、\d编为共有是数名额人合总员定核控]{2,14}$")

#: 在册低保对象5,318户8,046人 · 低保对象7,942户、13,605人
HOUSEHOLDS = re.compile(r"户[、，（(]?\s?$")


def decide_count(scene: Scene) -> Decision:
    """The decision for a count: staff, or a number of things."""
    figure, talk = scene.figure, scene.talk
    if RECRUITED.search(scene.source[: figure.start]):
        return scene.none("数量")
    listed = LISTED_AHEAD.search(scene.source[: figure.start]) and UNITS.match(scene.after)
    below = BELOW_AHEAD.search(scene.source[: figure.start]) and BUDGET_UNITS.match(scene.after)
    if figure.unit in ("家", "个") and (
        listed
        or below
        or SUBORDINATE.search(scene.source[: figure.start])
        or (SUBORDINATE_AHEAD.match(scene.after) and not VISITED.search(scene.before))
    ):
        if BUDGETED.search(scene.source[figure.end :]) or NO_BOOKS.match(scene.source, figure.end):
            return scene.none("数量")
        return Decision(figure, "subordinate_units", figure.quantity)
    spoken = re.search("编|岗位$", scene.clause)
    posts = (talk.staff == "authorized" and not scene.name) or scene.after.startswith("人") or spoken
    drawn_up = DRAWN_UP.search(scene.source[: figure.start])
    if figure.unit == "个" and (
        THING.match(scene.after) or OF_UNITS.search(scene.before) or drawn_up or not posts
    ):
        return scene.none("数量")  # 编制部门预算，5个项目 · 行政单位1个: things; only posts are counted so
    quoted = in_quotes(scene.source, figure.start, figure.end)
    if figure.unit not in PEOPLE or HOUSEHOLDS.search(scene.before) or quoted:
        return scene.none("数量")  # “一人所”占15个所中的4个
    if figure.bound or figure.upper or has(scene.segment.near, "not.target") or EACH.search(scene.spoken):
        return scene.none("目标或人均")
    told = scene.source[: figure.start]
    if SERVED.match(scene.source, figure.end) or SERVED_BEFORE.search(told):
        return scene.none("数量")
    if LEFT.match(scene.source, figure.end):
        return scene.none("数量")
    by_it = scene.before.rstrip().endswith("按") and RECKONED_BY.match(scene.source, figure.end)
    if (
        by_it
        or AGAINST_GOAL.match(scene.source, figure.end)
        or NOT_COUNTED.search(scene.source[: figure.start])
    ):
        return scene.none("数量")
    said = scene.source[: figure.start].rpartition("。")[2]
    if OTHER_PEOPLE.search(said) or OF_ONE_UNIT.search(said) or CAUSE_BEHIND.match(scene.source, figure.end):
        return scene.none("数量")
    if AIMED.search(said):
        return scene.none("目标或人均")
    decided = _staff(scene)
    if decided is None or GONE_BEHIND.match(scene.source, figure.end):
        return scene.none("数量")
    concept, mode = decided
    of_projects = scene.setting.single is not None or scene.setting.several
    if of_projects and (not ESTABLISHED.search(scene.source) or ON_NO_POSTS.search(scene.source)):
        return scene.none("数量")  # what a project hired and reached: 实际发放5,873人
    if concept == "staff.retired" and CAUSE.search(re.split("[。；]", scene.before)[-1]):
        return scene.none("数量")  # 下降1.44%，主要是退休3人
    if concept == "staff.retired" and ENGAGED.search(re.split("[。；，]", scene.before)[-1]):
        return scene.none("数量")
    if RETIRED_SINCE.search(scene.before) or VACANT.search(scene.before):
        return scene.none("数量")
    if concept.startswith(("staff.contract", "staff.actual")) and CAME_OR_WENT.search(scene.before):
        return scene.none("数量")
    if concept == "staff.contract" and PLACED.search(re.split("[。；]", scene.before)[-1]):
        return scene.none("数量")  # 安置就业困难人员1,016名，其中乡村公益性岗位862名
    hired = concept == "staff.contract" and NOT_OUR_HIRED.match(scene.source, figure.end)
    if hired or NOT_OURS.match(scene.source, figure.end):
        return scene.none("数量")
    talk.staff = mode
    part = concept.rpartition(".")[2]
    talk.staff_series.append((mode, part if part in PARTS else ""))
    period = talk.period if talk.period != scene.setting.fiscal_year else None
    return Decision(figure, concept, figure.quantity, None, period or scene.setting.fiscal_year)


def _staff(scene: Scene) -> tuple[str, str] | None:
    talk = scene.talk
    near = scene.labels
    said = [tag for _, tag in tagged(near, "staff")]
    people, heard = said[-1:] == ["people"], scene.heard
    if said and (said[-1] == "none" or (people and (len(said) == 1 or REGION.search(heard)))):
        return None
    if (
        talk.staff in ("authorized", "actual")
        and SUM.fullmatch(scene.spoken.strip())
        and len(talk.staff_series) >= 2
    ):
        return f"staff.{talk.staff}", talk.staff
    words = [(t, tag) for t, tag in tagged(near, "staff") if tag not in ("none", "people")]
    if not words or _hired_for_work(scene, words[-1][0]):
        return None
    kinds = [tag for _, tag in words]
    if all(kind.startswith("mode") for kind in kinds) and scene.name and not talk.staff_series:
        return None  # 实际供餐1132人
    bare = all(t.text in ("实际", "年末") for t, _ in words) and not talk.staff_series
    if bare and not OF_STAFF.search(scene.source):
        return None  # 控制在3人以内，实际0人
    direct = next((k for k in reversed(kinds) if k.split(".")[0] in ("contract", "retired")), None)
    last = kinds[-1]
    if last in ("contract", "retired"):
        return f"staff.{last}", last
    if last == "retired.part":
        return None
    if direct and last not in ("contract", "retired") and last.startswith("mode"):
        return f"staff.{direct}", direct
    mode = talk.staff if talk.staff in ("authorized", "actual") else None
    kinds = ["actual" if k in PEOPLE_KINDS and ON_POST.search(t.text) else "" for t, k in words] + kinds
    kinds = [k for k in kinds if k]
    explicit = [k for k in kinds if k in ("mode.actual", "mode.authorized", "authorized", "actual")]
    parts = [k for k in kinds if k.rpartition(".")[2] in PARTS]
    if explicit:
        mode = explicit[-1].removeprefix("mode.")
        if "mode.actual" in explicit and explicit[-1] == "authorized" and "mode.authorized" not in explicit:
            mode = (
                "authorized" if explicit.index("mode.actual") > explicit.index("authorized") else _kept(words)
            )
    if parts:
        own = parts[-1].split(".")[0]
        both = scene.row == 1 and BOTH.search(scene.spoken.strip())
        if own == "authorized" and not both and POSTS_FIRST.match(scene.after):
            return f"staff.authorized.{parts[-1].rpartition('.')[2]}", "authorized"
        if own == "actual" and not explicit:
            mode = mode or "actual"
        elif own == "authorized" and not explicit:
            carried = mode and talk.staff_series and not _paired(talk.staff_series)
            mode = mode if carried else "authorized"
        if both:
            return f"staff.{mode}", str(mode)
        part = parts[-1].rpartition(".")[2]
        before = any(series_mode == "authorized" for series_mode, _ in talk.staff_series)
        if own == "authorized" and not before and any(t.text in PRESENT for t, _ in words):
            mode = "authorized"  # 现有行政编制13名，在编12人: posts that there are, not people on them
        if explicit and own == "authorized" and explicit[-1] == "mode.authorized":
            mode = "authorized"
        return f"staff.{mode}.{part}", str(mode)
    if people and POLICE.search(heard) and OTHER_KIND.match(scene.after):
        return "staff.actual.admin", "actual"  # 实有在职民警176名、事业人员5名
    if kinds[-1] == "mode.actual" and talk.staff_series and talk.staff_series[-1][0] == "authorized":
        listed = [part for kind, part in talk.staff_series if kind == "authorized"]
        if listed[-1] and not people and (len(listed) == 1 or _paired(talk.staff_series)):
            return f"staff.actual.{listed[-1]}", "actual"
        return "staff.actual", "actual"
    if mode is None:
        return None
    if (
        kinds[-1] == "mode.authorized"
        and not has(scene.segment.all, "staff.authorized")
        and not re.search(r"编", scene.heard)
    ):
        return None
    return f"staff.{mode}", mode


def _hired_for_work(scene: Scene, word: Token) -> bool:
    """聘用护林员142人: whom a project pays; the staff of a department are hired without a name."""
    named = scene.source[word.end : scene.figure.start].strip(" 为：:")
    bare = word.text in ("聘用", "外聘", "购买服务", "聘")
    project = scene.setting.single is not None or scene.setting.role not in ("functions", None)
    return bare and len(named) >= 2 and project


def _kept(words: list) -> str:  # type: ignore[type-arg]
    """实有编制12名 speaks of people, 现有编制 too where a category follows."""
    texts = [t.text for t, _ in words]
    return "actual" if any(text in ("实有", "年末实有", "在岗") for text in texts) else "authorized"


def _paired(series: list[tuple[str, str]]) -> bool:
    """Whether categories come with both numbers: 行政编制8名，实有7名；事业编制…"""
    return any(a[0] == "authorized" and b == ("actual", a[1]) and a[1] for a, b in pairwise(series))


def with_others_apart(decisions: list[Decision]) -> list[Decision]:
    """Without a number of people that holds the retired or the hired too: 实有137人，其中在职121人、
    退休16人; 职工412人，其中在编238人、编外174人."""
    on_post = [d for d in decisions if d.concept == "staff.actual" and d.quantity]
    if len(on_post) != 2:
        return decisions
    part, whole = sorted(on_post, key=lambda d: d.quantity.value if d.quantity else 0)
    sums = {Decimal(0)}
    for other in decisions:
        if other.concept in ("staff.retired", "staff.contract") and other.quantity:
            sums |= {known + other.quantity.value for known in sums}
    over = whole.quantity.value - part.quantity.value if whole.quantity and part.quantity else 0
    if over <= 0 or over not in sums:
        return decisions
    return [Decision(d.figure, reason="含离退休或编外人数") if d is whole else d for d in decisions]


def with_pairs(decisions: list[Decision], source: str) -> list[Decision]:
    """Posts and people told kind by kind: 行政编制9名，在职8名；事业编制30名，在职28名. The people beside a
    kind's posts are of that kind, also where the pair stands alone in brackets: （事业编4名，在编4人）."""
    made = {id(d): d for d in decisions}
    staff = [d for d in decisions if d.concept and d.concept.startswith("staff.")]
    for at, (posts, people) in enumerate(pairwise(staff)):
        kind = str(posts.concept).rpartition(".")[2]
        if people.concept != "staff.actual" or kind not in PARTS or not _of_posts(posts, source):
            continue
        # the pair before and the pair behind
        pairs = [staff[start : start + 2] for start in (at - 2, at + 2) if start >= 0]
        others = [
            pair[0] for pair in pairs
            if len(pair) == 2 and pair[1].concept == "staff.actual" and _of_posts(pair[0], source)
        ]  # fmt: skip
        bracketed = BRACKETED.search(source[: people.figure.start]) and not others
        if bracketed or any(str(d.concept).rpartition(".")[2] in {*PARTS} - {kind} for d in others):
            made[id(posts)] = replace(posts, concept=f"staff.authorized.{kind}")
            made[id(people)] = replace(people, concept=f"staff.actual.{kind}")
    return [made[id(d)] for d in decisions]


def _of_posts(decision: Decision, source: str) -> bool:
    """Whether the clause of a number of staff speaks of posts: 事业编制5人."""
    clause = re.split(r"[，、；。：（]", source[: decision.figure.start])[-1]
    return bool(re.search(r"编(?:制|制数|制人数)?(?:为|共|有)?\s?$", clause))


#: what no single word makes of a number that the passage says nothing of
UNSAID = ("staff.contract", "staff.retired", "staff.actual.")


def with_establishment(decisions: list[Decision], passage: Passage, year: int | None) -> list[Decision]:
    """The decisions with what the passage says of the numbers of people."""
    if not passage.sure:
        # 编外人员62人，其中临时聘用人员27人
        parts = {start for start, concept in passage.concepts.items() if concept is None}
        return [
            Decision(one.figure, reason="数量")
            if (one.figure.start in passage.apart and str(one.concept).startswith("staff."))
            or (one.figure.start in parts and one.concept == "staff.contract")
            else one
            for one in decisions
        ]
    kept: list[Decision] = []
    for decision in decisions:
        start = decision.figure.start
        if start not in passage.concepts and str(decision.concept).startswith(UNSAID):
            kept.append(Decision(decision.figure, reason="数量"))  # 检察辅助人员54人
            continue
        if start not in passage.concepts or decision.figure.bound or decision.figure.upper:
            kept.append(decision)
            continue
        concept = passage.concepts[start]
        own = decision.concept is None or decision.concept.startswith("staff.")
        if not own:
            kept.append(decision)
        elif concept is None:
            kept.append(Decision(decision.figure, reason="数量"))
        else:
            kept.append(
                replace(
                    decision, concept=concept, quantity=decision.figure.quantity, reason="",
                    period=decision.period or year,
                )
            )  # fmt: skip
    return kept
