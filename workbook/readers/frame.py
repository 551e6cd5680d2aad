"""One's own frame of events: a table in memory, checked and completed to the standard event table."""

from __future__ import annotations

import hashlib
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from workbook.dates import EdtfError, bounds
from workbook.errors import Fault, FaultsError, nearest
from workbook.events import EVENT_COLUMNS, EventData, event_table
from workbook.readers.coded.package import read_package

NEEDED = ("event_id", "actor_id", "act")
WORDS_FOR = "arms_transfers"
"""The data set whose table of acts says which side an act is on, where a frame does not say it."""

VERSION = "0"
MOST_STRAYS = 5
FLAGS = ("is_referred", "is_machine_coded")
SOURCE = {"source_name", "source_url"}
"""Either names the source of an event."""
DAY = r"\d{4}-\d{2}-\d{2}"
DAY_FIRST = rf"{DAY}(?:[T ].*)?"
"""A day, perhaps with a time. A number, a month or 3/4/2023 is none: pandas would make some day of it."""

ONE_EACH = (("act", "side"), ("act", "family"), ("claim_id", "topic"))
"""What has but one of the other: an explorer picks a side by its acts, and finds a topic by its claims."""


def events_from_frame(frame: Any, *, name: str = "own events") -> EventData:
    """Take one's own frame as a data set.

    Parameters
    ----------
    frame : pandas.DataFrame, polars.DataFrame or any frame that narwhals knows
        A row an event: ``event_id``, ``actor_id``, ``act`` and a date, either ``date_text`` (EDTF) or ``date_earliest``
        and ``date_latest`` (days, as dates or as YYYY-MM-DD; one column ``date`` stands for both; one of two bounds may
        be missing). Other columns of the standard event table are taken as they are, those it does not know are left
        out. An act is on one side and of one family, a claim has one topic. It is not changed.
    name : str
        What the data set is called in captions.

    Returns
    -------
    EventData
        With one speaker and at most one target an event; a source where ``source_name`` or ``source_url`` names one.

    Raises
    ------
    FaultsError
        Missing columns, keys that are empty or come twice, dates that are none, acts of no known side or of several,
        topics without a claim, flags that are neither true nor false; all at once.

    Examples
    --------
    >>> frame = pd.DataFrame({"event_id": ["a"], "actor_id": ["USA"], "act": ["denial"], "date": ["2023-05-01"]})
    >>> events_from_frame(frame).events["side"].tolist()
    ['denies']
    """
    rows = nw.from_native(frame).lazy().collect().to_pandas().reset_index(drop=True)
    faults = list(_column_faults(rows))
    if not faults:
        rows = _dated(_keyed(rows, faults), faults)
        acts = read_package(WORDS_FOR).tables["acts"]
        faults += [*_act_faults(rows, acts), *_one_each_faults(rows), *_flag_faults(rows)]
    if faults:
        raise FaultsError(name, faults)
    rows = _completed(rows, acts, name=name)
    links = _links(rows)
    return EventData(
        name=name,
        title=name,
        version=VERSION,
        checksum=_checksum(rows),
        events=rows,
        participants=None,
        mentions=None,
        links=links,
        sources=_sources(rows),
        actors=_actors(rows),
        claims=_claims(rows),
        acts=_acts(rows, acts),
        notes=_strays_note(links, rows),
    )


def _column_faults(rows: pd.DataFrame) -> list[Fault]:
    columns = [str(column) for column in rows.columns]
    faults = [
        Fault("frame", None, name, "no such column", f"a column {name}{nearest(name, columns)}")
        for name in NEEDED
        if name not in columns
    ]
    if not {"date_text", "date"} & set(columns) and not {"date_earliest", "date_latest"} <= set(columns):
        expected = "date_text (EDTF), date, or date_earliest and date_latest"
        faults.append(Fault("frame", None, "date", "no date", expected))
    if rows.empty:
        faults.append(Fault("frame", None, "", "no row", "at least one event"))
    return faults


