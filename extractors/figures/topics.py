"""What money is of: the topics, what they are parts of, and how a clause names one."""

from __future__ import annotations

import re

from extractors.figures.concepts import CONCEPTS
from extractors.figures.names import NO_ITEM, candidate, in_order
from extractors.figures.parts import (
    GRANTED_US,
    OWN_GRANT,
    SHORT,
    by_purpose,
    clipped,
    left_out,
    named_behind,
    out_of_money,
    paid_people,
    public_cost,
    sums_parts,
)
from extractors.figures.segments import Topic, has, speaks, tagged
from extractors.figures.setting import DEFINES, Scene
from extractors.language import Token

#: 台风过后追加防汛物资采购经费，年末全年预算数达到1,436.82万元: why all grew
ADDED_FOR = re.compile(r"追加[^，。；\d]{0,10}$")
SHORT_WORD = re.compile(f"(?:{'|'.join(SHORT)})(?:支出|经费|部分|方面)?")
WITHIN = (["内"], ["中"], ["里"], ["当中"], ["之中"])
#: the whole beside its parts or others: 执行率：整体97.15%，基本支出97.74% · 全县平均91.36%，我局为96.1%
WHOLE = re.compile(
    r"(?:部门|单位)?(?:整体|总体|综合)(?:支出|预算)?|[我本](?:局|单位|部门|[院校委办镇乡馆所会])"
)


def spoken_topics(tokens: list[Token], figures: int) -> list[Topic]:
    """The topics of a row in the order in which they are said, for a row of so many figures.

    Where the labels are fewer than the figures, they may be cut short: 整体、基本、项目执行率.
    """
    named = [Topic(key) for t, key in tagged(tokens, "topic") if not _surrounds(t, tokens)]
    if len(named) < figures:
        text = "".join(token.text for token in tokens)
        short = [Topic(SHORT[found.group()[:2]]) for found in SHORT_WORD.finditer(text)]
        return short if len(short) == figures else named
    return named


def _surrounds(token: Token, tokens: list[Token]) -> bool:
    """人员支出、公用支出在基本支出内各为…: the whole that a row's parts are within."""
    at = tokens.index(token)
    return tokens[max(0, at - 1)].text == "在" and [t.text for t in tokens[at + 1 : at + 2]] in WITHIN


