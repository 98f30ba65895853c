"""Names inside sentences: a project's name before its figures, the department's own name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractors.figures.labels import fold
from extractors.figures.nominal import nominal
from extractors.language import Token

DATA = Path(__file__).parent.parent / "data"
#: words that come before a project's name and are no part of it
LEADING = (
    "fill",
    "period.this",
    "period.same",
    "period.prior",
    "turn.among",
    "turn.each",
    "aspect.budget",
    "aspect.spending",
    "stage.initial",
)


#: words that speak of money or projects and name none
UNNAMED = re.compile(
    r"而?[该此]子?项目|第?[一二三四]季度|[上下]半年|第[一二三四五六]批次?|[首末]批|(?:[一二三四两]?个|各)?季度服务费|(?:技术|保洁|物业|劳务)?服务费|(?:政府)?购买服务|(?:落到|具体到?|细到|本?次|[这那][个一笔项]?|[前头近后][一两二三四]年|参加(?:自评|评价)的?|(?:纳入|列入)(?:自评|评价)(?:范围)?的?|单个|同类|同一|同名|个别|部分|有的|实施|[二两三四五六七八九]个|统筹后|增支|减支|来自|[和与及、]|中央|省级?|市级?|县级?|区级?|本级|上级|级|各?类|[本我]?(?:部门|单位)|[本我][局委办院校馆站所会镇乡]|重点|主要|重大|一般性?|代表性|典型|标志性|可支配|可用|20\d\d年?度?|的)*(?:财政|预算)*(?:专项)?(?:资金|经费|项目|支出|预算|配套|补助|补贴|奖补)*"
)


#: the functions by which the budget's classification divides what all offices spend (财政部《政府收支分类科目》)
FUNCTION = re.compile(
    r"(?:一般公共服务|公共安全|教育|科学技术|文化旅游体育与传媒|社会保障和就业|卫生健康|节能环保|城乡社区|农林水|交通运输"
    r"|资源勘探(?:工业)?信息等|商业服务业等|金融|自然资源海洋气象等|住房保障|粮油物资储备|灾害防治及应急管理)(?:支出|类)?"
)


@cache
def vocabulary() -> dict[str, Any]:
    return tomllib.loads((DATA / "names.toml").read_text("utf8"))


def alternatives(words: Sequence[str]) -> str:
    """These words as the alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(vocabulary()['project']['ends'])})$")


#: how a school or a hospital calls itself
SUCH = {"学校": re.compile("学校$|[小中]学$|幼儿园$|学院$"), "医院": re.compile("医院$")}


def in_order(short: str, long: str) -> bool:
    """Whether a text's characters stand in another one in their order, as a name's do cut short."""
    rest = iter(long)
    return all(character in rest for character in short)


#: 办案业务费获批312.00万元: an amount behind a name
AMOUNT = re.compile(r"(?:获批|到款|到账|核给|共|计)?\d[\d,.]*\s?[万亿]?元$")
#: what a project is called besides its own words
KIND_OF_PROJECT = re.compile(r"^20\d\d年度?|[“”\"]|(?:项目|资金|经费|工程|专项|补助)+$")


def shortens(name: str, own: str) -> bool:
    """Whether words call a project by a name of their own that is made of its name's words.

    >>> shortens("送戏下乡项目", "送戏下乡文化惠民演出项目"), shortens("日常养护", "公路日常养护及小修保养")
    (True, False)
    """
    short, long = KIND_OF_PROJECT.sub("", name), KIND_OF_PROJECT.sub("", own)
    sides = re.split("[、及和与]", long)
    if len(short) < 4 or (
        len(sides) > 1 and any(len({*side} & {*short}) < 2 for side in (sides[0], sides[-1]))
    ):
        return False
    return in_order(short, long) or len({*short} & {*long}) >= 0.8 * len({*short})


#: 特定目标类项目绩效分析: a heading that says what its section tells, no name
ABOUT = re.compile(r"(?:分析|情况|说明|小结|概况|总结|评价|管理)$")


