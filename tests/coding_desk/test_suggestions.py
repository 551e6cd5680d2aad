"""Suggestions: which act of whom a sentence carries, and when it was said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.suggestions import five_articles, total
from workbook.coding_desk.article import Article
from workbook.coding_desk.suggestions import Suggestion, suggest
from workbook.dates import bounds
from workbook.events import EventData
from workbook.readers.coded import read_package

TUESDAY = "2023-06-13"


@pytest.fixture(scope="module")
def data() -> EventData:
    return read_package("arms_transfers").events()


def suggestions(text: str, data: EventData, published: str = TUESDAY) -> tuple[Suggestion, ...]:
    return suggest(Article(text, published=published), data=data)


def only(text: str, data: EventData, published: str = TUESDAY) -> Suggestion:
    (found,) = suggestions(text, data, published)
    return found


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("Kirby said that Moscow buys old shells from Pyongyang.", "allegation", "john-kirby"),
        ("The White House believes that Moscow buys old shells.", "allegation", "white-house"),
        ("Moscow denied that it had bought any shells.", "denial", "RUS"),
        ("“We have never sold a single shell,” an official of North Korea’s defence ministry said.", "denial", "dprk-defence-ministry-official"),
        ("Peskov declined to comment on the shells.", "no_comment", "dmitry-peskov"),
        ("“There is nothing I can say on shells today,” Peskov told reporters.", "no_comment", "dmitry-peskov"),
        ("Kirby said there was no evidence that the shells had been used.", "qualification", "john-kirby"),
        ("North Korea accused the United States of inventing the shells.", "counter_accusation", "PRK"),
        ("The United States accused North Korea of shipping shells.", "allegation", "USA"),
        ("Japan condemned the sale of shells.", "criticism", "JPN"),
        ("South Korea urged Russia to send the shells back.", "demand", "KOR"),
        ("Kirby warned that the sale of shells would have consequences.", "warning", "john-kirby"),
        ("Kirby warned North Korea to stop sending shells.", "demand", "john-kirby"),
        ("Putin vowed to deepen the friendship in a letter.", "pledge", "vladimir-putin"),
        ("“We continue to monitor the ports closely,” Adrienne Watson said.", "announcement", "adrienne-watson"),
        ("Political analysts say the friendship is one of need.", "assessment", "political-analysts"),
        ("Ukraine cut off diplomatic ties with Pyongyang.", "recognition", "UKR"),
        ("Shoigu visited Pyongyang with a delegation.", "contact", "sergei-shoigu"),
        ("Washington imposed sanctions on a broker.", "sanction", "USA"),
    ],
)  # fmt: skip
def test_an_act_and_its_speaker_are_seen(text: str, act: str, actor: str, data: EventData) -> None:
    found = only(text, data)
    assert (found.act, found.actor_id) == (act, actor)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("{} said it has no plans to sell shells.", {"Moscow": "denial", "Washington": "allegation"}),
        (
            "{} said there was no evidence of any shells.",
            {"Moscow": "counter_accusation", "Washington": "qualification"},
        ),
    ],
)
def test_the_same_words_are_another_act_on_the_other_side(text: str, act: dict[str, str], data: EventData) -> None:
    assert {state: only(text.format(state), data).act for state in act} == act


@pytest.mark.parametrize(
    ("text", "speaker", "actor", "attribution"),
    [
        ("The New York Times quoted several U.S. officials as saying that shells were sold.", "several U.S. officials", "us-officials", "unnamed_official"),
        ("A U.S. State Department spokesperson said shells were sold.", "A U.S. State Department spokesperson", "us-state-department-spokesperson", "unnamed_spokesperson"),
        ("Deputy Harbour Minister Rudolf Fen said shells were sold.", "Rudolf Fen", "", "named"),
        ("Sources from the U.S. and its allied countries said shells were sold.", "Sources from the U.S. and its allied countries", "us-and-allied-sources", "unnamed_sources"),
        ("According to Sullivan, Moscow waits for shells.", "Sullivan", "jake-sullivan", "named"),
        ("Shells were sold, said the Kremlin.", "the Kremlin", "kremlin", "institution"),
        ("Adrienne Watson, spokesperson for a council, said shells were sold.", "Adrienne Watson", "adrienne-watson", "named"),
        ("An official, who would not be named, told CBS that shells were sold.", "An official", "cbs-official", "unnamed_official"),
        ("The United States, Japan and South Korea said in a joint letter that shells were sold.", "The United States, Japan, South Korea", "USA JPN KOR", "joint"),
    ],
)  # fmt: skip
def test_who_speaks_is_named_as_the_article_does(
    text: str, speaker: str, actor: str, attribution: str, data: EventData
) -> None:
    found = suggestions(text, data)[0]
    assert (found.speaker, found.actor_id, found.attribution) == (speaker, actor, attribution)


def test_the_medium_that_quotes_somebody_is_the_relay(data: EventData) -> None:
    found = only("KCNA said Kim pledged his support to Moscow.", data)
    assert (found.act, found.actor_id, found.relay) == ("pledge", "kim-jong-un", "kcna")


def test_pronouns_and_the_official_are_the_speaker_before(data: EventData) -> None:
    text = "Kirby said shells were sold. He added that more were on the way. Moscow denied it. “It goes on,” the spokesman said."
    assert [each.actor_id for each in suggestions(text, data)] == ["john-kirby", "john-kirby", "RUS", "john-kirby"]


def test_somebody_new_is_known_by_the_family_name_the_second_time(data: EventData) -> None:
    text = "Harbour Minister Rudolf Fen said shells were sold. More are on the way, Fen said."
    assert [each.speaker for each in suggestions(text, data)] == ["Rudolf Fen", "Rudolf Fen"]


def test_a_quotation_without_a_verb_has_the_speaker_of_its_paragraph(data: EventData) -> None:
    text = "Kirby said shells were sold.\n“And more of them are on the way to the front.”"
    assert [(each.sentence, each.actor_id) for each in suggestions(text, data)] == [
        (1, "john-kirby"),
        (2, "john-kirby"),
    ]


def test_a_printed_statement_is_of_who_issued_it(data: EventData) -> None:
    text = (
        "An official of North Korea’s defence ministry released the following statement:\n"
        "We have never exported a shell.\nThe rumour is meant to tarnish us."
    )
    found = [(each.sentence, each.act, each.actor_id) for each in suggestions(text, data) if each.sentence > 1]
    assert (2, "denial", "dprk-defence-ministry-official") in found
    assert (3, "counter_accusation", "dprk-defence-ministry-official") in found


def test_denials_without_an_occasion_are_referred_to_and_dated_no_later_than_the_article(data: EventData) -> None:
    found = suggestions("Kirby said on Monday that despite Pyongyang’s denials shells were sold.", data)
    assert [(each.act, each.actor_id, each.is_referred, each.said) for each in found] == [
        ("allegation", "john-kirby", False, "2023-06-12"),
        ("denial", "PRK", True, "[..2023-06-13]"),
    ]


@pytest.mark.parametrize(
    ("text", "said", "basis"),
    [
        ("Kirby said on Monday that shells were sold in November 2022.", "2023-06-12", "weekday"),
        ("Kirby said that shells were sold in November 2022.", "[..2023-06-13]", "bound"),
        ("In early May, Kirby said that shells were sold.", "[2023-05-01..2023-05-10]", "relative"),
        ("“They sold shells yesterday,” Kirby said.", "[..2023-06-13]", "bound"),  # yesterday is the speaker's
        ("“Shells were sold to them again,” said Kirby at the White House in Washington on Monday.", "2023-06-12", "weekday"),
        ("Putin vowed in a long letter to his friend in Pyongyang last November to send shells.", "2022-11", "relative"),
    ],
)  # fmt: skip
def test_the_date_of_a_statement_is_the_one_beside_its_verb(text: str, said: str, basis: str, data: EventData) -> None:
    found = suggestions(text, data)[0]
    assert (found.said, found.said_basis) == (said, basis)


def test_dates_that_are_passed_over_are_told(data: EventData) -> None:
    found = only("Kirby said on Monday that shells were sold in November 2022.", data)
    assert found.date_words == "on Monday"
    assert any("“November 2022”" in ground for ground in found.grounds)
    assert any("“on Monday”" in ground for ground in found.grounds)


def test_the_words_of_one_occasion_have_its_date(data: EventData) -> None:
    text = "The White House said on Monday that shells were sold. “More are on the way to the front,” Kirby said."
    assert [(each.said, each.said_basis) for each in suggestions(text, data)] == [
        ("2023-06-12", "weekday"),
        ("2023-06-12", "context"),
    ]


def test_the_date_of_a_visit_is_not_that_of_what_the_visitor_says(data: EventData) -> None:
    text = "During a stay in Pyongyang in May, Shoigu visited a harbour. He said that the harbour was a busy one."
    assert [(each.act, each.said) for each in suggestions(text, data)] == [
        ("contact", "2023-05"),
        ("announcement", "[..2023-06-13]"),
    ]


def test_without_a_date_of_publication_there_is_no_date(data: EventData) -> None:
    found = only("Kirby said on Monday that shells were sold.", data, published="")
    assert (found.said, found.said_basis) == ("", "")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Kirby said that shells were sold.", "indirect"),
        ("“Shells were sold to them once again,” Kirby said.", "direct"),
        (
            "Kirby told the reporters who had come to the harbour on that day that shells were “sold once again”.",
            "mixed",
        ),
    ],
)
def test_how_words_are_given_is_told(text: str, form: str, data: EventData) -> None:
    assert suggestions(text, data)[0].form == form


@pytest.mark.parametrize(
    "text",
    [
        "Kirby says shells were sold",  # a headline
        "Read also: Kirby said shells were sold.",
        "(Reporting by A. Writer; Kirby said shells were sold.)",
        "FILE PHOTO: Kirby said shells were sold.",
        "Follow us, Kirby said.",
        "https://courier.example/kirby-said-shells-were-sold",
        "Shells are heavy and expensive.",
        "The shells were described by nobody.",
        "The missions did not respond.",
        "",
    ],
)
def test_what_is_no_statement_of_the_article_is_not_marked(text: str, data: EventData) -> None:
    assert suggestions(text, data) == ()


def test_articles_in_other_languages_get_no_suggestions(data: EventData) -> None:
    assert suggest(Article("Kirby said shells were sold.", language="fr", published=TUESDAY), data=data) == ()


def test_every_suggestion_says_on_which_words_it_rests(data: EventData) -> None:
    found = only("Peskov declined to comment on Monday.", data)
    assert found.grounds == (
        "Act: “declined to” is a verb of no_comment.",
        "Speaker: “Peskov” is dmitry-peskov.",
        "Date: “on Monday” stands beside the verb.",
    )


PIECES = [
    "Kirby", "the official", "Moscow", "said", "denied", "“We never sold”", "“", "”", '"', "on Monday", "that", ",", ".", "and",
    "according to", "he", "its denials", "saying", "KCNA", "\n", "Rudolf Fen", "would violate", "quoted", "who", ":",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_any_text_gives_suggestions_in_order_with_dates_of_the_codebook(text: str) -> None:
    data = read_package("arms_transfers").events()
    found = suggestions(text, data)
    assert [each.sentence for each in found] == sorted(each.sentence for each in found)
    acts = set(data.acts["act"])
    actors = set(data.actors["actor_id"])
    for each in found:
        assert each.act in acts
        assert set(each.actor_id.split()) <= actors
        assert bounds(each.said).latest is not None


def test_whom_a_data_set_does_not_have_is_named_without_a_key(dispute: EventData) -> None:
    text = "Putin said boats were sold. The Pentagon said so. The ruler of Rurland denied it."
    found = suggest(Article(text, published=TUESDAY), data=dispute)
    assert [(each.speaker, each.actor_id) for each in found] == [
        ("Putin", ""),
        ("The Pentagon", ""),
        ("The ruler of Rurland", ""),
    ]


def test_names_are_found_as_they_are_spelt(dispute: EventData) -> None:
    names = {"duke": "Ronan McBoat", "rudolf": "Rudolf de-la Mer"}
    actors = dispute.actors.assign(name=dispute.actors["actor_id"].map(names).fillna(dispute.actors["name"]))
    text = "McBoat said boats were sold. Rudolf De La Mer denied it."
    found = suggest(Article(text, published=TUESDAY), data=replace(dispute, actors=actors))
    assert [each.actor_id for each in found] == ["duke", "rudolf"]


def test_a_line_without_end_does_not_hold_up_the_desk(data: EventData) -> None:
    (found,) = {each.act for each in suggestions("Rudolf Fen of Kirby said " * 5_000 + ".", data)}
    assert found == "allegation"


@pytest.mark.shared
def test_nine_in_ten_of_the_sentences_with_coded_statements_are_marked(articles: Path) -> None:
    package = read_package("arms_transfers")
    found = total(five_articles(package, articles), data=package.events())
    assert found.carrying == 61
    assert found.both / found.carrying >= 0.9
    assert found.both / found.marked >= 0.9