#: words of a source of money that stand between what it is spent on and 预算 or 决算
SOURCE = re.compile(r"(?:一般公共预算)?(?:财政)?拨款|一般公共预算")
#: 2023年收入2,466.72万元
INCOME = re.compile(
    r"(?:^|[，。；：、）)\s])(?:20\d\d年?度?|[我本](?:局|单位|部门|委|院|校|镇|县|区)|全年|年度|部门|单位|的)*收入(?:总额|共计|合计|总计|数)?(?:为|是|：|:)?\s?$"
)
#: 年初0元，年末6.22万元
ENDS = re.compile(
    r"[\s：:]*(?:(?P<open>年初|期初|上年末)|(?P<close>年末|期末|年底|(?:本年|年末)?转出))(?:结余|结转结余|结转|余额|数)?(?:为|是)?\s?"
)
GIVEN = re.compile(
    r"[\s，；]*(?:共|累计|全年|及时|足额|按时)*(?:发放|兑现|兑付|补贴|奖励|资助|救助|慰问|落实)"
)
#: whom a project's money is paid to, where that says no more: 拨付养护单位4,302万元
PAID_TO = re.compile(
    r"(?:拨付|支付|兑付|拨给|付给)(?:给|到|至)?(?:各|有关|相关|具体)?[^，。；、\d]{0,4}"
    r"(?:单位|企业|公司|乡镇|镇街|街道|学校|农户|群众|对象|合作社|业主|承包商|供应商)(?:账户)?(?:资金)?(?:共计?|合计)?\s?$"
)
#: 全年向19家卫生院、疾控中心拨付5,180.26万元
TO_WHOM = re.compile(
    r"(?:^|[，。；])[^，。；]{0,10}(?:向|对)[^，。；]{2,60}(?:拨付|支付|兑付|发放|结算)(?:资金|补助)?\s?$"
)
#: a grant that goes to us, of which the words say what for
GRANTS = re.compile(
    r"(?:下达|安排|分配|批复|核定|补助)了?(?:给|到)?(?:我|本|全)?[省市州县区旗镇乡局校院]?(?:级)?(?:20\d\d年度?)?(?:的)?"
    r"(?P<what>[^，。；、\d]{2,30}?(?:资金|经费|专款|项目|工程|补助))(?:预算)?(?:共计?|合计|总额|总计|为|：)?\s?$"
)
COST = re.compile(r"工程款|进度款|款项|施工费")
#: 中央财政农村危房改造补助资金: one payer's part
PAYER_AHEAD = re.compile(
    r"(?:中央|国家|自治区|省|市|县|区|州|旗|盟|上|地方)(?:级|本级)?(?:财政(?![局厅部])|配套|补助|资金|专项)"
)
GENERIC = re.compile(
    r"(?:工程款|进度款|款项|补助款|奖补款)|(?:同类|同名|同一|同项|该|本|此|各类|各项|上述|衔接|到位|下达|中央|省级?|市级?|县级?|区级?|项目|专项|补助|补贴|奖补|资金|经费|工程|财政|年度)+"
)
#: 军休所单独核算的采暖费46万元: in another body's books
APART = re.compile(r"[所站院馆校队场中心公司户](?:单独|独立|另行|自行)核算的")
#: 追加上级专款及人员经费，加上年结转后，全年预算数2,425.92万元: of the whole
ADDED_TO_ALL = re.compile(
    r"(?:追加|调增|增加|增拨|核增)[^。；\d]*，(?:[^，。；\d]{2,12}后，)?(?:全年|年度|调整后(?:的)?|最终)预算(?:总额|总数|数)[为达是至]?\s?$"
)
GRANTED = re.compile(r"(?<!财政)拨款(?:收入)?(?:为|是)?\s?$")
#: 工资福利694万元、商品服务支出84万元，合为基本支出779万元
MAKE_BASIC = re.compile(r"[，,、]?\s?(?:两项)?(?:合为|合计为?|共计|共同构成|构成|组成)基本支出")
SUMMED = re.compile(r"合计$|总额$|总计$|^全年支出$|^本年支出$")
GRANT = re.compile(r"(?:一般公共预算)?(?:财政)?拨款|一般公共预算")
PLACE = re.compile(r"(?:区|县|市|镇|(?<!下)乡|街道|州|旗)(?:本级)?\s?$")
#: who pays: 其中中央补助资金10万元、省级配套5万元
PAYERS = re.compile(
    r"[\s（(]*(?:\d{1,2}[）).、．]|[①-⑳]|[一二三四五六七八九十][）)、])?(?:含|其中|包括|争取|使用|到位)?[：:，]?(?:(?:中央|国家|自治区|省|市|县|区|州|本|上|地方|乡镇|镇|单位|学校|社会|企业|群众|自筹)级?)+(?:及以下)?(?:财政)?"
    r"(?:补助|配套|专项|自筹|拨款|转移支付|安排|预算|统筹|拨付|投入|到位|下达|拨入|下拨|划拨|拨来|匹配|出资|负担|承担|筹措|落实)*(?:资金|经费|补助|配套|部分|项目)?(?:为|是|:|：)?\s?"
)
INCOMES = re.compile(r"收入(?:方面|情况|来源|构成|合计|总计)")
#: a second payer behind the first
NEXT_PAYER = re.compile(
    r"\s?[，、；,;]?\s?(?:其中|和|及)?[：:]?(?:中央|国家|自治区|省|市|县|区|州|旗|盟|本|上|地方|乡镇|镇|单位|学校|社会|企业|群众|自筹|其他)"
)
PAYER = Topic("payer")
#: 基本支出结转1.79万元
LEFT_OVER = re.compile(r"(?:结转|结余|剩余|未支出|未执行|未使用)(?:资金|数)?(?:为|是)?\s?$")
#: “三公”经费全年支出8.65万元
YEARLY = frozenset(("全年支出", "本年支出", "当年支出", "全年总支出"))
LOOSE = frozenset(("total", "category", "income", "income_fiscal", "project", "carry_open", "carry_close"))

