"""How a dispute unfolded, in sentences: the numbers that were counted by hand stand in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from workbook import findings, measures
from workbook.events import EventData, Selection, select


def story(chosen: Selection, everything: Selection | None = None, **how) -> list[str]:
    """All that the notebook prints, a sentence a line."""
    linked = measures.exchanges(chosen)
    answers = measures.who_answers_whom(linked, selection=chosen)
    alleged = measures.alleged_claims(chosen, denials=everything or chosen)
    pairs = measures.outlets_of_answers(linked, selection=chosen)
    parts = [
        findings.waves(measures.waves(chosen, **how)),
        findings.who_answers_whom(answers, linked),
        findings.never_denied(alleged),
        findings.confirmed(alleged),
        findings.outlets(measures.outlets(chosen), measures.most_carried(chosen), pairs),
    ]
    assert all(part.sentences for part in parts), "an empty line would be an empty finding"
    return [sentence for part in parts for sentence in part.sentences]


def moved(dispute: EventData, **claims: str) -> EventData:
    """Give some events another claim."""
    rows = dispute.events
    return replace(dispute, events=rows.assign(claim_id=rows["event_id"].map(claims).fillna(rows["claim_id"])))


def test_waves_say_how_many_there_are_and_what_hangs_on_the_gap(chosen) -> None:
    lines = story(chosen)
    assert lines[:2] == [
        "3 allegations in 3 waves: a new one begins after more than 14 days without an allegation.",
        "The same waves come out for any gap from 4 to 21 days; half as long a gap (7 days) makes 3, "
        "twice as long (28 days) 2.",
    ]
    # e5, of an unknown day of November, is in no wave.
    assert "The longest silence, 78 days without an allegation of a known day, comes before wave 3." in lines
    assert "1 of 3 waves has no denial, in it or in answer: 3." in lines


def test_each_wave_is_told_with_its_dates_and_their_uncertainty(chosen) -> None:
    lines = story(chosen)
    assert (
        "Wave 1, 6 September 2022: 1 allegation by The FEN; its claim “sells-boats indeed” is new here; "
        "carried by 2 outlets; no denial falls in it, and 2 answer it." in lines
    )
    assert (
        "Wave 2, between 29 September and 2 October 2022: 1 allegation by The FEN; its claim “sells-boats indeed”; "
        "carried by 1 outlet; no denial falls in it, and 1 answers it." in lines
    )
    assert any("carried by 1 outlet; no denial falls in it or answers it." in line for line in lines)


def test_one_wave_is_told_as_one(chosen) -> None:
    lines = story(chosen, gap_days=30)
    assert lines[0] == "4 allegations in 1 wave: a new one begins after more than 30 days without an allegation."
    assert "With one wave there is no silence between waves." in lines
    assert "The wave has a denial, in it or in answer." in lines
    (wave,) = [line for line in lines if line.startswith("Wave 1")]
    assert "3 claims, all for the first time here, most often “sells-boats indeed” (twice)" in wave
    assert "3 denials fall in it, and 2 answer it." in wave


def test_a_denial_of_an_uncertain_day_falls_in_a_wave_perhaps(dispute) -> None:
    lines = story(select(dispute, referred=True))
    assert "0 to 1 denial falls in it, and 2 answer it." in next(line for line in lines if line.startswith("Wave 1"))


def test_of_many_waves_the_largest_are_told(dispute) -> None:
    rows = dispute.events.iloc[[0] * 23].reset_index(drop=True)
    days = pd.Series(pd.date_range("2020-01-01", periods=22, freq="100D", unit="us").tolist())
    days = pd.concat([days, days.tail(1)], ignore_index=True)
    keys = pd.Series([f"a{place}" for place in range(23)], dtype="str")
    events = rows.assign(event_id=keys, date_earliest=days, date_latest=days)
    told = findings.waves(measures.waves(select(replace(dispute, events=events)))).sentences
    assert sum(line.startswith("Wave ") for line in told) == 20
    assert "Wave 22" in "".join(told)
    assert "Not told here: 2 smaller waves with 2 allegations." in told


def test_pairs_say_what_is_answered_how_soon_and_by_which_denial(chosen) -> None:
    lines = story(chosen)
    assert "2 of 4 allegations are answered, by 1 party; 1 of 2 pairs of accuser and accused has an answer." in lines
    assert (
        "The RUR answers 2 of 3 allegations about it by The FEN, 67 % (95 % interval 21 to 94 %); the median lag is "
        "10 to 13 days (Kaplan-Meier); the fastest answer comes after 4 days (e3), the slowest after 10 to 13 days (e4)."
        in lines
    )
    assert "Without any answer by who is accused: The FEN about The GRA (1)." in lines


def test_who_answers_what_is_about_others_is_named(dispute) -> None:
    # e3 answers e1, which is about RUR: here ZEN makes it.
    people = dispute.participants
    is_e3 = (people["event_id"] == "e3") & (people["role"] == "speaker")
    lines = story(select(replace(dispute, participants=people.assign(actor_id=people["actor_id"].mask(is_e3, "ZEN")))))
    assert "2 of 4 allegations are answered, by 2 parties; 2 of 3 pairs of accuser and accused have an answer." in lines
    assert "The ZEN answers 1 allegation by The FEN about others; the answer comes after 4 days (e3)." in lines


def test_claims_without_a_denial_are_named_with_their_days(dispute) -> None:
    lines = story(select(dispute, end="2022-12-21"))
    assert "1 of 3 alleged claims was never denied up to 21 December 2022; it was alleged once." in lines
    assert "Longest without a denial: “helps indeed” (first alleged on 20 December 2022, 1 day)." in lines
    assert "Most often alleged without a denial: “helps indeed” (once by 1 speaker)." in lines


def test_where_every_claim_was_denied_it_is_said(dispute) -> None:
    lines = story(select(moved(dispute, e11="sells-boats")))
    assert "Of 2 alleged claims none was left without a denial up to 20 December 2022." in lines


def test_confirmed_is_what_the_speaker_calls_so(dispute) -> None:
    lines = story(select(moved(dispute, e5="sells-boats")))
    assert "1 of 2 alleged claims was called confirmed by who alleged it, which does not make it true." in lines
    assert (
        "“sells-boats indeed”: first called confirmed between 1 and 30 November 2022 by The FEN, 56 to 85 days after it was first "
        "alleged (on 6 September 2022); denied too." in lines
    )


def test_a_confirmed_claim_is_undenied_up_to_the_last_day_observed(dispute) -> None:
    lines = story(select(dispute, claims=["sold-yacht"], acts=["allegation"], end="2022-12-10"))
    assert (
        "“sold-yacht indeed”: first called confirmed between 1 and 30 November 2022 by The FEN, on the day on which it "
        "was first alleged; not denied up to 10 December 2022." in lines
    )


def test_a_record_of_open_dates_alone_has_findings(dispute) -> None:
    events = dispute.events.assign(date_latest=pd.NaT)
    unknown = select(replace(dispute, events=events, sources=dispute.sources.assign(published=None)))
    lines = [*findings.never_denied(measures.alleged_claims(unknown, denials=unknown)).sentences]
    assert lines[0] == "1 of 3 alleged claims was never denied up to the end of the record; it was alleged once."


def test_nothing_confirmed_is_said(dispute) -> None:
    unconfirmed = replace(dispute, events=dispute.events.assign(hedge="hedged"))
    assert "No speaker says of any claim that it was confirmed." in story(select(unconfirmed))


def test_outlets_are_compared_with_their_numbers(chosen) -> None:
    lines = story(chosen)
    assert "Of 4 allegations 3 (75 %) are in one outlet alone; the most carried is in 2." in lines
    assert "All 3 denials are in one outlet alone." in lines
    assert "Most carried allegation: FEN, 6 September 2022, “sells-boats indeed” (2 outlets)." in lines
    assert (
        "Allegations that a denial answers are in a median of 1.5 outlets (n = 2), the denials in 1 (n = 2)." in lines
    )
    # e4 answers two allegations, in 2 outlets and in 1.
    assert "Carried by fewer outlets than what it answers: 2 of 2 denials, 100 % (95 % interval 34 to 100 %)." in lines


def test_events_without_claims_and_links_say_what_cannot_be_told(dispute) -> None:
    machine = replace(
        dispute,
        events=dispute.events.assign(claim_id=None, is_machine_coded=True),
        links=None,
    )
    text = "\n".join(story(select(machine)))
    assert "Nobody has coded which denial answers which event: who answers whom cannot be told." in text
    assert "answers to a wave cannot be told." in text
    assert "4 allegations here name no claim: what was left without a denial cannot be told." in text
    assert "4 allegations here name no claim: what was called confirmed cannot be told." in text


@pytest.mark.parametrize(
    "narrowed",
    [{"acts": [act]} for act in ("allegation", "denial", "contact", "assessment")]
    + [{"start": "2022-09-01", "end": "2022-09-20"}, {"start": "1990-01-01", "end": "1990-12-31", "acts": ["denial"]}],
    ids=str,
)
def test_any_selection_has_findings_that_end_as_sentences(dispute, narrowed) -> None:
    for sentence in story(select(dispute, **narrowed), select(dispute, referred=True)):
        assert sentence.endswith(".")
        assert not re.search(r"\bnan\b|None\b(?! of)|NaT|\b1 (allegation|denial|claim|wave|day|outlet|pair)s", sentence)


@pytest.mark.parametrize("only", [{"acts": ["denial"]}, {"acts": ["contact"]}], ids=str)
def test_without_an_allegation_each_part_says_so(dispute, only) -> None:
    text = "\n".join(story(select(dispute, **only)))
    assert "No allegation matches these parameters: there is no wave." in text
    assert "none awaits an answer" in text
    assert "No claim is alleged: none can be called confirmed." in text


def test_a_silence_in_which_nothing_can_lie_is_one(dispute) -> None:
    lines = story(select(dispute, claims=["sells-boats", "helps"]))
    assert "The longest silence, 78 days without an allegation, comes before wave 3." in lines