#: 所属区生产力促进中心年初预算241万元: one of the department's units
UNIT = re.compile(r"(?:所属|下属|直属)[一-鿿]{2,16}(?:中心|[站所馆院校队场园])")


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a document knows: its department, and the projects found so far."""

    department: str
    projects: tuple[str, ...] = ()

    def with_project(self, *found: str) -> Names:
        """The same names and the projects found since."""
        return Names(self.department, tuple(dict.fromkeys((*self.projects, *found))))

    def is_own(self, text: str) -> bool:
        """Whether a text is the department's name or short for it: its characters in that order."""
        text = re.sub(r"^全[省市县区旗]|(?<=[局委])系统$", "", text)  # 全旗林草局系统年初预算
        such = SUCH.get(text)  # 下达学校预算, in a school's own report
        return bool(self.department) and (
            in_order(text, self.department) or bool(such and such.search(self.department))
        )

    def led_by_own(self, tokens: Sequence[Token]) -> int:
        """How many tokens at the head of a clause are the department's name, before its year or what it did:
        县农业农村局2023年安排…; 农业农村局办公楼维修 is a name."""
        said = ""
        for count, token in enumerate(tokens[:20]):
            whole = len(said) > 2 and said.endswith(self.department[-1:]) and self.is_own(said)
            if whole and (token.known or _only(token, LEADING)):
                return count
            said += token.text
        return 0

    def is_other(self, text: str) -> bool:
        """Whether a text names another body, or a fund that is nobody's budget."""
        words, text = vocabulary()["others"], re.sub(r"(?:20\d\d年度?|全年|当年|本年度?)+$", "", text)
        if self.is_own(text) or text in self.department:
            return False
        if text.endswith(tuple(words["bodies"])) or UNIT.fullmatch(text):
            return True
        # 医保基金监管经费, 医保基金监管能力建设: the work on a fund
        work = re.search(r"(?:经费|项目|工程|专项|监管|能力|能力建设|核查|稽核|宣传|系统|平台)$", text)
        return not work and any(word in text for word in words["money"])

    def may_be(self, text: str) -> bool:
        """Whether an item of a list of projects may be called so."""
        if (
            AMOUNT.search(text)
            or REST.match(text)
            or LEADS.fullmatch(text)
            or BASED.match(text)
            or UNNAMED.fullmatch(text)
            or FUNCTION.fullmatch(text)
            or text in vocabulary()["groups"]["names"]
            or not nominal(text, _ends())
        ):
            return False
        return 2 <= len(text) <= 40 and not any(word in text for word in vocabulary()["project"]["never"])

    def called(self, text: str) -> str | None:
        """The project that an item of such a list names: as known, or by these very words."""
        return self.project(text) or (text if self.may_be(text) else None)

    def may_end(self, text: str) -> bool:
        """Whether a text ends as projects' names do and may be one."""
        return bool(_ends().search(text)) and self.may_be(text)

    def may_head(self, text: str) -> bool:
        """Whether a heading or an item of such a list may be a project's name that does not end like one."""
        return 4 <= len(text) <= 20 and self.may_be(text) and not ABOUT.search(text)

    def project(self, text: str) -> str | None:
        """The project that a text names: as known, or a text that ends like a project's name."""
        text = re.sub(r"[“”\"「」『』]", "", text).strip(" 的：:")
        text = re.sub(r"^[^：:]*[：:]\s?[①-⑳]|^[①-⑳]", "", text)  # 有两个项目单独说明：①系统改造项目
        text = re.sub(
            r"^.{0,10}(?:最大|最多|主要|较大|首位)的(?:一笔|一项|项目|部分|专项)?(?:是|为|系)", "", text
        )
        text = re.sub(r"20\d\d年?度?$", "", text)  # 经济普查项目2023年预算
        text = LED_TO.sub("", AMOUNT.sub("", re.sub(r"^\d{1,2}[．、]\s?", "", text)))
        for name in self.projects:
            if text and (text == name or (len(text) >= 4 and (text in name or name in text))):
                return name
        plain = (
            re.sub(r"(?:预算|决算)?支出$", "", text)
            if not text.endswith("项目支出")
            else text.removesuffix("支出")
        )
        if (
            BASED.match(plain)
            or not nominal(plain, _ends())
            or not 3 <= len(plain) <= 40
            or plain in vocabulary()["groups"]["names"]
            or any(word in plain for word in vocabulary()["project"]["never"])
        ):
            return None
        if not _ends().search(plain) or re.search(r"[，。；]", plain) or UNNAMED.fullmatch(plain):
            return None
        return plain