#: what a project's name ends with where only a comma follows it
NAMED_ITEM = re.compile(r"(?:项目|工程|经费|专项|专项资金|补助资金|补助)$")
#: what only a project's name ends with, in a list of the department's money
SURE_ITEM = re.compile(r"(?:项目|工程|专项|专项资金|项目资金|补助资金|奖补资金|工作经费|专项经费)$")
#: words of money that anybody's money may have; of a project's they speak in the sections on money only
WEAK = frozenset(
    [
        "使用",
        "安排",
        "下达",
        "拨付",
        "列支",
        "花费",
        "执行",
        "支付",
        "资金使用",
        "指标",
        "批复",
        "实际完成",
        "使用资金",
        "安排资金",
        "下达资金",
        "资金安排",
        "已拨付",
        "发放",
        "兑现",
        "兑付",
        "投入",
        "完成支出",
    ]
)
MONEY_ROLES = frozenset({"spending", "budgeting", "execution"})


def own_topic(scene: Scene) -> Topic | None:
    """The topic that the figure's clause names: a label, or a project's name.

    In the report of one project, what its money went to is no other project: 主要用于培训5万元.
    """
    topic, single = _named_topic(scene), scene.setting.single
    if single is None:
        return scene.setting.topic or Topic("total") if ADDED_TO_ALL.search(scene.sentence) else topic
    if part := _sibling(scene, single):
        return part
    paid = PAID_TO.search(scene.clause) or TO_WHOM.search(scene.source[: scene.figure.start])
    if not scene.talk.among and (paid or _granted(scene, single)):
        return single
    payer = PAYER_AHEAD.match(GIVEN_OUT.sub("", scene.clause.lstrip("：:由")))
    if (
        payer
        and not has(scene.labels, "stage")
        and (scene.talk.paid or NEXT_PAYER.match(scene.source[scene.figure.end :]))
    ):
        return PAYER  # 其中：中央财政农田建设补助资金2,328万元，省级财政配套792万元
    if COST.fullmatch(scene.name) and scene.source.startswith("、", scene.figure.end):
        return Topic("other")  # 支付工程款1,420万元、监理费35万元: parts
    another = topic is not None and topic.key == "item" and topic != single
    spoken = (scene.name, topic.name or "") if topic and another else ()
    if out_of_money(scene):
        return Topic("other")
    if sums_parts(scene) or ((topic is None or another) and GENERIC.fullmatch(scene.name)):
        return single  # 补助预算2,150万元
    if any(map(scene.setting.calls, spoken)) or (topic is None and _calls(scene.name, single)):
        return single
    if another and scene.name.endswith("用"):
        return Topic("other")  # 平台升级用160.2万元
    if single.name and topic and another:
        known = topic.name in scene.setting.names.projects
        if scene.setting.anchored and not scene.talk.among:
            # 动物疫病防控…：村级防疫员补贴列支249.62万元 · 学生资助2,069万元、教研培训96万元
            return single if has(scene.segment.near, "aspect") and not known else topic
        return topic if known else Topic("other")
    return topic


