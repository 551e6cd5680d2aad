"""Coded statements as rows of the standard event table."""

from __future__ import annotations

import pandas as pd

from workbook.dates import bounds
from workbook.events import EVENT_COLUMNS, PASSAGE_COLUMNS

Tables = dict[str, pd.DataFrame]

ONTOLOGY = "codebook"
"""Coded acts are the project's own; CAMEO and PLOVER stand beside them in the table of acts."""


def standard_events(tables: Tables, *, dataset: str) -> pd.DataFrame:
    """Return one row a statement, in the columns of the standard event table."""
    rows = tables["statements"].rename(columns={"statement_id": "event_id"})
    ids = rows["event_id"].tolist()
    acts, topics = tables["acts"].set_index("act"), tables["claims"].set_index("claim_id")["topic"]
    columns = {
        "dataset": dataset,
        "date_ground": rows["said_best_ground"],
        "date_certainty": rows["said_best_certainty"],
        "source_date_basis": rows["said_basis"],
        "family": rows["act"].map(acts["family"]),
        "side": rows["act"].map(acts["side"]),
        "topic": rows["claim_id"].map(topics),
        "vendor_code": rows["act"],
        "ontology": ONTOLOGY,
        "score": float("nan"),
        "source_name": pd.Series(None, index=rows.index, dtype="str"),
        "is_referred": rows["is_referred"] == "true",
        "is_machine_coded": False,
        **_date_columns(rows["said_best"].fillna(rows["said"]), prefix="date"),
        **_date_columns(rows["said"], prefix="source_date"),
        **_first_named(tables, ids, role="speaker", prefix="actor"),
        **_first_named(tables, ids, role="target", prefix="target"),
        **_mention_counts(tables, ids),
    }
    return rows.assign(**columns).loc[:, list(EVENT_COLUMNS)]


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


def passages_of(tables: Tables) -> pd.DataFrame:
    """Return the fingerprints of what carries each statement, in the columns of `PASSAGE_COLUMNS`."""
    carried = tables["passages"].merge(tables["mentions"], on="mention_id")
    rows = carried.rename(columns={"statement_id": "event_id"}).loc[:, list(PASSAGE_COLUMNS)]
    return rows.astype({"length": "int64", "offset": "int64"})


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


def _first_named(tables: Tables, ids: list[str], *, role: str, prefix: str) -> dict[str, pd.Series]:
    """Return who is named first in a role, for each statement, and how many are."""
    people = tables["participants"]
    named: dict[str, list[str]] = {}
    for statement, actor in people.loc[people["role"] == role, ["statement_id", "actor_id"]].itertuples(index=False):
        named.setdefault(statement, []).append(actor)
    first = pd.Series([named[each][0] if each in named else None for each in ids], dtype="str")
    actors = tables["actors"].set_index("actor_id")
    return {
        f"{prefix}_id": first,
        f"{prefix}_name": first.map(actors["name"]).astype("str"),
        f"{prefix}_country": first.map(actors["country"]).astype("str"),
        f"{prefix}_count": pd.Series([len(named.get(each, ())) for each in ids], dtype="int64"),
    }


def _mention_counts(tables: Tables, ids: list[str]) -> dict[str, pd.Series]:
    """Return how many mentions and sources carry each statement, and the first address there is."""
    carried: dict[str, list[str]] = {}
    for statement, source in tables["mentions"][["statement_id", "source_id"]].itertuples(index=False):
        carried.setdefault(statement, []).append(source)
    urls = tables["sources"].set_index("source_id")["url"].dropna().to_dict()
    first = [next((urls[source] for source in carried.get(each, ()) if source in urls), None) for each in ids]
    return {
        "mention_count": pd.Series([len(carried.get(each, ())) for each in ids], dtype="int64"),
        "source_count": pd.Series([len(set(carried.get(each, ()))) for each in ids], dtype="int64"),
        "source_url": pd.Series(first, dtype="str"),
    }
