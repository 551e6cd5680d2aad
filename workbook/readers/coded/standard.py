"""Coded statements as rows of the standard event table."""

from __future__ import annotations

import pandas as pd

from workbook.dates import bounds
from workbook.events import EVENT_COLUMNS

Tables = dict[str, pd.DataFrame]

ONTOLOGY = "codebook"
"""Coded acts are the project's own; CAMEO and PLOVER stand beside them in the table of acts."""


def standard_events(tables: Tables, *, dataset: str) -> pd.DataFrame:
    """Return one row a statement, in the columns of the standard event table."""
    rows = tables["statements"].rename(columns={"statement_id": "event_id"})
    acts = tables["acts"][["act", "family", "side"]]
    claims = tables["claims"][["claim_id", "topic"]]
    rows = rows.merge(acts, on="act", how="left").merge(claims, on="claim_id", how="left")
    rows = rows.assign(
        dataset=dataset,
        vendor_code=rows["act"],
        ontology=ONTOLOGY,
        score=float("nan"),
        is_referred=rows["is_referred"] == "true",
        is_machine_coded=False,
        **_date_columns(rows["said_best"].fillna(rows["said"]), prefix="date"),
        **_date_columns(rows["said"], prefix="source_date"),
    )
    for role, prefix in (("speaker", "actor"), ("target", "target")):
        rows = rows.merge(_first_named(tables, role=role, prefix=prefix), on="event_id", how="left")
    rows = rows.merge(_mention_counts(tables), on="event_id", how="left")
    counts = ["actor_count", "target_count", "mention_count", "source_count"]
    rows = rows.assign(**{name: rows[name].fillna(0).astype("int64") for name in counts})
    return rows.loc[:, list(EVENT_COLUMNS)]


def participants_of(tables: Tables) -> pd.DataFrame:
    """Return who takes part: ``event_id``, ``actor_id``, ``role``."""
    return tables["participants"].rename(columns={"statement_id": "event_id"})


def mentions_of(tables: Tables) -> pd.DataFrame:
    """Return which source carries what: ``event_id``, ``source_id``, ``form``."""
    mentions = tables["mentions"].rename(columns={"statement_id": "event_id"})
    return mentions.loc[:, ["event_id", "source_id", "form"]]


def links_of(tables: Tables) -> pd.DataFrame:
    """Return which statement answers which: ``event_id``, ``answers_id``, a row a pair."""
    answers = tables["statements"][["statement_id", "answers"]].dropna()
    pairs = answers.assign(answers_id=answers["answers"].str.split()).explode("answers_id", ignore_index=True)
    return pairs.rename(columns={"statement_id": "event_id"})[["event_id", "answers_id"]].astype("str")


def _date_columns(texts: pd.Series, *, prefix: str) -> dict[str, pd.Series]:
    found = [bounds(text) for text in texts]
    return {
        f"{prefix}_text": texts,
        f"{prefix}_earliest": _days([each.earliest for each in found], texts.index),
        f"{prefix}_latest": _days([each.latest for each in found], texts.index),
        f"{prefix}_precision": pd.Series([each.precision for each in found], index=texts.index, dtype="str"),
    }


def _days(days: list[object], index: pd.Index) -> pd.Series:
    return pd.Series(pd.to_datetime(pd.Series(days, index=index, dtype="object"))).astype("datetime64[us]")


def _first_named(tables: Tables, *, role: str, prefix: str) -> pd.DataFrame:
    rows = participants_of(tables)
    rows = rows[rows["role"] == role].merge(tables["actors"], on="actor_id", how="left")
    first = rows.groupby("event_id", sort=False).first()
    return pd.DataFrame(
        {
            "event_id": first.index,
            f"{prefix}_id": first["actor_id"].array,
            f"{prefix}_name": first["name"].array,
            f"{prefix}_country": first["country"].array,
            f"{prefix}_count": rows.groupby("event_id", sort=False).size().array,
        }
    )


def _mention_counts(tables: Tables) -> pd.DataFrame:
    mentions = mentions_of(tables).merge(tables["sources"][["source_id", "url"]], on="source_id", how="left")
    grouped = mentions.groupby("event_id", sort=False)
    return pd.DataFrame(
        {
            "mention_count": grouped.size(),
            "source_count": grouped["source_id"].nunique(),
            "source_url": grouped["url"].first(),
        }
    ).reset_index()