#: 预算安排中央资金1,500万元、自治区资金480万元
GIVEN_OUT = re.compile(r"^(?:预算)?(?:安排|下达|投入|批复)了?")
#: 茶叶厂扩建项目285万元 · 冷库建设工程支出156.48万元
CALLED = re.compile(
    r"[^，。；、：\d（(]{4,}(?:项目|工程)(?:支出|支付|拨付|安排|投资|预算|投入)?(?:资金)?\s?\d[\d,.]*\s?[万亿元]"
)


def _sibling(scene: Scene, project: Topic) -> Topic | None:
    """One of the projects that a paragraph of a project's report lists, each by its name and money."""
    name = scene.name
    if not name.endswith(("项目", "工程")) or _calls(name, project) or len(CALLED.findall(scene.source)) < 2:
        return None
    if scene.setting.calls(name):
        return None
    called = scene.setting.names.project(name)
    return Topic("item", called) if called else None


def _calls(name: str, project: Topic) -> bool:
    """Whether words are the project's own name, or a part of it long enough."""
    plain, known = re.sub(r"[“”\"]", "", name), re.sub(r"[“”\"]", "", project.name or "")
    return len(plain) >= 3 and len(known) >= 3 and (plain in known or known in plain)


def _granted(scene: Scene, project: Topic) -> bool:
    """Whether a clause says what was granted for the project: 省财政厅下达我县供水保障专项资金650万元."""
    granted = GRANTS.search(scene.clause)
    if not granted or PAYER_AHEAD.match(granted["what"]):
        return False
    what = granted["what"]
    name = project.name or ""
    cut_short = len(what) >= 5 and in_order(what, name)
    return (
        cut_short or bool(GENERIC.fullmatch(what)) or len(set(what) & set(name)) * 3 >= 2 * len(set(name)) > 0
    )


#: 项目支出有“科普村建设”150,000元、“大篷车进校园”86,300元
FIRST_NAMED = re.compile(r"项目支出(?:主要)?[有为是][“\"](?P<name>[^”\"。，]{3,30})[”\"]\s?$")


