"""What is said of coded statements against a machine's events."""

from __future__ import annotations

import pandas as pd

from workbook import charts, findings, measures
from workbook.events import Selection, select
from workbook.readers.frame import events_from_frame
from workbook.readers.made_up import write_made_up
from workbook.readers.stored import MADE_UP, open_events


def stream(*rows: tuple[str, str, str, str]) -> Selection:
    frame = pd.DataFrame(rows, columns=["actor_id", "target_id", "act", "date"])
    keys = [f"m{place}" for place in range(len(rows))]
    return select(events_from_frame(frame.assign(event_id=keys, is_machine_coded=True), name="stream"))


SEEN = (
    ("FEN", "RUR", "allegation", "2022-09-07"),
    ("FEN", "RUR", "criticism", "2022-11-15"),
    ("FEN", "RUR", "criticism", "2022-11-16"),
    ("RUR", "FEN", "denial", "2022-10-01"),
)


def test_what_is_seen_otherwise_and_not_at_all_is_said_with_its_acts(chosen) -> None:
    sentences = findings.matching(measures.match_coded(chosen, stream(*SEEN))).sentences
    # e1 is seen; e5, of all November, and e6 are near criticism; e9 has no earliest date.
    assert sentences[0] == "Of 9 statements with known days the machine sees 1: 11 % (95 % interval 2 to 43 %)."
    assert sentences[1] == "2 more are near events of the same parties that the machine codes as criticism (near 2)."
    assert sentences[2] == (
        "Of 6 statements it sees nothing of these parties on these days: 3 denial, 2 allegation and 1 contact."
    )
    assert sentences[3] == "Not compared, because a date has an open bound: e9."
    assert sentences[4] == "Of 2 events of these parties and acts that the machine has, 1 matches no statement."


def test_charts_draw_what_was_counted(chosen) -> None:
    found = measures.match_coded(chosen, stream(*SEEN))
    bars = {bar.name: dict(zip(bar.y, bar.x, strict=True)) for bar in charts.machine_view(found).data}
    assert bars["seen"]["allegation"] == 1
    assert bars["seen as another act"] == {"allegation": 1, "denial": 0, "assessment": 0, "contact": 0, "warning": 1}
    assert bars["without known days"]["assessment"] == 1
    over_time = {bar.name: sum(bar.y) for bar in charts.machine_over_time(found).data}
    assert over_time == {
        "seen": 1,
        "seen as another act": 2,
        "not seen": 6,
        "events that match a statement": 1,
        "events that match none": 1,
    }


def test_statements_without_known_days_are_counted_where_they_have_no_place(chosen) -> None:
    found = measures.match_coded(chosen, stream(*SEEN))
    assert "In no month, without known days: 1 statement." in charts.machine_over_time(found).layout.meta["caption"]
    alone = measures.match_coded(select(chosen.data, acts=["assessment"]), stream(*SEEN))
    figure = charts.machine_over_time(alone)
    assert figure.layout.meta["alt"] == "An empty chart. In no month, without known days: 1 statement."


def test_hostile_acts_are_text_in_a_chart(chosen) -> None:
    evil = "<img src=x onerror=alert(1)>"
    chosen.data.events["act"] = evil
    figure = charts.machine_view(measures.match_coded(chosen, stream(*SEEN)))
    assert evil not in str(figure.data[0].y) + str(figure.data[0].hovertext)


def test_nothing_to_compare_is_a_sentence_and_an_empty_chart(chosen) -> None:
    none = measures.match_coded(select(chosen.data, start="2999-01-01"), stream(*SEEN))
    assert findings.matching(none).sentences[0] == "No coded statement with known days is chosen."
    assert charts.machine_view(none).layout.meta["alt"].startswith("An empty chart.")
    assert charts.machine_over_time(none).layout.meta["alt"].startswith("An empty chart.")


def test_made_up_events_say_so_in_findings_and_captions(chosen, tmp_path) -> None:
    data = open_events(write_made_up(tmp_path / "made.parquet", rows=200).path)
    found = measures.match_coded(chosen, select(data))
    assert MADE_UP in str(findings.matching(found))
    for draw in (charts.machine_view, charts.machine_over_time):
        assert MADE_UP in draw(found).layout.meta["caption"]
