"""What is true of a seeded report: every figure follows from the same values, in yuan to the cent."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
SIZE = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
DEPARTMENTS = (
    "青禾县林业局", "临溪市水务局", "云岭区图书馆", "白塘县工商业联合会", "安澜市住房和城乡建设局", "松陵县档案馆",
    "望川市市场监督管理局", "石桥区人民法院", "双泉县疾病预防控制中心", "丰裕县总工会",
)  # fmt: skip
PROJECTS = (
    "灌区改造", "设备购置", "宣传教育经费", "信息系统运维", "人才培训", "农村饮水安全巩固提升工程", "文化惠民演出", "执法办案业务费",
    "老旧小区改造", "病虫害防治",
)  # fmt: skip
#: word of the budget, the stage that it means
BUDGETS = (
    ("预算", None),
    ("部门预算", None),
    ("年初预算", "initial"),
    ("全年预算", "adjusted"),
    ("调整后预算", "adjusted"),
)
STYLES = (
    ("万元", 2),
    ("万元", 2),
    ("万元", 2),
    ("万元", 4),
    ("万元", 1),
    ("元", 2),
    ("元", 0),
    ("万元", 6),
    ("亿元", 6),
)


@dataclass
class World:
    """`figures` is the truth; `told` what is written in its place, `units` the unit written where it is
    the wrong one, `texts` a figure written so that nobody can read it."""

    rng: random.Random
    year: int
    words: dict[str, str]
    projects: list[str]
    style: tuple[str, int]
    comma: bool
    figures: dict[str, Decimal] = field(default_factory=dict)
    told: dict[str, Decimal] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    annex: dict[str, Decimal] = field(default_factory=dict)  # what the table of money says instead

    def value(self, key: str) -> Decimal:
        return self.told.get(key, self.figures[key])

    def set(self, key: str, value: Decimal) -> None:
        self.figures[key] = value.quantize(CENT, ROUND_HALF_UP)

    def derive(self) -> None:
        """Sums, rates and changes anew, from the values that they rest on."""
        f = self.figures
        for of in ("spending", "budget"):
            f[f"{of}.project"] = sum((f[f"project.{of}#{p}"] for p in self.projects), Decimal(0))
            f[f"{of}.total"] = f[f"{of}.basic"] + f[f"{of}.project"]
        for part in ("total", "basic", "project"):
            f[f"rate.{part}"] = f[f"spending.{part}"] * 100 / f[f"budget.{part}"]
            f[f"share.{part}"] = f[f"spending.{part}"] * 100 / f["spending.total"]
        f["share#基本支出 / 总支出"], f["share#项目支出 / 总支出"] = f["share.basic"], f["share.project"]
        for p in self.projects:
            f[f"project.rate#{p}"] = f[f"project.spending#{p}"] * 100 / f[f"project.budget#{p}"]
        f["change.amount"] = abs(f["spending.total"] - f["spending.total/prior"])
        f["change.rate"] = f["change.amount"] * 100 / f["spending.total/prior"]
        f["income.total"] = f["spending.total"] + f["carryover.closing"] - f["carryover.opening"]
        more = f["spending.total"] >= f["spending.total/prior"]
        self.words |= {"more": "增加" if more else "减少", "grew": "增长" if more else "下降"}

    def grade(self) -> None:
        score = self.value("score.total")
        lows = (("优", 90), ("良", 80), ("中", 60 if self.words["bands"] == "four" else 70), ("低", 60))
        self.words["rating"] = next((name for name, low in lows if score >= low), "差")
        self.words["rating4"] = next(
            (n for n, low in (("优", 90), ("良", 80), ("中", 60)) if score >= low), "差"
        )


def money(rng: random.Random, low: int, high: int) -> Decimal:
    return Decimal(rng.randint(low * 100, high * 100)) / 100


def times(value: Decimal, percent: int) -> Decimal:
    return (value * percent / 100).quantize(CENT, ROUND_HALF_UP)


def draw(rng: random.Random, outline: str) -> World:
    """A department's year: well executed, within its budgets and posts."""
    year = rng.choice((2020, 2021, 2022, 2023, 2023, 2024))
    word, stage = rng.choice(BUDGETS)
    words = {
        "dept": rng.choice(DEPARTMENTS), "person": "林致远", "phone": "0999-3310277", "Y": str(year), "Pr": str(year - 1), "N": str(year + 1),
        "filed": rng.choice((f"{year + 1}年4月12日", f"{year + 1}.3.28", f"{year + 1}年5月", f"{year + 1}-04-30")),
        "B": word, "b": word.replace("部门预算", "预算"), "stage": stage or "", "I": rng.choice(("我单位", "我局", "本部门", "本单位")), "decoy": "3.6亿元",
        "bands": "five" if outline == "guangdong" else "four",
    }  # fmt: skip
    made = World(
        rng, year, words, rng.sample(PROJECTS, rng.randint(2, 4)), rng.choice(STYLES), rng.random() < 0.2
    )
    scale = rng.choice((1, 1, 4, 20)) if made.style[0] != "亿元" else 100
    made.figures["spending.personnel"] = money(rng, 600_000, 5_000_000) * scale
    made.figures["spending.operating"] = money(rng, 100_000, 900_000) * scale
    made.figures["spending.basic"] = made.figures["spending.personnel"] + made.figures["spending.operating"]
    made.figures["budget.basic"] = times(made.figures["spending.basic"], rng.randint(101, 108))
    for p in made.projects:
        spent = money(rng, 50_000, 2_000_000) * scale
        made.figures |= {
            f"project.spending#{p}": spent,
            f"project.budget#{p}": times(spent, rng.randint(101, 114)),
        }
    basic = made.figures["spending.basic"]
    made.set("spending.total/prior", times(basic, rng.randint(130, 190)))
    made.figures |= {
        "carryover.opening": money(rng, 20_000, 300_000),
        "carryover.closing": money(rng, 20_000, 300_000),
    }
    _small(made, rng)
    made.derive()
    return made


def _small(made: World, rng: random.Random) -> None:
    f = made.figures
    items = [
        Decimal(0) if rng.random() < 0.4 else money(rng, 3000, 40_000),
        money(rng, 20_000, 90_000),
        money(rng, 2000, 40_000),
    ]
    for name, value in zip(("overseas", "vehicles", "hospitality"), items, strict=True):
        f[f"three_public.{name}.spending"] = value
    f["three_public.spending"] = sum(items, Decimal(0))
    f["three_public.budget"] = times(f["three_public.spending"], rng.randint(101, 130))
    f["procurement.spending"] = money(rng, 100_000, 900_000)
    f["procurement.budget"] = times(f["procurement.spending"], rng.randint(100, 120))
    most = [rng.randint(3, 60), rng.randint(2, 90), rng.randint(1, 9)]
    for kind, posts in zip(("admin", "institution", "support"), most, strict=True):
        f[f"staff.authorized.{kind}"] = Decimal(posts)
        f[f"staff.actual.{kind}"] = Decimal(rng.randint(1, posts))
    for whole in ("authorized", "actual"):
        f[f"staff.{whole}"] = sum(
            (f[f"staff.{whole}.{k}"] for k in ("admin", "institution", "support")), Decimal(0)
        )
    f["staff.contract"], f["staff.retired"] = Decimal(rng.randint(1, 20)), Decimal(rng.randint(1, 40))


def write_money(value: Decimal, unit: str, digits: int, comma: bool = False) -> str:
    shown = (value / SIZE[unit]).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{shown:,f}{unit}" if comma else f"{shown:f}{unit}"