def _named_topic(scene: Scene) -> Topic | None:
    names, name = scene.setting.names, scene.name
    topics = _defined([one for one in tagged(scene.labels, "topic") if not left_out(scene, one[0])], scene)
    if part := named_behind(scene) or by_purpose(scene):
        return part
    if quoted := FIRST_NAMED.search(scene.source[: scene.figure.start]):
        return Topic("item", quoted["name"])
    if APART.search(scene.clause):
        return Topic("other")
    if name and names.is_other(name) and not (topics and topics[-1][1] == "item"):
        return Topic("other")  # 河道管理处预算620万元, 统筹基金结余4,230万元
    if topics and topics[-1][1] in ("project", "basic") and _described(scene, topics[-1][0]):
        return Topic(topics[-1][1])
    if topics and _planned_grant(scene, topics[-1][0]):
        return scene.setting.topic or Topic("total")
    if len(topics) >= 2 and _qualifies(topics[-1][0], topics[-2]):
        topics.pop()  # “三公”经费财政拨款支出预算为42万元: the source of the money is not what it is spent on
    shares = tagged(scene.labels, "aspect.share")
    if shares and len(topics) >= 2 and topics[0][0].start < shares[0][0].start < topics[-1][0].start:
        topics = [(t, key) for t, key in topics if t.start < shares[0][0].start]  # 甲占乙的大部分，为…
    if not topics and scene.source[scene.figure.start - 1 : scene.figure.start] in ("）", ")"):
        topics = tagged(scene.setting.apposed, "topic")  # 业务专项（项目支出）35万元
        if topics:
            return Topic(topics[-1][1])
    head = scene.talk.head
    listing = head is not None and (
        (head.key in ("project", "item") and (scene.talk.among or bool(scene.talk.series)))
        or (head.key == "total" and scene.talk.among and bool(SURE_ITEM.search(name)))
    )
    if head and head.key in ("project", "basic") and scene.talk.among and not scene.talk.series and not name:
        # 项目8个，全年支出… · 基本支出主要用于人员工资等，全年支出…
        topics = [(t, head.key if key == "total" and SUMMED.search(t.text) else key) for t, key in topics]
    said = scene.clause
    if topics and topics[-1][1] == "total" and (summed := _summed(scene, topics[-1][0])):
        return summed
    if short := clipped(scene, said):
        return short
    if (
        GRANTED_US.fullmatch(scene.sentence)
        and scene.setting.role in MONEY_ROLES
        and not scene.setting.single
    ):
        return Topic("income_fiscal")
    if OWN_GRANT.fullmatch(said) and not scene.setting.single and INCOMES.search(scene.sentence):
        return Topic("income_fiscal")
    if PAYERS.fullmatch(said):
        single = scene.setting.single
        alone = (
            scene.setting.anchored
            and not scene.talk.series
            and not NEXT_PAYER.match(scene.source[scene.figure.end :])
        )
        return single if single and alone and has(scene.segment.near, "aspect.budget") else PAYER
    if PLACE.search(said):
        return None  # 其中A区420万元、B县310万元: who gets it, not what for
    if len(topics) >= 2 and topics[-1][1] == "carry_close" and topics[-2][1] not in LOOSE - {"project"}:
        return Topic("other")  # 基本支出结余12.1万元
    if topics and topics[-1][1] in ("basic", "project") and GRANTED.search(said):
        return Topic("other")  # 其中基本经费拨款…，项目经费拨款…
    if topics and LEFT_OVER.search(said) and not topics[-1][1].startswith("carry"):
        return Topic("other")  # 基本支出结转1.79万元: what is left of it
    if topics and topics[-1][1] == "category" and paid_people(scene, True):
        return Topic("personnel")  # 用于人员方面的工资福利及对个人家庭补助支出1,350万元
    if name and not names.is_own(name):
        prefix = _before_topic(scene)
        strong = [key for _, key in topics if key not in ("project", "category", "procurement", "total")]
        if not strong or (listing and not names.is_own(prefix)):
            if not listing and GIVEN.match(said) and names.project(name) not in names.projects:
                return None  # 发放高龄津贴56.2万元: what was done, in nobody's list
            if (listing or _speaks(scene)) and (project := names.project(name)):
                return Topic("item", project) if not _whole(project, scene) else Topic("project")
            loose = listing or (
                (scene.setting.listed or scene.setting.role in MONEY_ROLES)
                and 4 <= len(name) <= 24
                and _spent_next(scene)
                and not topics
            )
            if loose and not has(scene.labels, "aspect.rate", "not.foreign") and names.may_be(name):
                return Topic("item", names.project(name) or name)
        if topics and topics[-1][1] == "project" and len(prefix) >= 4 and not names.is_own(prefix):
            return Topic("item", names.project(f"{prefix}项目") or f"{prefix}项目")
    if not topics and (cost := public_cost(scene)):
        return cost
    if not topics and not name and (listed := _item_before(scene)):
        return listed
    if not topics and not name:
        planned = has(scene.segment.near, "aspect.budget", "aspect.spending")
        topics = [
            (t, key)
            for t, key in _defined(tagged(scene.segment.far, "topic"), scene)
            if key != "category"
            and not left_out(scene, t)
            and not (key == "procurement" and ADDED_FOR.search(scene.source[: t.start]))
            and not (planned and "" in CONCEPTS[key])  # 来源为财政拨款，预算30万元
        ]
    if not topics and not name and scene.setting.role in MONEY_ROLES and INCOME.search(said):
        return Topic("income")
    if scene.talk.topic and scene.talk.topic.key.startswith("carry") and (ends := ENDS.fullmatch(said)):
        return Topic("carry_close" if ends["close"] else "carry_open")  # 结转结余：年初0元，年末6.22万元
    if topics and scene.setting.single and topics[-1][1] in ("project", "total"):
        return scene.setting.single
    if paid_people(scene, bool(topics)):
        return Topic("personnel")
    if topics and topics[-1][0].text in ("商品和服务支出", "商品服务支出") and _of_basic(scene):
        return Topic("operating")
    if topics:
        return Topic(topics[-1][1]) if topics[-1][1] != "item" else scene.talk.topic
    if has(scene.labels, "fill.project") and scene.talk.topic and scene.talk.topic.key == "item":
        return scene.talk.topic
    if has(scene.segment.near, "fill.project") and scene.talk.among and scene.talk.head == Topic("total"):
        return Topic("project")
    return None