#: 沉淀157.25万元 · 未付87.48万元 · 因提标调增至412.50万元 · 评审下来720万元: what is left, or why, is no name
REST = re.compile(
    r".*(?:[评审核算看说谈]下来|起来|过来|手[里中上]|账上|户头|卡[里上])$|(?:申报|评审|审批|编制|测算|立项|上报|招标)(?:时|阶段|环节|当时|后)|上级|经?(?:审核|核实|确认|审定|认定|验收)(?:确认|通过|无误|合格|认定|[并后])*$|第[一二三四五六七八九十\d]+栏|(?:其余|剩余|另外)?[\d一二三四五六七八九十两几多]+[个项]小?项|(?:另|尚|仍|还|其余|剩余)*(?:未[付支用拨兑]|欠|沉淀|闲置|结[转余]|[剩余](?!热)|多余)|(?:(?:预算)?执行中|年中|年内|期间)?因(?!公)|由于|为了|通过"
)
#: 重点项目中，… · 专项里，… · 两项相加，“三公”经费…: what leads to names or sums up names nothing
LEADS = re.compile(
    r".*(?:项目|专项|工程|资金|支出|经费)(?:[中里内]|[当之其]中|以内|里面|方面)|.{0,4}[两二三四五六七八九十\d]+(?:[项者个笔类]|部分)(?:费用|支出|经费)?"
    r"(?:相加|合计|合起来|加起来|加总|之和|共计?|总计|汇总).*"
    # 各项目执行如下：… · 资金量较大的项目有4个：…
    r"|.*(?:如下|(?:项目|专项|工程|资金)[共有为][\d两二三四五六七八九十]+[个项])"
    # 共实施项目12个
    r"|(?:组织|共)*(?:实施|安排|开展|承担)的?(?:重点)?(?:项目|专项|工程)"
)
#: words before a colon that say how something went: 预算执行率偏低：年初预算…
NO_ITEM = re.compile(r"[，。；情况]|(?:[偏较][大多高低慢快]|滞后)$")
#: who said what may be spent
GRANTOR = re.compile(
    r"(?:批准|审议通过|审议|通过|批复|核定|审定|核准|审批)(?:的|我[局委办院校])?(?:本?部门|本?单位)?(?:20\d\d年度?)?的?$"
)


#: 如优待金900万元 · 例如校舍维修60万元 · 年初预算里给项目安排260万元: words that lead to a name and are no part of it
LED_TO = re.compile(
    r"^(?:里给|(?:大头|重头)(?:是|为|有)|(?:主要|重点|大头)?(?:投向|投到|投入到|用在|花在|例如|比如|譬如|诸如|如(?![皋东期])|特别是|尤其是|(?:[较最]|比较)?[大多高]的(?:一[笔项个]|几[笔项个]|项目|专项|部分)?(?:有|是|为|系)))"
)


#: 高标准农田建设投入750万元: the word before an amount is none of the name
PUT_IN = re.compile(r"(?<=[一-鿿]{4})(?:共|累计|计划)?投入$")


#: words before the ground on which money was given, which is no name: 按里程核拨, 凭发票报销
BASIS = ("按照", "按", "根据", "依据", "凭", "比照", "参照")
BASED = re.compile(f"(?:{'|'.join(BASIS)})(?!摩)")
#: 预算8万元，实用7.9万元: alone in its clause, what was spent; 实用人才培训 is a name
SPENT = frozenset(("实用", "实用了", "实花", "实列", "共用", "净支"))


