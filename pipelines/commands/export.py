"""`jihe export`: the papers that people read and the data that programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.settings import Settings, load_settings

if TYPE_CHECKING:
    from storage.store import Store

SUFFIXES = {"summary": (".xlsx",), "opinions": (".zip",), "facts": (".csv", ".jsonl", ".parquet")}


@click.command()
@click.argument("what", metavar="summary|opinions|facts", type=click.Choice(list(SUFFIXES)))
@click.option("--out", metavar="文件", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="写到哪个文件；facts的格式由扩展名决定（csv、jsonl、parquet）。")  # fmt: skip
@click.option("--department", "departments", metavar="部门", multiple=True, help="只导出这些部门（可重复）。")
@click.option(
    "--year",
    "years",
    metavar="年度",
    type=click.IntRange(1900, 2200),
    multiple=True,
    help="只导出这些年度（可重复）。",
)
@click.option("--unconfirmed", is_flag=True, help="意见书也列入还没有审核的问题。")
@click.option(
    "--days",
    metavar="天数",
    type=click.IntRange(1, 365),
    default=10,
    show_default=True,
    help="意见书给出的回复期限。",
)
@click.option("--bureau", metavar="名称", default="", help="意见书落款单位。")
def export(
    what: str, out: Path, departments: tuple[str, ...], years: tuple[int, ...], unconfirmed: bool, days: int, bureau: str
) -> None:  # fmt: skip
    """导出汇总表（xlsx）、审核意见书（每部门一份docx，合为一个zip）或全部数据。

    \b
    示例：
      jihe export summary --out 汇总表.xlsx
      jihe export opinions --out 审核意见书.zip --year 2023 --bureau 某县财政局
      jihe export facts --out 数据.parquet
    """
    from review.letters import NotATemplate, opinion_letters
    from storage.engine import Unavailable

    if out.suffix.lower() not in SUFFIXES[what]:
        raise click.UsageError(f"{what} 只能写成 {'、'.join(SUFFIXES[what])} 文件")
    settings = load_settings()
    try:
        with _store(settings) as store:
            if what == "facts":
                from review.factfiles import write_facts

                said = f"{write_facts(store, out, out.suffix.lower()[1:])}条数据"
            elif what == "summary":
                from review.workbook import summary_workbook

                out.write_bytes(summary_workbook(store, departments, years))
                said = f"{store.reports(departments, years, limit=1).total}个部门年度"
            else:
                data, count = opinion_letters(
                    store,
                    settings.home,
                    departments,
                    years,
                    unconfirmed=unconfirmed,
                    days=days,
                    bureau=bureau,
                )
                if not count:
                    raise click.ClickException(
                        "没有定为属实的问题，没有意见书可出；加 --unconfirmed 可列入待核的问题"
                    )
                out.write_bytes(data)
                said = f"{count}份意见书"
    except (Unavailable, NotATemplate) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"不能写入 {out}：{error.strerror}") from error
    click.echo(f"已写入 {out}：{said}")


def _store(settings: Settings) -> Store:
    from storage.store import Store

    return Store.open(settings.database_url, settings.originals)