def _spent_next(scene: Scene) -> bool:
    """殡葬设施更新420万元，已付336万元: what was spent follows right behind the amount that it was spent of."""
    ahead = scene.ahead
    if not ahead or ahead[0].text not in "，,":
        return False
    at, figure = next(((at, token.figure) for at, token in enumerate(ahead) if token.figure), (0, None))
    if figure is None or figure.kind != "money":
        return False
    between = ahead[1:at]
    return has(between, "aspect.spending") and all(token.tags for token in between)


#: “三公” and its items
PUBLIC = frozenset(("three_public", "overseas", "vehicles", "hospitality"))


def _summed(scene: Scene, word: Token) -> Topic | None:
    """全年支出 under a heading on basic spending; 支出合计 behind the budget of “三公”: of that, not of all."""
    if not (word.text in YEARLY or SUMMED.search(word.text)):
        return None
    if headed := _headed(scene):
        return headed
    topic, talk = scene.setting.topic, scene.talk
    earlier = bool(scene.period and scene.setting.fiscal_year and scene.period < scene.setting.fiscal_year)
    if talk.series and earlier and all(one.key in PUBLIC for one, _ in talk.series):
        return Topic("three_public")  # “三公”经费预算总额24万元；2022年支出总额24.85万元
    if talk.series and not scene.segment.parted and not talk.among:
        last, said = talk.series[-1]
        aspect = "budget" if has([word], "aspect.budget") else "spending"
        if last.key not in LOOSE and said and not speaks(said, aspect):
            return last
    # （一）基本支出情况: 全年支出 is of that, 全年总支出 of all
    plain = word.text in YEARLY and (word.text != "全年总支出" or topic == Topic("three_public"))
    narrow = topic and topic.key in ("basic", "project", "three_public") and plain
    return topic if narrow and not talk.series else None


def _headed(scene: Scene) -> Topic | None:
    """“三公”经费：全年支出5.86万元: what stands before the colon that opens the figure's clause."""
    opened = re.match(r"[：:]\s?", scene.source[: scene.figure.start - len(scene.clause)][-1:])
    said = tagged(scene.segment.far[-2:], "topic")
    return Topic(said[-1][1]) if opened and said and said[-1][1] not in LOOSE else None


def _described(scene: Scene, word: Token) -> bool:
    """用于专项任务的项目支出12,574万元: words with 的 before a label say what it is for; they name nothing."""
    before = scene.source[scene.segment.near[0].start : word.start] if scene.segment.near else ""
    return len(before) > 2 and before.endswith("的") and not _ends_in_project(before[:-1])


def _ends_in_project(text: str) -> bool:
    if re.match(r"(?:主要)?(?:完成|开展|推进|实施|保障|落实|承担|用于|支持)", text):
        return False  # 完成监管专项的项目支出: what it was spent for
    return bool(re.search(r"(?:项目|工程|专项|经费)[”\"]?$", text))


def _qualifies(word: Token, topic: tuple[Token, str]) -> bool:
    """Whether a word that is a topic elsewhere only says more of the topic before it."""
    before, key = topic
    if word.text in YEARLY:
        return key == "project" or key not in LOOSE
    if has([word], "topic.total") and word.start - before.end <= 1:
        return key not in LOOSE  # “三公”经费支出决算总额
    return bool(SOURCE.match(word.text)) and key not in LOOSE


