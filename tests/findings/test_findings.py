"""Findings in sentences: the numbers that were counted by hand stand in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

import workbook
from workbook import findings, measures
from workbook.events import select
from workbook.findings.statements import MIME_TYPE


def frequency_of(chosen, **choices) -> str:
    return str(
        findings.frequency(measures.frequency(chosen, split_by="side", **choices), measures.denial_share(chosen))
    )


def test_frequency_names_the_busiest_bins_the_uncertain_part_and_the_denials(chosen) -> None:
    text = frequency_of(chosen)
    assert "The busiest months are Sep 2022 and Oct 2022 with 2.5 of 9 statements each (28 %)." in text
    assert "1 of 9 (11 %) is spread over several months" in text
    assert "Of 7 that allege or deny, 3 deny: 43 %" in text
    assert "Left out: 1 only referred to." in text


def test_frequency_says_how_uncertain_dates_count(chosen) -> None:
    # e2 lies half in September, half in October; e9 is in no bin.
    middle = frequency_of(chosen, uncertain="midpoint")
    assert "1 of 9 (11 %) is put into the month of the middle day, because the date is uncertain" in middle
    without = frequency_of(chosen, uncertain="leave_out")
    assert "Every statement in the bars has a date that falls into one month." in without


def test_frequency_of_nothing_says_so(dispute) -> None:
    nothing = select(dispute, start="1990-01-01", end="1990-12-31", acts=["denial"])
    assert frequency_of(nothing).startswith("No statement matches these parameters.")


@pytest.mark.parametrize(
    "narrowed",
    [{"acts": [act]} for act in ("allegation", "denial", "warning", "contact", "assessment")]
    + [{"start": "2022-09-01", "end": "2022-09-20"}, {"start": "1990-01-01", "end": "1990-12-31", "acts": ["denial"]}],
    ids=str,
)
def test_any_selection_has_findings_that_end_as_sentences(dispute, narrowed) -> None:
    chosen = select(dispute, **narrowed)
    linked = measures.exchanges(chosen)
    texts = [
        frequency_of(chosen),
        str(findings.activity(measures.activity(chosen), measures.who_about_whom(chosen))),
        str(findings.exchanges(linked, measures.median_lags(linked), measures.compare_links(chosen))),
        str(findings.ledger(measures.ledger(chosen))),
        str(findings.coverage(measures.coverage(chosen), measures.carried_by(chosen))),
    ]
    for sentence in "\n".join(texts).splitlines():
        assert sentence.endswith(".")
        assert not re.search(r"\bnan\b|None|NaT", sentence)


def test_activity_names_who_speaks_alleges_and_denies(chosen) -> None:
    text = str(findings.activity(measures.activity(chosen), measures.who_about_whom(chosen)))
    assert "8 speakers; the most active are The FEN and The rudolf with 3 statements each of 10: 30 %" in text
    assert "Who allege: FEN (2) and duke (2)." in text
    assert "Who deny: rudolf (2) and ministry (1)." in text
    assert "The most frequent pair is The FEN about The RUR: 4 statements, of which 3 allege and 0 deny." in text


def test_exchanges_say_what_is_answered_and_how_soon(chosen) -> None:
    linked = measures.exchanges(chosen)
    text = str(findings.exchanges(linked, measures.median_lags(linked), measures.compare_links(chosen)))
    assert "2 of 4 allegations are answered by 2 denials: 50 %" in text
    assert "Answered, by who is accused: The RUR: 2 of 3; The GRA: 0 of 1." in text
    assert "The median lag to a denial is 10 days" in text
    assert "2 answered by the same denial in both ways, 1 by the window alone and 1 by neither" in text


def test_of_none_that_is_answered_no_others_are_told(dispute) -> None:
    alone = select(dispute, acts=["allegation"])
    linked = measures.exchanges(alone)
    text = str(findings.exchanges(linked, measures.median_lags(linked), measures.compare_links(alone)))
    assert text.startswith("Of 4 allegations none is answered by a denial to the end of the time observed: 0 % (95 %")
    assert "What is left out can hold denials of what is in." in text


def test_the_ledger_says_how_claims_stand(chosen) -> None:
    text = str(findings.ledger(measures.ledger(chosen)))
    assert "5 claims: 2 neither alleged nor denied; 1 alleged and denied" in text
    assert "“sells-boats indeed” (alleged twice by FEN; duke, denied twice by rudolf; ministry)" in text
    assert "Called confirmed by who alleges it: “sold-yacht indeed”." in text


def test_coverage_says_what_one_source_alone_carries(chosen) -> None:
    text = str(findings.coverage(measures.coverage(chosen), measures.carried_by(chosen)))
    assert "3 sources; Mail and Times carry most: 4 statements each." in text
    assert "9 of 10 statements (90 %) are in one source alone." in text


def test_agreement_names_the_weak_fields() -> None:
    text = str(findings.agreement(measures.agreement(workbook.load_codings("arms_transfers"))))
    assert "The coders found 62 and 61 units; 56 are the same: 91 % of all." in text
    assert "Krippendorff's bound even for tentative conclusions: target." in text


def test_statements_are_listed_oldest_first_with_what_they_sort_by(chosen) -> None:
    table = findings.statements(chosen)
    assert table.keys[:3] == ("e1", "e3", "e2")
    assert table.cells[2][0] == "between 29 September and 2 October 2022"
    assert table.orders[2][0] == "2022-09-29 2022-10-02"
    assert table.cells[0][2] == "allegation (asserted)"


def test_statements_are_text_in_every_form(dispute) -> None:
    evil = "<script>alert(1)</script>"
    hostile = dispute.events.assign(summary=evil)
    dispute.events[:] = hostile
    bundle = findings.statements(select(dispute))._repr_mimebundle_()
    assert evil not in bundle["text/html"]
    assert "&lt;script&gt;" in bundle["text/html"]
    assert bundle[MIME_TYPE]["rows"][0]["cells"][5] == evil  # as data; the page escapes it


def test_provenance_names_version_and_checksum(dispute) -> None:
    text = str(findings.provenance(dispute))
    assert "data version: 1.0.0" in text
    assert f"data checksum (SHA-256): {'0' * 64}" in text


def test_numbers_are_the_same_text_every_time(chosen) -> None:
    table = measures.exchanges(chosen).table
    text = findings.numbers(table, columns=["allegation_id", "denial_id", "lag_low", "denial_earliest"])
    assert text.splitlines()[1].split() == ["e1", "e3", "4", "2022-09-10"]
    assert text.splitlines()[4].split() == ["e5", "-", "-", "-"]
    assert findings.numbers(table.head(0)) == "no rows"


def test_the_ledger_names_the_first_speakers_of_many_and_counts_the_others(chosen) -> None:
    measured = measures.ledger(chosen)
    many = measured.table.assign(alleged_by="; ".join("ABCDEF"), denied_by="; ".join("ABCDE"))
    text = str(findings.ledger(replace(measured, table=many)))
    assert "alleged twice by A; B; C; D and 2 more, denied twice by A; B; C; D; E" in text


def test_of_many_claims_called_confirmed_the_most_often_are_named(chosen) -> None:
    measured = measures.ledger(chosen)
    yacht = measured.table[measured.table["claim_id"] == "sold-yacht"]
    many = [yacht.assign(claim=f"c{place}", confirmed=place) for place in range(1, 8)]
    text = str(findings.ledger(replace(measured, table=pd.concat(many, ignore_index=True))))
    assert "Called confirmed by who alleges it: “c7”, “c6”, “c5”, “c4”, “c3” and 2 more." in text


def test_of_many_who_are_accused_the_most_often_are_named_and_the_others_added_up(chosen) -> None:
    linked = measures.exchanges(chosen)
    one = linked.table[linked.table["allegation_id"] == "e11"]
    more = [one.assign(allegation_id=f"m{place}", accused_name=f"Z{place}") for place in range(7)]
    many = replace(linked, table=pd.concat([linked.table, *more], ignore_index=True))
    text = str(findings.exchanges(many, measures.median_lags(linked), measures.compare_links(chosen)))
    # Of nine who are accused, six are named: RUR three times, the others once each, by name.
    assert "The RUR: 2 of 3; The GRA: 0 of 1; Z0: 0 of 1; Z1: 0 of 1; Z2: 0 of 1; Z3: 0 of 1; 3 others: 0 of 3." in text


def test_of_many_busiest_days_the_first_are_named(chosen) -> None:
    text = frequency_of(chosen, period="day", uncertain="leave_out")
    assert (
        "The busiest days are 2022-09-06, 2022-09-10, 2022-10-12, 2022-11-15, 2022-12-01 and 1 more with 1 of 6 "
        "statements each"
    ) in text


def test_without_coded_answers_no_allegation_is_called_unanswered(dispute) -> None:
    uncoded = select(replace(dispute, links=None))
    linked = measures.exchanges(uncoded)
    text = str(findings.exchanges(linked, measures.median_lags(linked), measures.compare_links(uncoded)))
    assert text.startswith("Which allegations are answered cannot be told by coding: link by the window")
    assert "0 of 4" not in text
    assert "median lag" not in text
    assert text.endswith("Nobody has coded which denial answers which event.")
    linked = measures.exchanges(uncoded, link="window")
    assert "of 4 allegations are answered by" in str(
        findings.exchanges(linked, measures.median_lags(linked), measures.compare_links(uncoded))
    )


def test_who_speaks_as_often_as_the_first_is_named_with_it(dispute) -> None:
    # Alone they say one thing each: e1 and e5 are of FEN, e2 and e11 of the duke.
    alone = select(dispute, acts=["allegation"])
    text = str(findings.activity(measures.activity(alone), measures.who_about_whom(alone, level="actor")))
    assert "2 speakers; the most active are The FEN and The duke with 2 statements each of 4: 50 %" in text
    assert "The most frequent pair is The FEN about The RUR: 2 statements" in text
    one = select(dispute, claims=["sells-boats"], acts=["allegation"])
    text = str(findings.activity(measures.activity(one), measures.who_about_whom(one, level="actor")))
    assert "One of the 2 most frequent pairs is The FEN about The RUR: 1 statement" in text


def test_who_is_first_heard_in_a_month_is_heard_in_it(dispute) -> None:
    yacht = select(dispute, claims=["sold-yacht"], actors=["FEN"])
    text = str(findings.activity(measures.activity(yacht), measures.who_about_whom(yacht)))
    assert "The FEN is first heard in November 2022 and last in November 2022." in text


def test_sources_that_carry_as_many_are_named_together(dispute) -> None:
    chosen = select(dispute, acts=["denial"], sources=["s2", "s3"])
    text = str(findings.coverage(measures.coverage(chosen), measures.carried_by(chosen)))
    assert "2 sources; Mail carries most: 2 statements." in text
    chosen = select(dispute, acts=["denial", "contact", "allegation"], claims=["visits", "helps"])
    text = str(findings.coverage(measures.coverage(chosen), measures.carried_by(chosen)))
    assert "2 sources; Courier (Newswire) and Mail carry most: 1 statement each." in text


def test_what_nobody_denies_in_the_ledger_is_not_said_to_be_never_denied(chosen) -> None:
    text = str(findings.ledger(measures.ledger(chosen)))
    assert "Alleged, and not denied in these statements: 1 claim, “helps indeed”." in text
    assert "never" not in text