#: 街道共付 · 验收扣减考核款后付 · 灵财建〔2024〕5号 · “一卡通”: who pays, on whose word, by what way
NO_NAME = re.compile(
    r"(?<=[共后已实先再均合])[付拨支]$|〔20\d\d〕|^“?(?:社保|惠民惠农|财政)*一卡通”?$"
    # 虽然项目支出的实际数超过… · 加总得到项目支出… · 换算成万元，支出合计…
    r"|^(?:虽然?|尽管|但是?|然而)|^据此|(?:人代会|人大会|两会)后?$|加总|相加|[换折]算成|\d万元"
    # 年初列入市级预算1.26亿元
    r"|^入?[省市县区本]级$"
    # 压缩幅度为7.14% · 压减了两个低效项目86万元
    r"|^(?:压减|压缩|压降|低效|闲置)"
    # 上级补助分两次下达
    r"|(?:补助|资金|经费)分$"
)
#: 财政大平台显示累计支付12,834.17万元
SHOWN = re.compile(r"(?:平台|系统|账面|报表|台账|账)$")


#: 伏牛民俗文化节县级财政预算380万元
PAYER = re.compile(r"(?<=[一-鿿]{4})(?:中央|[省市县区本]级)(?:财政)?$")


def candidate(tokens: Sequence[Token], source: str, shift: int = 0) -> str:
    """The words of a clause that may be a name: what stands before the first word of money, without
    leading words that name nothing. "" where no unknown character is in it.

    `source` is the text that the tokens' offsets count, after `shift` characters.
    """
    words = list(tokens)
    led: list[Token] = []
    while words and (words[0].known or words[0].text in " ”、.-" or _only(words[0], LEADING)):
        if (
            words[0].text in "办日年月计实数中有"
            and len(words) > 1
            and not words[1].tags
            and words[1].text > "一"
        ):
            break  # 办公楼维修
        if words[0].text == "经" and source[words[0].end - shift :][:1] in tuple("济营贸开"):
            break  # 经济责任审计经费
        if words[0].text in ("省", "县") and [word.text for word in words[1:2]] == ["道"]:
            break  # 省道S217线路面改造工程
        led = words[:1]
        words.pop(0)
    while len(words) > 1 and words[0].text in "一二三四五六七八九十" and words[1].text in "、.．）":
        words = words[2:]
    if "".join(token.text for token in words) in SPENT:
        return ""
    kept: list[Token] = []
    more = 0
    for token in words:
        if any(tag.startswith(("aspect.", "turn.", "stage.")) for tag in token.tags) and _unknown(kept):
            # 保洁项目预算: the label's first word is the name's last
            more = next((len(word) for word in ("项目", "经费", "专项") if token.text.startswith(word)), 0)
            break
        if has_year_total(token) and _unknown(kept):
            break
        kept.append(token)
    while (
        kept
        and not more
        and (
            kept[-1].text in " ”的：:为"
            or (
                _only(kept[-1], ("fill", "aspect.spending", "aspect.budget"))
                and kept[-1].text not in ("项目", "发放项目", "经费", "资金", "经费支出")
            )
        )
    ):
        kept.pop()
    if not _unknown(kept):
        return ""
    said = "".join(token.text for token in kept)
    if GRANTOR.search(said) or NO_NAME.search(said):
        return ""  # 县十八届人大三次会议批准的年初预算
    if SHOWN.search(said) and re.match("显示|反映", source[kept[-1].end - shift :]):
        return ""
    if led and led[0].text in BASIS:
        kept = [*led, *kept]  # 按卷宗评级发放44.12万元: what is so led is no name
    name = PUT_IN.sub("", LED_TO.sub("", source[kept[0].start - shift : kept[-1].end + more - shift]))
    return PAYER.sub("", name)


def has_year_total(token: Token) -> bool:
    """全年支出: a word that follows a name as 支出 does."""
    return "topic.total" in token.tags and token.text.startswith(("全年", "本年", "当年"))


def _only(token: Token, prefixes: Sequence[str]) -> bool:
    return bool(token.tags) and all(tag.startswith(tuple(prefixes)) for tag in token.tags)


def _unknown(tokens: Sequence[Token]) -> bool:
    """Whether some characters belong to no label: those make a name."""
    return sum(len(t.text) for t in tokens if _nameless(t)) >= 2


def _nameless(token: Token) -> bool:
    """Whether a token says nothing of money: an unknown character, or a word of people and their work."""
    strange = not token.tags or all(tag in ("staff.none", "name") for tag in token.tags)
    return strange and token.known is None and bool(re.search(r"[一-鿿]", token.text))


def folded(text: str) -> str:
    return fold(text)