def _defined(topics: list[tuple[Token, str]], scene: Scene) -> list[tuple[Token, str]]:
    """基本支出系保障机构运转而发生的各项支出，2023年支出…: what a definition defines."""
    if len(topics) >= 2 and DEFINES.match(scene.source[topics[0][0].end : topics[-1][0].start]):
        return topics[:1]
    return topics


def _planned_grant(scene: Scene, word: Token) -> bool:
    """财政拨款全年预算数2,845.36万元: what was granted to be spent; without 收入 it is no income."""
    after = [t for t in scene.segment.near if t.start >= word.end]
    planned = has(after[:1], "stage", "aspect.rate") or (
        has(after[:1], "aspect.budget") and has(scene.segment.near, "stage")
    )
    return bool(GRANT.fullmatch(word.text)) and not scene.talk.among and planned


def _of_basic(scene: Scene) -> bool:
    """Whether basic spending is being divided: its 商品和服务支出 is what is called 公用经费."""
    basic = Topic("basic")
    if MAKE_BASIC.match(scene.source[scene.figure.end :]):
        return True
    return scene.setting.topic == basic or (scene.talk.among and scene.talk.head == basic)


def _item_before(scene: Scene) -> Topic | None:
    """The project that an item of a list begins with: 1.培训补助：预算20万元，支出18万元."""
    segment = scene.segment
    at = segment.near[0].start if segment.near else scene.figure.start
    mark = scene.source[at - 1 : at]
    if (
        mark not in ("：", ":", "，", ",")
        or not has(segment.near, "aspect")
        or (mark in "，," and scene.talk.series and not _enumerated(segment.far))
    ):
        return None
    if mark in "，," and has(segment.far, "turn.change"):
        return None  # 省级补助追加后，全年预算6,205万元
    name = candidate(segment.far, scene.source).strip("”“")
    if mark in "，," and (has(segment.far, "aspect") or not NAMED_ITEM.search(name)):
        return None
    if re.match(r"因|由于|随着|伴随|鉴于|考虑到|[得受]益于|为|受|按|对|在|自|经|根据|以", name):
        return None  # 为统筹疫情防控资金，…
    if not 3 <= len(name) <= 30 or scene.setting.names.is_own(name) or NO_ITEM.search(name):
        return None
    strong = [key for _, key in tagged(segment.far, "topic") if key not in ("project", "category")]
    if strong or any(word in name for word in ("方面", "部门", "单位")):
        return None
    called = scene.setting.names.called(name)
    return Topic("item", called) if called else None


def _enumerated(tokens: list[Token]) -> bool:
    """一是…, 2.…: an item of a list begins."""
    first = tokens[0] if tokens else None
    return first is not None and (
        bool(re.fullmatch(r"[一二三四五六七八九十]是|首先|其次", first.text)) or first.known is not None
    )


def _whole(project: str, scene: Scene) -> bool:
    """Whether the project is the department's only one: 项目支出（…业务费支出）."""
    return any(project in alias or alias in project for alias in scene.setting.aliases)


def _speaks(scene: Scene) -> bool:
    """Whether the clause says budget, spending or rate in words of the field, or in a section on money;
    the report of one project is all on money."""
    words = [t.text for t, key in tagged(scene.labels, "aspect") if key in ("budget", "spending", "rate")]
    words += [t.text for t, _ in tagged(scene.labels, "topic.total") if t.text in YEARLY]
    told = scene.setting.role in MONEY_ROLES or scene.setting.single is not None
    return bool(words) and (told or any(word not in WEAK for word in words))


def _before_topic(scene: Scene) -> str:
    """The unknown words right before the first topic of the clause."""
    near = scene.segment.near
    first = next(
        (i for i, t in enumerate(near) if any(tag.startswith("topic.") for tag in t.tags)), len(near)
    )
    return "".join(t.text for t in near[:first] if not t.tags and not t.known)
