"""The card of a statement: all that is known of it, and nothing of it as markup."""

from __future__ import annotations

import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import workbook
from workbook.events import PASSAGE_COLUMNS, EventData
from workbook.evidence import fingerprint
from workbook.explorers.card import StatementCard, statement_card
from workbook.explorers.passages import ArticleFolder
from workbook.readers.coded import find_package

NOWHERE = ArticleFolder(Path("nowhere"))
EVIL = "<img src=x onerror=alert(1)>\"'&"
TAGS = {
    "article",
    "h3",
    "h4",
    "dl",
    "dt",
    "dd",
    "ul",
    "li",
    "b",
    "section",
    "p",
    "br",
    "a",
    "blockquote",
    "mark",
    "footer",
}


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.marked: list[str] = []
        self.words = ""
        self._is_marked = False
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.add(tag)
        self._is_marked = tag == "mark"
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"class", "aria-label", "href", "rel", "target"}

    def handle_endtag(self, tag) -> None:
        self._is_marked = False

    def handle_data(self, data) -> None:
        self.words += data
        if self._is_marked:
            self.marked.append(data)


@pytest.fixture(scope="module")
def coded() -> EventData:
    return workbook.load("arms_transfers")


def card_of(data: EventData, key: str, articles: ArticleFolder = NOWHERE) -> StatementCard:
    return statement_card(data, key, articles=articles)


def test_a_statement_with_a_better_date_says_both_dates_and_the_ground(coded) -> None:
    row = coded.events.set_index("event_id").loc["st015"]
    facts = dict(card_of(coded, "st015").facts)
    assert facts["Act"] == "denial"
    assert "September 2022" in facts["Date by the article"]
    assert facts["Best known date"].startswith("21 September 2022, ")
    assert facts["Best known date"].endswith(row["date_ground"])
    assert facts["Claim"] == "North Korea supplies weapons to Russia"
    assert facts["Said"] == row["summary"]


def test_a_statement_whose_own_date_is_the_best_says_it_once(coded) -> None:
    facts = dict(card_of(coded, "st001").facts)
    assert facts["Date by the article"] == "12 June 2023 (from: weekday)"
    assert "Best known date" not in facts
    assert facts["Act"] == "allegation, hedged"


def test_answers_stand_both_ways(dispute) -> None:
    answering, answered = card_of(dispute, "e4"), card_of(dispute, "e1")
    assert [each.event_id for each in answering.answers] == ["e1", "e2"]
    assert [each.event_id for each in answered.answered_by] == ["e3", "e4"]
    assert answered.answered_by[0].words == "10 September 2022: The rudolf, denial: What e3 says."
    assert not card_of(dispute, "e5").answers + card_of(dispute, "e5").answered_by


def test_all_speakers_of_a_joint_statement_are_named(dispute) -> None:
    assert dict(card_of(dispute, "e6").facts)["Speaker"] == "The FEN; The GRA; The ZEN; The LUT"


def test_what_is_only_referred_to_says_so_and_what_it_may_be(coded) -> None:
    said = dict(card_of(coded, "st003").facts)["Only referred to"]
    assert said.startswith("its occasion is not told; it may be: ")
    assert said.count("denial") == 2  # st015 and st048


def test_every_article_that_carries_it_is_named_with_the_form(dispute) -> None:
    reports = card_of(dispute, "e1").reports
    assert [(each.source_id, each.publisher, each.agency, each.published, each.form) for each in reports] == [
        ("s1", "Courier", "Newswire", "30 October 2022", "direct"),
        ("s2", "Mail", "", "21 December 2022", "direct"),
    ]


def test_a_statement_without_a_source_says_so(dispute) -> None:
    without = replace(dispute, mentions=dispute.mentions.iloc[:0])
    assert "No source is named for it." in card_of(without, "e1").html()


def test_an_unknown_statement_has_no_card(dispute) -> None:
    with pytest.raises(KeyError):
        card_of(dispute, "e99")


