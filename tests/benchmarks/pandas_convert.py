"""Zipped GDELT 2.0 to Parquet by pandas, as a program of its own: ``python pandas_convert.py WHAT OUT ZIP...``.

``cells`` writes the vendor's cells as they are; ``events`` writes the very rows that `workbook convert` writes: codes and
countries mapped by the same tables, days parsed, each event once, sorted. It checks no row beyond what pandas does.
``gdeltpyr`` reads by gdeltPyR's own reader, which skips lines it cannot read and says nothing, and writes its cells.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd

from workbook.events import EVENT_COLUMNS
from workbook.readers.machine.tables import acts, table, vendor_columns
from workbook.readers.parquet import table_types

TEXT = {"sep": "\t", "header": None, "dtype": str, "quoting": 3, "keep_default_na": False}
CELLS = {
    **{"GLOBALEVENTID": "event_id", "SQLDATE": "date_text", "EventCode": "vendor_code", "GoldsteinScale": "score"},
    **{"NumMentions": "mention_count", "NumSources": "source_count", "SOURCEURL": "source_url"},
    **{"Actor1Code": "actor_id", "Actor1Name": "actor_name", "Actor1CountryCode": "actor_country"},
    **{"Actor2Code": "target_id", "Actor2Name": "target_name", "Actor2CountryCode": "target_country"},
}


def cells(paths: Sequence[str]) -> pd.DataFrame:
    frames = [pd.read_csv(path, **TEXT) for path in paths]
    return pd.concat(frames, ignore_index=True).rename(columns=str)


def gdeltpyr(paths: Sequence[str]) -> pd.DataFrame:
    from gdelt import parallel

    def fetched(path: str, **_: Any) -> SimpleNamespace:
        return SimpleNamespace(content=Path(path).read_bytes(), status_code=200, url=path)

    # It reads what it fetches: here from the disk, so that reading alone is measured.
    parallel.requests.get = fetched
    frames = [parallel._mp_worker(path, table="events") for path in paths]
    return pd.concat(frames, ignore_index=True).rename(columns=str)


def events(paths: Sequence[str]) -> pd.DataFrame:
    options = TEXT | {"names": vendor_columns("gdelt"), "usecols": list(CELLS), "na_values": [""]}
    rows = pd.concat([pd.read_csv(path, **options) for path in paths], ignore_index=True).rename(columns=CELLS)
    rows["event_id"] = "gdelt2-" + rows["event_id"]
    rows = rows.drop_duplicates("event_id")
    day = pd.to_datetime(rows["date_text"], format="%Y%m%d").astype("datetime64[us]")
    rows["date_text"] = rows["source_date_text"] = day.dt.strftime("%Y-%m-%d")
    rows = rows.assign(**{f"{prefix}date_{end}": day for prefix in ("", "source_") for end in ("earliest", "latest")})
    rows = rows.assign(date_precision="day", source_date_precision="day", dataset="GDELT 2.0", ontology="CAMEO 1.1b3")
    kinds = pd.DataFrame(table("cameo"))[["code", "act"]].merge(pd.DataFrame(list(acts().values())), on="act")
    rows = rows.merge(kinds[["code", "act", "family", "side"]], left_on="vendor_code", right_on="code", how="left")
    rows["note"] = _with_countries(rows)
    numbers = {"score": "float64", "mention_count": "int64", "source_count": "int64"}
    rows = rows.astype(numbers).assign(is_referred=False, is_machine_coded=True)
    rows["source_name"] = rows["source_url"].str.lower().str.extract(r"^https?://(?:www\.)?([^/:?#]+)", expand=False)
    rows = rows.assign(**{f"{role}_count": rows[f"{role}_id"].notna().astype("int64") for role in ("actor", "target")})
    return rows.sort_values(["date_earliest", "event_id"], ignore_index=True).reindex(columns=list(EVENT_COLUMNS))


def _with_countries(rows: pd.DataFrame) -> pd.Series:
    """Put countries in the place of their codes, and return notes of codes that are none."""
    countries = {row["code"]: row["iso"] for row in table("country_codes")}
    countries |= {row["name"]: row["iso"] for row in table("country_names")}
    notes = []
    for role in ("actor", "target"):
        codes = rows[f"{role}_country"]
        unknown = codes.notna() & ~codes.isin(list(countries))
        notes.append((f"Country of the {role} unknown: " + codes).where(unknown))
        rows[f"{role}_country"] = codes.map(countries).replace("", None)
    actor, target = notes
    return (actor + "; " + target).fillna(actor).fillna(target)


def main() -> None:
    what, out, *paths = sys.argv[1:]
    rows = {"cells": cells, "events": events, "gdeltpyr": gdeltpyr}[what](paths)
    query = "SELECT * FROM rows"
    if what == "events":
        typed = (f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table_types().items())
        query = f"SELECT {', '.join(typed)} FROM rows"
    with duckdb.connect() as connection:
        connection.register("rows", rows)
        connection.execute(f"COPY ({query}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main()
