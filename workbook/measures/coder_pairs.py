"""How far each two coders agree who read the same articles, and what became of their units."""

from __future__ import annotations

import pandas as pd

from workbook.events import Codings
from workbook.measures.agreement import FIELDS, agreement

COLUMNS = (
    *("coders", "articles", "units_a", "units_b", "matched", "matched_share"),
    *(f"alpha_{field}" for field in FIELDS),
    *("decisions", "statements"),
)


def agreement_by_coders(codings: Codings) -> pd.DataFrame:
    """Compare two coders at a time, those who read the same articles.

    Parameters
    ----------
    codings : Codings
        From `workbook.load_codings`.

    Returns
    -------
    pandas.DataFrame
        A row for coders who read the same articles: ``coders``, ``articles``, ``units_a``, ``units_b``, ``matched``,
        ``matched_share`` (twice the matched units over all), ``alpha_`` with each field's name (Krippendorff, nominal;
        missing where all units are of one category), ``decisions`` about these units, ``statements`` that came of them.
        Decisions about articles, claims or actors stand with no units and are in no row.

    Examples
    --------
    >>> import workbook
    >>> table = agreement_by_coders(workbook.load_codings("arms_transfers"))
    >>> table[["coders", "articles", "units_a", "units_b", "matched", "statements"]].values.tolist()
    [['A and B', 5, 62, 61, 56, 58]]
    """
    articles = _articles(codings.units)
    readers = articles.groupby("source_id")["coder"].agg(lambda coders: " and ".join(sorted(set(coders))))
    group_of = articles.assign(coders=articles["source_id"].map(readers)).drop_duplicates("unit_id")
    together = articles["source_id"].map(readers)
    counts = articles.groupby(together)["source_id"].nunique()
    groups = group_of.groupby("coders", sort=True)["unit_id"]
    rows = [_row(str(coders), set(units), int(counts[coders]), codings) for coders, units in groups]
    return pd.DataFrame(rows, columns=COLUMNS)


def _articles(units: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each unit and article that carries it."""
    carried = units.assign(source_id=units["sources"].fillna("").str.split()).explode("source_id")
    return carried.assign(source_id=carried["source_id"].str.replace(r":.*", "", regex=True))[
        ["unit_id", "coder", "source_id"]
    ]


def _row(coders: str, units: set[str], articles: int, codings: Codings) -> dict[str, object]:
    here = codings.of(units)
    agreed = agreement(here)
    decided = codings.decisions["unit_a"].isin(units) | codings.decisions["unit_b"].isin(units)
    alphas = agreed.table.set_index("field")["alpha"]
    return {
        "coders": coders,
        "articles": articles,
        "units_a": agreed.units_a,
        "units_b": agreed.units_b,
        "matched": agreed.matched,
        "matched_share": agreed.matched_share,
        **{f"alpha_{field}": alphas[field] for field in FIELDS},
        "decisions": int(decided.sum()),
        "statements": here.units["statement_id"].nunique(),
    }