@pytest.mark.parametrize("key", ["st001", "st003", "st015", "st019", "st047"])
def test_cards_are_made_of_these_tags_alone(coded, key) -> None:
    assert Seen(card_of(coded, key).html()).tags <= TAGS


def test_hostile_text_in_every_field_is_shown_and_never_markup(dispute, tmp_path) -> None:
    def hostile(table: pd.DataFrame, *but: str) -> pd.DataFrame:
        texts = [name for name in table if name not in but and not pd.api.types.is_numeric_dtype(table[name].dtype)]
        texts = [name for name in texts if not pd.api.types.is_datetime64_any_dtype(table[name].dtype)]
        return table.assign(**dict.fromkeys(texts, EVIL))

    (tmp_path / "a.txt").write_text(f"{EVIL} Boats {EVIL} were sold. {EVIL}", encoding="utf-8")
    kept = fingerprint(f"Boats {EVIL} were sold")
    data = replace(
        dispute,
        events=hostile(dispute.events, "event_id", "date_text", "source_date_text", "claim_id", "actor_id", "act"),
        actors=hostile(dispute.actors, "actor_id", "parent_id").assign(description=EVIL),
        claims=hostile(dispute.claims, "claim_id"),
        sources=hostile(dispute.sources.assign(title="", url=""), "source_id", "published"),
        mentions=dispute.mentions.assign(form=EVIL),
        acts=dispute.acts.assign(definition=EVIL),
        passages=pd.DataFrame([("p1", "e4", "s2", kept.sha256, kept.length, 0)], columns=list(PASSAGE_COLUMNS)),
    )
    seen = Seen(card_of(data, "e4", ArticleFolder(tmp_path)).html())
    assert seen.tags <= TAGS
    assert seen.marked == [f"Boats {EVIL} were sold"]
    assert seen.words.count(EVIL) >= 15
    assert not seen.links


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://news.example/a?b=1&c=2", ["https://news.example/a?b=1&c=2"]),
        ("http://news.example/", ["http://news.example/"]),
        ("javascript:alert(1)", []),
        (" javascript:alert(1)//https://", []),
        ("data:text/html,<script>alert(1)</script>", []),
        ("//news.example", []),
        ('https://x.example/" onclick="alert(1)', ['https://x.example/" onclick="alert(1)']),
    ],
)
def test_only_addresses_of_the_web_are_links(dispute, url, links) -> None:
    data = replace(dispute, sources=dispute.sources.assign(url=url, title="A title"))
    assert Seen(card_of(data, "e2").html()).links == links


def test_the_passage_stands_highlighted_where_the_analyst_has_the_article(tmp_path) -> None:
    package = tmp_path / "copied"
    shutil.copytree(find_package("arms_transfers"), package)
    sentence = "No boat of ours has ever left for their harbour"
    kept, path = fingerprint(sentence), package / "passages.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    first = rows.index[rows["mention_id"] == "m001"][0]
    rows.loc[first, ["sha256", "length", "offset"]] = [kept.sha256, str(kept.length), "7"]
    rows.to_csv(path, index=False, lineterminator="\n")
    (package / "articles").mkdir()
    (package / "articles" / "mine.txt").write_text(f"Quietly: “{sentence.upper()}”, she said.", encoding="utf-8")
    data = workbook.load(str(package))
    card = card_of(data, "st001", ArticleFolder(package / "articles"))
    seen = Seen(card.html())
    assert seen.marked == [sentence.upper()]
    assert "mine.txt, your copy" in seen.words
    (report,) = card.reports
    assert (report.passages, len(report.excerpts)) == (2, 1)
    assert "1 of 2 passages found in no file" in seen.words


def test_without_a_copy_the_card_says_where_to_put_it(coded) -> None:
    words = Seen(card_of(coded, "st001").html()).words
    assert "2 of 2 passages found in no file of nowhere. Put your copy of the article there" in words
