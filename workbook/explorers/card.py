"""A statement on a card: who, what, when and on what ground, who reports it, what it answers and what answers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pandas as pd

from workbook.dates import in_words
from workbook.events import EventData, collected, lazy, links_of, mentions_of, participants_of
from workbook.explorers.passages import ArticleFolder, Excerpt
from workbook.markup import templates


@dataclass(frozen=True)
class Report:
    """An article that carries a statement, with the passages that were found in the analyst's copy.

    Attributes
    ----------
    source_id, title, publisher, agency, published, url, form : str
        Which article, and in which form it has the statement.
    passages : int
        Passages that are known by fingerprint.
    excerpts : tuple of Excerpt
        Those that were found.
    """

    source_id: str
    title: str
    publisher: str
    agency: str
    published: str
    url: str
    form: str
    passages: int
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True)
class Related:
    """Another statement in a line."""

    event_id: str
    words: str


@dataclass(frozen=True)
class StatementCard:
    """What is known of one statement.

    Attributes
    ----------
    event_id : str
        Its key.
    facts : tuple of (str, str)
        What it is, a line each: a heading and words.
    reports : tuple of Report
        The articles that carry it.
    answers, answered_by : tuple of Related
        What it answers, and what answers it.
    articles : str
        The folder in which passages were looked for.
    """

    event_id: str
    facts: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...] = field(default=())
    answers: tuple[Related, ...] = field(default=())
    answered_by: tuple[Related, ...] = field(default=())
    articles: str = ""

    def html(self) -> str:
        """Return the card as HTML; all that comes from data is escaped."""
        return templates("workbook.explorers").get_template("card.html").render(card=self)


def statement_card(data: EventData, event_id: str, *, articles: ArticleFolder) -> StatementCard:
    """Gather what is known of a statement.

    Parameters
    ----------
    data : EventData
        The whole data set.
    event_id : str
        Which statement.
    articles : ArticleFolder
        The analyst's own copies of the articles.

    Returns
    -------
    StatementCard

    Raises
    ------
    KeyError
        There is no such statement.

    Examples
    --------
    >>> import workbook
    >>> from pathlib import Path
    >>> card = statement_card(workbook.load("arms_transfers"), "st015", articles=ArticleFolder(Path("nowhere")))
    >>> dict(card.facts)["Act"]
    'denial'
    """
    rows = collected(lazy(data.events).filter(nw.col("event_id") == event_id))
    if rows.empty:
        raise KeyError(event_id)
    links = links_of(data)
    answers = collected(links.filter(nw.col("event_id") == event_id))["answers_id"].tolist()
    answered_by = collected(links.filter(nw.col("answers_id") == event_id))["event_id"].tolist()
    return StatementCard(
        event_id,
        tuple((heading, words) for heading, words in _facts(data, rows.iloc[0].to_dict()) if words),
        _reports(data, event_id, articles),
        _related(data, answers),
        _related(data, answered_by),
        str(articles.path),
    )


def _facts(data: EventData, row: dict[str, Any]) -> list[tuple[str, str]]:
    people = collected(participants_of(data).filter(nw.col("event_id") == row["event_id"]))
    claims = data.claims.set_index("claim_id")["claim"]
    act = data.acts.set_index("act").reindex([row["act"]])
    return [
        ("Said", _text(row.get("summary"))),
        ("Speaker", _people(data, people, "speaker") or _text(row.get("actor_name"))),
        ("Attribution", _words(row.get("attribution"))),
        ("Act", _act(row)),
        ("That is", _text(act["definition"].iloc[0]) if "definition" in act else ""),
        ("Claim", _text(claims.get(row["claim_id"]))),
        ("About whom", _people(data, people, "target") or _text(row.get("target_name"))),
        ("Passed on by", _people(data, people, "relay")),
        ("Channel", _words(row.get("channel"))),
        ("Date by the article", _date(row, "source_date")),
        ("Best known date", _best_date(row)),
        ("Only referred to", _referred(data, row)),
        ("Coding", "uncertain: see the codebook on certainty" if row.get("certainty") == "low" else ""),
        ("Note", _text(row.get("note"))),
    ]


def _act(row: dict[str, Any]) -> str:
    hedge = _text(row.get("hedge"))
    return f"{_words(row['act'])}{f', {hedge}' if hedge else ''}"


def _date(row: dict[str, Any], prefix: str) -> str:
    text, basis = _text(row.get(f"{prefix}_text")), _text(row.get(f"{prefix}_basis"))
    return f"{in_words(text)}{f' (from: {basis})' if basis else ''}" if text else ""


def _best_date(row: dict[str, Any]) -> str:
    """Say the better date with its ground; nothing where the article's own is the best."""
    best, own = _text(row.get("date_text")), _text(row.get("source_date_text"))
    if not best or best == own:
        return ""
    certainty, ground = _text(row.get("date_certainty")), _text(row.get("date_ground"))
    return ". ".join(part for part in (f"{in_words(best)}{f', {certainty}' if certainty else ''}", ground) if part)


def _referred(data: EventData, row: dict[str, Any]) -> str:
    if not row.get("is_referred"):
        return ""
    same = _text(row.get("may_be_same_as")).split()
    meant = "; ".join(each.words for each in _related(data, same))
    return f"its occasion is not told{f'; it may be: {meant}' if meant else ''}"


def _people(data: EventData, people: pd.DataFrame, role: str) -> str:
    names = data.actors.set_index("actor_id")["name"]
    offices = data.actors.set_index("actor_id")["description"] if "description" in data.actors else names.iloc[:0]
    words = []
    for actor in people.loc[people["role"] == role, "actor_id"]:
        office = _text(offices.get(actor))
        words.append(f"{names.get(actor, actor)}{f' ({office})' if office else ''}")
    return "; ".join(words)


def _reports(data: EventData, event_id: str, articles: ArticleFolder) -> tuple[Report, ...]:
    mentions = collected(mentions_of(data).filter(nw.col("event_id") == event_id))
    passages = data.passages[data.passages["event_id"] == event_id]
    found = articles.excerpts(passages)
    sources = data.sources.set_index("source_id")
    reports = []
    for mention in mentions.to_dict("records"):
        source = sources.loc[mention["source_id"]].to_dict() if mention["source_id"] in sources.index else {}
        keys = passages.loc[passages["source_id"] == mention["source_id"], "passage_id"].tolist()
        words = {name: _text(source.get(name)) for name in ("title", "publisher", "agency", "url")}
        published = _text(source.get("published"))
        reports.append(
            Report(
                source_id=str(mention["source_id"]),
                published=in_words(published) if published else "",
                form=_text(mention.get("form")),
                passages=len(keys),
                excerpts=tuple(found[key] for key in keys if key in found),
                **words,
            )
        )
    return tuple(reports)


def _related(data: EventData, keys: list[str]) -> tuple[Related, ...]:
    rows = collected(lazy(data.events).filter(nw.col("event_id").is_in(keys))) if keys else pd.DataFrame()
    names = data.actors.set_index("actor_id")["name"]
    return tuple(Related(str(row["event_id"]), _in_a_line(row, names)) for row in rows.to_dict("records"))


def _in_a_line(row: dict[str, Any], names: pd.Series) -> str:
    """Say when, who and what in a line."""
    words = f"{in_words(row['date_text'])}: {names.get(row['actor_id'], row['actor_id'])}, {_words(row['act'])}"
    return ": ".join(part for part in (words, _text(row.get("summary"))) if part)


def _words(value: object) -> str:
    return _text(value).replace("_", " ")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