def _keyed(rows: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    keyed = rows.assign(**{name: rows[name].astype("str").where(rows[name].notna()) for name in NEEDED})
    for name in NEEDED:
        faults += [
            Fault(f"frame, row {place}", None, name, "nothing", "a value")
            for place in keyed.index[keyed[name].str.strip().fillna("") == ""]
        ]
    again = keyed.index[keyed["event_id"].duplicated() & keyed["event_id"].notna()]
    faults += [
        Fault(f"frame, row {place}", None, "event_id", f"{keyed['event_id'][place]!r} again", "each key once")
        for place in again
    ]
    return keyed


def _dated(rows: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    """Give each row bounds and an EDTF text, from whichever of the two it has."""
    if "date_text" in rows:
        found = [_bounds(text, place, faults) for place, text in zip(rows.index, rows["date_text"], strict=True)]
        days = pd.DataFrame(found, columns=["date_earliest", "date_latest", "date_precision"], index=rows.index)
        return rows.assign(
            **{name: _as_days(days[name]) for name in ("date_earliest", "date_latest")},
            date_precision=days["date_precision"].astype("str"),
        )
    names = [name if name in rows else "date" for name in ("date_earliest", "date_latest")]
    read = {name: _read_days(rows[name], name, faults) for name in dict.fromkeys(names)}
    first, last = (read[name] for name in names)
    faults += [
        Fault(
            f"frame, row {place}",
            None,
            "date_earliest",
            f"{first[place]:%Y-%m-%d} after {last[place]:%Y-%m-%d}",
            "bounds in order",
        )
        for place in rows.index[first > last]
    ]
    undated = rows.index[rows[names].isna().all(axis=1)]
    faults += [
        Fault(f"frame, row {place}", None, "date", "no date", "a day, or one bound at least") for place in undated
    ]
    return rows.assign(date_earliest=first, date_latest=last, **_texts(first, last))


def _bounds(text: object, place: object, faults: list[Fault]) -> tuple[object, object, str | None]:
    try:
        found = bounds(text if isinstance(text, str) else "")
    except EdtfError as error:
        faults.append(Fault(f"frame, row {place}", None, "date_text", repr(text), f"a date in EDTF: {error}"))
        return None, None, None
    return found.earliest, found.latest, found.precision


def _as_days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).astype("datetime64[us]")


def _read_days(days: pd.Series, name: str, faults: list[Fault]) -> pd.Series:
    """Read days, a time of day cut off; whatever is no whole day is a fault."""
    if pd.api.types.is_datetime64_any_dtype(days.dtype):
        return days.dt.tz_localize(None).dt.floor("D").astype("datetime64[us]")
    texts = days.astype("str")
    is_day = texts.str.fullmatch(DAY_FIRST).fillna(value=False).astype("bool")
    read = pd.to_datetime(texts.where(is_day).str.extract(f"({DAY})")[0], format="%Y-%m-%d", errors="coerce")
    faults += [
        Fault(
            f"frame, row {place}", None, name, repr(str(days[place])), "a day, YYYY-MM-DD; date_text takes other dates"
        )
        for place in days.index[read.isna() & days.notna()]
    ]
    return read.astype("datetime64[us]")


def _texts(first: pd.Series, last: pd.Series) -> dict[str, pd.Series]:
    """Write bounds as EDTF: a day, a range, or a range that is open."""
    a, b = first.dt.strftime("%Y-%m-%d").fillna(""), last.dt.strftime("%Y-%m-%d").fillna("")
    is_day = first == last
    text = ("[" + a + ".." + b + "]").where(~is_day, a)
    precision = pd.Series("range", index=first.index, dtype="str")
    precision = precision.mask(is_day, "day").mask(first.isna(), "before").mask(last.isna(), "after")
    return {"date_text": text.astype("str"), "date_precision": precision}


def _act_faults(rows: pd.DataFrame, acts: pd.DataFrame) -> list[Fault]:
    if "side" in rows:
        sides = ("alleges", "denies", "neither")
        wrong = rows.index[~rows["side"].isin(sides)]
        return [
            Fault(f"frame, row {place}", None, "side", repr(rows["side"][place]), f"one of {', '.join(sides)}")
            for place in wrong
        ]
    known = acts["act"].tolist()
    return [
        Fault("frame", None, "act", repr(act), f"an act of the codebook, or a column side{nearest(act, known)}")
        for act in rows["act"].dropna().unique()
        if act not in known
    ]


def _one_each_faults(rows: pd.DataFrame) -> list[Fault]:
    faults = []
    for key, of in (pair for pair in ONE_EACH if set(pair) <= set(rows.columns)):
        known = rows[[key, of]].dropna().astype("str").drop_duplicates()
        for value, several in known.groupby(key)[of].agg(list).items():
            if len(several) > 1:
                faults.append(
                    Fault("frame", None, of, f"{', '.join(several)} of {key} {value!r}", f"one {of} for each")
                )
    claims = rows["claim_id"] if "claim_id" in rows else pd.Series(pd.NA, index=rows.index)
    alone = rows["topic"][claims.isna() & rows["topic"].notna()].unique() if "topic" in rows else ()
    return faults + [
        Fault("frame", None, "claim_id", f"none for topic {topic!r}", "a claim_id, which the topic is one of")
        for topic in alone
    ]


def _flag_faults(rows: pd.DataFrame) -> list[Fault]:
    """List flags that are no truth values: the text "false" would count as true."""
    return [
        Fault(
            f"frame, row {place}", None, name, repr(rows[name][place]), "True or False, as truth values and not as text"
        )
        for name in FLAGS
        if name in rows
        for place in rows.index[[not isinstance(flag, bool | np.bool_) for flag in rows[name]]]
    ]


def _completed(rows: pd.DataFrame, acts: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Fill what the frame does not say."""
    by_act = acts.set_index("act")
    filled = {
        "dataset": name,
        "side": rows["act"].map(by_act["side"]),
        "family": rows["act"].map(by_act["family"]).fillna("claim"),
        "actor_name": rows["actor_id"],
        "actor_count": 1,
        "target_count": rows["target_id"].notna().astype("int64") if "target_id" in rows else 0,
        "target_name": rows.get("target_id"),
        "vendor_code": rows["act"],
        "ontology": "own",
        "score": float("nan"),
        "mention_count": 1,
        "source_count": (rows.notna()[[*SOURCE & set(rows.columns)]].any(axis=1)).astype("int64"),
        "source_name": rows.get("source_url"),
        "is_referred": False,
        "is_machine_coded": False,
        "certainty": "high",
        **{f"source_date_{part}": rows[f"date_{part}"] for part in ("text", "earliest", "latest", "precision")},
    }
    missing = {column: value for column, value in filled.items() if column not in rows}
    whole = rows.assign(**missing).reindex(columns=list(EVENT_COLUMNS))
    texts = [field["name"] for field in event_table()["fields"] if field["type"] == "string"]
    return whole.assign(**{column: whole[column].astype("str").where(whole[column].notna()) for column in texts})


def _links(rows: pd.DataFrame) -> pd.DataFrame | None:
    """Return which event answers which; nothing where nobody says."""
    answers = rows[["event_id", "answers"]].dropna()
    if answers.empty:
        return None
    pairs = answers.assign(answers_id=answers["answers"].str.split()).explode("answers_id", ignore_index=True)
    return pairs[["event_id", "answers_id"]].dropna().astype("str").reset_index(drop=True)


def _strays_note(links: pd.DataFrame | None, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say which answers are to events that the frame does not hold: misspelt, or left out of it."""
    strays = [] if links is None else sorted(set(links["answers_id"]) - set(rows["event_id"]))
    if not strays:
        return ()
    more = f" and {len(strays) - MOST_STRAYS} more" if len(strays) > MOST_STRAYS else ""
    return (f"Answers to events that are not in the frame are left out: to {', '.join(strays[:MOST_STRAYS])}{more}.",)


def _sources(rows: pd.DataFrame) -> pd.DataFrame:
    named = rows[["source_name", "source_url"]].dropna(subset=["source_name"]).drop_duplicates("source_name")
    names, urls = (named[column].reset_index(drop=True) for column in ("source_name", "source_url"))
    columns = {"source_id": names, "title": "", "publisher": names, "agency": "", "published": "", "url": urls}
    return pd.DataFrame(columns, dtype="str")


def _actors(rows: pd.DataFrame) -> pd.DataFrame:
    named = [
        rows[[f"{role}_id", f"{role}_name", f"{role}_country"]].set_axis(["actor_id", "name", "country"], axis=1)
        for role in ("actor", "target")
    ]
    people = pd.concat(named).dropna(subset=["actor_id"]).drop_duplicates("actor_id", ignore_index=True)
    names = people["name"].fillna(people["actor_id"])
    return people.assign(name=names, short_name=names.str.slice(0, 24), kind="organisation", parent_id=pd.NA).astype(
        "str"
    )


def _claims(rows: pd.DataFrame) -> pd.DataFrame:
    claims = rows[["claim_id", "topic"]].dropna(subset=["claim_id"]).drop_duplicates("claim_id", ignore_index=True)
    return claims.assign(claim=claims["claim_id"], short_claim=claims["claim_id"].str.slice(0, 48))


def _acts(rows: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    """List the acts in the codebook's order, then the others; sides and families are the frame's own."""
    own = rows[["act", "family", "side"]].drop_duplicates("act", ignore_index=True)
    known = acts.drop(columns=["family", "side"]).merge(own, on="act")
    return pd.concat([known, own[~own["act"].isin(acts["act"])]], ignore_index=True)


def _checksum(rows: pd.DataFrame) -> str:
    digest = hashlib.sha256(pd.util.hash_pandas_object(rows, index=False).to_numpy().tobytes())
    return digest.hexdigest()
