"""How well suggestions meet what coders coded: the five articles, and five periods that the rules were not made on.

Run as ``python -m tests.benchmarks.suggestions``; it prints a table, then what is missed. P1 was looked at while the rules
were written, P2 to P5 were not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from workbook.coding_desk.article import Article, article_from_text
from workbook.coding_desk.sentences import Sentence, sentences
from workbook.coding_desk.suggestions import Suggestion, suggest
from workbook.events import EventData
from workbook.evidence import normalise, original_span, read_article, verify
from workbook.readers.coded import CodedPackage, read_package

SHARED = Path(__file__).parents[3] / "shared"
PERIODS = ("P1", "P2", "P3", "P4", "P5")
HEAD_LINES = 3
TRIFLE = 12
"""Characters of a sentence that a passage may reach into without the sentence carrying it."""

ALIKE = 80
"""How alike (rapidfuzz, of 100) the names of a speaker are where coders had no keys of actors."""


@dataclass(frozen=True)
class Coded:
    """A passage of an article, the act that it carries, and who speaks: keys of actors, or names."""

    start: int
    end: int
    act: str
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """An article and what coders found in it."""

    name: str
    article: Article
    coded: tuple[Coded, ...]


@dataclass(frozen=True)
class Score:
    """Counts of sentences, of the coded acts and speakers, and of the suggested ones, with those that are right."""

    sentences: int = 0
    carrying: int = 0
    marked: int = 0
    both: int = 0
    acts: int = 0
    acts_met: int = 0
    suggested: int = 0
    acts_right: int = 0
    speakers_met: int = 0
    speakers_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))


def five_articles(package: CodedPackage, folder: Path = SHARED / "articles") -> list[Case]:
    """Return the articles of the package; their passages are found by fingerprint."""
    texts = {path.name: read_article(path) for path in sorted(folder.iterdir())}
    folded = {name: normalise(text) for name, text in texts.items()}
    wanted = {each.passage_id: each for each in package.passages()}
    tables = package.tables
    rows = tables["passages"].merge(tables["mentions"], on="mention_id").merge(tables["statements"], on="statement_id")
    people = tables["participants"].query("role == 'speaker'").groupby("statement_id")["actor_id"].agg(tuple)
    published = tables["sources"].set_index("source_id")["published"]
    coded: dict[str, list[Coded]] = {name: [] for name in texts}
    days = {}
    for row in rows.itertuples():
        name, offset = verify([wanted[row.passage_id]], folded).found[row.passage_id]
        span = original_span(texts[name], offset=offset, length=wanted[row.passage_id].fingerprint.length)
        coded[name].append(Coded(*span, row.act, people[row.statement_id]))
        days[name] = published[row.source_id]
    return [_case(name[:3], text, days[name], coded[name]) for name, text in texts.items()]


def period(name: str) -> list[Case]:
    """Return the English articles of a period, as its first coder coded them."""
    folder = SHARED / "coding_more" / name
    coding = json.loads((folder / "coder_1.json").read_text(encoding="utf-8"))
    cases = []
    for source in coding["sources"]:
        text = read_article(folder / "articles" / Path(source["file"]).name).split("\n", HEAD_LINES)[HEAD_LINES]
        if len(re.findall(r"[A-Za-z]", text)) > len(text) / 2 and source.get("language", "en") == "en":
            cases.append(_case(source["file"], text, source["published"], _coded(coding, source["source_id"], text)))
    return cases


def _case(name: str, text: str, published: str, coded: Iterable[Coded]) -> Case:
    return Case(name, replace(article_from_text(text), text=text, published=published), tuple(coded))


def _coded(coding: dict[str, Any], source: str, text: str) -> list[Coded]:
    return [
        Coded(text.find(passage), text.find(passage) + len(passage), each["act"], tuple(each["speakers"]))
        for each in coding["statements"]
        for mention in each["mentions"]
        if mention["source_id"] == source
        for passage in mention["passages"]
        if passage in text
    ]


def carried(case: Case, sentence: Sentence) -> list[Coded]:
    """Return what was coded in a sentence."""
    reach = min(TRIFLE, (sentence.end - sentence.start) // 2)
    return [each for each in case.coded if min(each.end, sentence.end) - max(each.start, sentence.start) > reach]


def same_speaker(suggestion: Suggestion, coded: Coded, *, data: EventData) -> bool:
    """Compare keys of actors, or names where the coders had none."""
    if suggestion.actor_id and set(suggestion.actor_id.split()) & set(coded.speakers):
        return True
    names = data.actors.set_index("actor_id")["name"]
    said = [suggestion.speaker, *(names[key] for key in suggestion.actor_id.split())]
    return any(
        fuzz.token_set_ratio(a.lower(), b.split(",")[0].lower()) >= ALIKE
        for a in said
        for b in coded.speakers
        if a and b not in names
    )


def score(case: Case, *, data: EventData) -> tuple[Score, list[tuple[int, set[str]]]]:
    """Compare the suggestions for an article with its coding; return the missed sentences with their acts too."""
    suggestions = suggest(case.article, data=data)
    total, missed = Score(), []
    for sentence in sentences(case.article.text):
        coded, guesses = carried(case, sentence), [each for each in suggestions if each.sentence == sentence.number]
        total += _of_sentence(coded, guesses, data=data)
        if coded and not guesses:
            missed.append((sentence.number, {each.act for each in coded}))
    return total, missed


def _of_sentence(coded: list[Coded], guesses: list[Suggestion], *, data: EventData) -> Score:
    acts = {each.act for each in coded}
    met = acts & {each.act for each in guesses}
    heard = {each.act for each in coded if any(same_speaker(guess, each, data=data) for guess in guesses)}
    return Score(
        sentences=1,
        carrying=bool(coded),
        marked=bool(guesses),
        both=bool(coded and guesses),
        acts=len(acts),
        acts_met=len(met),
        suggested=len(guesses),
        acts_right=sum(each.act in acts for each in guesses),
        speakers_met=len(heard),
        speakers_right=sum(any(same_speaker(guess, each, data=data) for each in coded) for guess in guesses),
    )


def total(cases: Iterable[Case], *, data: EventData) -> Score:
    """Add up the scores of articles."""
    return sum((score(case, data=data)[0] for case in cases), Score())


def _row(name: str, found: Score) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:9.2f}" if whole else f"{'-':>9}"

    counts = f"{found.sentences:7}{found.carrying:7}{found.marked:7}"
    sentence = share(found.both, found.carrying) + share(found.both, found.marked)
    act = share(found.acts_met, found.acts) + share(found.acts_right, found.suggested)
    speaker = share(found.speakers_met, found.acts) + share(found.speakers_right, found.suggested)
    return f"{name:12}{counts}{sentence}{act}{speaker}"


def main() -> None:
    """Print the table and what is missed."""
    package = read_package("arms_transfers")
    data = package.events()
    groups = {"articles": five_articles(package)} | {name: period(name) for name in PERIODS}
    print(f"{'':12}{'':21}{'sentence':>18}{'act':>18}{'speaker':>18}")
    print(f"{'':12}{'all':>7}{'carry':>7}{'marked':>7}{'recall':>9}{'precis.':>9}" + f"{'recall':>9}{'precis.':>9}" * 2)
    for case in groups["articles"]:
        print(_row(case.name, score(case, data=data)[0]))
    for name, cases in groups.items():
        print(_row(name, total(cases, data=data)))
    for name, cases in groups.items():
        print(f"\nMissed in {name}")
        for case in cases:
            for number, acts in score(case, data=data)[1]:
                print(f"  {case.name}, sentence {number}: {', '.join(sorted(acts))}")


if __name__ == "__main__":
    main()
