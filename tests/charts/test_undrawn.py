"""Charts of more than they have room for: the most spoken of is drawn, and the rest is counted in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from workbook import charts, measures
from workbook.charts.template import OTHER_COLOURS
from workbook.errors import WorkbookError
from workbook.events import Selection, select
from workbook.measures import Measured


def words(figure) -> tuple[str, str]:
    return figure.layout.meta["caption"], figure.layout.meta["alt"]


# FEN and rudolf speak three times, duke twice, five others once.
@pytest.mark.parametrize(
    "drawn",
    [
        lambda chosen, most: charts.actor_ranking(measures.activity(chosen), most=most),
        lambda chosen, most: charts.actor_heatmap(measures.activity_over_time(chosen), most=most),
    ],
    ids=["ranking", "heat map"],
)
def test_speakers_without_room_are_counted_also_where_one_ties_with_the_last_that_is_drawn(chosen, drawn) -> None:
    caption, alt = words(drawn(chosen, 1))
    assert "Not drawn: 7 speakers with at most 3 statements each." in caption
    assert "1 of 8 speakers" in alt
    assert set(drawn(chosen, 2).data[0].y) == {"FEN", "rudolf"}
    assert "Not drawn: 6 speakers with at most 2 statements each." in words(drawn(chosen, 2))[0]
    assert "Not drawn" not in words(drawn(chosen, 8))[0]


def test_pairs_without_room_are_counted(chosen) -> None:
    # FEN about RUR four times, RUR about FEN twice, seven pairs once.
    caption, alt = words(charts.who_about_whom(measures.who_about_whom(chosen), most=1))
    assert "Not drawn: 8 pairs with at most 2 statements each." in caption
    assert "1 of 9 pairs" in alt


def lanes(chosen: Selection, **choices):
    return charts.claim_lanes(measures.ledger_events(chosen), measures.ledger(chosen), **choices)


def marks_of(figure) -> dict[str, float]:
    return {
        key[0]: y
        for trace in figure.data
        if trace.customdata is not None
        for key, y in zip(trace.customdata, trace.y, strict=True)
    }


def test_lanes_hold_the_claims_most_spoken_of_and_all_their_statements(chosen) -> None:
    figure = lanes(chosen, most=2)
    assert list(figure.layout.yaxis.ticktext) == [
        "<b>delivery</b>",
        "sells-boats · <i>alleged and denied</i>",
        "sold-yacht · <i>called confirmed, and denied</i>",
    ]
    assert set(marks_of(figure)) == {"e1", "e2", "e3", "e4", "e6", "e5", "e10"}
    caption, alt = words(figure)
    assert "Not drawn: 3 claims with at most 1 statement each." in caption
    assert alt.startswith("Lanes for 2 of 5 claims")
    assert "All claims by status: 2 neither alleged nor denied, 1 alleged and denied" in alt


def test_lanes_stand_under_their_topics_in_the_order_of_the_ledger(chosen) -> None:
    labels = [label.partition(" · ")[0] for label in lanes(chosen).layout.yaxis.ticktext]
    assert labels == [
        *("<b>delivery</b>", "sells-boats", "sold-yacht", "<b>meeting</b>", "visits"),
        *("<b>motive</b>", "valuable", "<b>talks</b>", "helps"),
    ]


@pytest.mark.parametrize("most", [0, -1])
def test_fewer_lanes_than_one_are_refused(chosen, most) -> None:
    with pytest.raises(WorkbookError, match=f"most {most}; expected 1 or more"):
        lanes(chosen, most=most)


def crowded(dispute, *, copies: int) -> Selection:
    """Select the dispute with e1 made many times, on one day."""
    same = dispute.events[dispute.events["event_id"] == "e1"]
    more = [same.assign(event_id=f"more{place:02}") for place in range(copies)]
    return select(replace(dispute, events=pd.concat([dispute.events, *more], ignore_index=True)))


def test_a_lane_grows_with_the_marks_of_a_day_and_none_reaches_into_the_next(dispute) -> None:
    figure = lanes(crowded(dispute, copies=9))
    axis = figure.layout.yaxis
    lines = dict(zip(axis.ticktext, axis.tickvals, strict=True))
    marks = marks_of(figure)
    boats = [y for key, y in marks.items() if key in ("e1", "e2", "e3", "e4", "e6") or key.startswith("more")]
    assert lines["sells-boats · <i>alleged and denied</i>"] > max(boats)
    assert min(boats) > lines["sold-yacht · <i>called confirmed, and denied</i>"]
    assert len({y for key, y in marks.items() if key == "e1" or key.startswith("more")}) == 10
    assert axis.range[0] < min(marks.values())
    assert figure.layout.height > lanes(select(dispute)).layout.height


def test_the_axis_of_the_lanes_has_room_for_the_first_and_the_last_mark(chosen) -> None:
    first, last = (pd.Timestamp(day) for day in lanes(chosen).layout.xaxis.range)
    assert first < pd.Timestamp("2022-09-06")  # e1
    assert last > pd.Timestamp("2022-12-20")  # e11


def test_the_axis_of_the_lanes_shows_spans_to_their_ends(dispute) -> None:
    first, last = lanes(select(dispute, acts=["contact"])).layout.xaxis.range  # e8 alone, whose middle is the 21st
    assert (first, last) == ("2022-10-19", "2022-10-23")


def test_bars_of_claims_without_room_are_counted(chosen) -> None:
    measured = measures.claim_counts(chosen)
    copies = [measured.table.assign(claim_id=measured.table["claim_id"] + str(place)) for place in range(7)]
    figure = charts.claim_bars(replace(measured, table=pd.concat(copies, ignore_index=True)))
    assert len(figure.data[0].y) == 30  # of 35, 21 of which have one statement
    caption, alt = words(figure)
    assert "Not drawn: 5 claims with at most 1 statement each." in caption
    assert alt.startswith("Bars for 30 of 35 claims")


def time_line(chosen: Selection):
    return charts.denials_timeline(measures.timeline_events(chosen), measures.exchanges(chosen))


def test_what_answers_or_is_answered_stands_next_to_the_axis(dispute) -> None:
    marks = marks_of(time_line(crowded(dispute, copies=5)))
    assert marks["e1"] == 1  # answered by e3; the five others of that day are not
    assert sorted(marks[f"more{place:02}"] for place in range(5)) == [2, 3, 4, 5, 6]


def test_a_high_stack_of_marks_shrinks_until_marks_would_touch(dispute) -> None:
    few, high, higher = (time_line(crowded(dispute, copies=copies)) for copies in (5, 60, 200))
    sizes = [
        next(trace for trace in figure.data if trace.name == "alleges").marker.size for figure in (few, high, higher)
    ]
    assert sizes == [11, 10, 8]  # of steps of 22, of 800 pixels for 62 levels, of at least 10
    assert high.layout.height == 150 + 800 + 66
    assert higher.layout.height == 150 + 10 * 202 + 66


def test_sources_without_room_are_counted_and_those_that_carry_most_are_drawn(chosen) -> None:
    # s2 and s3 carry four statements each, s1 three.
    figure = charts.source_coverage(measures.coverage(chosen), most=1)
    assert list(figure.data[0].y) == ["Mail, s2"]
    caption, alt = words(figure)
    assert "Not drawn: 2 sources with at most 4 statements each." in caption
    assert alt == "Bars of statements for 1 of 3 sources. Most carry: Mail 4, 3 alone."


def test_the_pairs_of_sources_that_share_most_are_drawn(chosen) -> None:
    # s1 and s2 share e1; s3 shares nothing.
    figure = charts.shared_sources(measures.shared_coverage(chosen), most=2)
    assert list(figure.data[0].x) == ["s1", "s2"]
    caption, alt = words(figure)
    assert "Not drawn: 1 source sharing at most 0 statements with any other." in caption
    assert alt == "Heat map of 2 of 3 sources; two of them share at most 1 statement."


def test_a_long_name_of_a_source_takes_two_lines_and_keeps_its_key(dispute) -> None:
    long = "The Very Long Gazette of Several Towns and Their Many Villages"
    renamed = replace(dispute, sources=dispute.sources.assign(publisher=long))
    labels = charts.source_coverage(measures.coverage(select(renamed))).data[0].y
    assert [label.count("<br>") for label in labels] == [1, 1, 1]
    assert [label.rpartition(", ")[2] for label in labels] == ["s2", "s3", "s1"]
    assert all("…" in label for label in labels)


def test_the_smallest_groups_of_many_are_one_part_that_stands_for_no_group(chosen) -> None:
    measured = measures.frequency(chosen, split_by="act")
    figure = charts.statement_frequency(measured, most=3)
    parts = {}
    for trace in figure.data:
        parts[trace.name] = parts.get(trace.name, 0) + sum(value for value in trace.y if value)
    parts.pop("hatched: date uncertain")
    assert parts == {"allegation": 4, "denial": 3, "3 others": 2}  # a warning, a contact, an assessment without a day
    others = next(trace for trace in figure.data if trace.name == "3 others")
    assert {tuple(key) for key in others.customdata} == {("",)}
    assert "3 others 2" in words(figure)[1]


def confused(*rows: tuple[str, str, int], **choices):
    table = pd.DataFrame(rows, columns=["value_a", "value_b", "units"])
    return charts.confusion_heatmap(table, **{"field": "claim_id", **choices})


def test_the_values_most_often_taken_for_others_are_drawn_and_the_rest_is_counted() -> None:
    figure = confused(("a", "a", 9), ("b", "b", 1), ("b", "c", 3), ("d", "e", 1), ("f", "f", 2), most=2)
    assert list(figure.data[0].x) == ["b", "c"]
    caption, alt = words(figure)
    assert "Not drawn: 4 values with 12 units, 1 of them off the diagonal." in caption
    assert alt == "Confusion matrix of claim with 2 of 6 values: 4 of 16 units lie off the diagonal."


def test_long_values_are_shortened_but_not_to_the_same() -> None:
    long = "russia-negotiates-with-north-korea-about"
    assert list(confused((f"{long}-a", "b", 1)).data[0].y) == ["b", "russia negotiates with north …"]
    assert list(confused((f"{long}-a", f"{long}-b", 1)).data[0].y) == [f"{long}-a", f"{long}-b"]


def test_dates_keep_their_hyphens() -> None:
    assert list(confused(("2022-09", "2022-09", 1), field="said").data[0].y) == ["2022-09"]


def test_twelve_groups_have_twelve_colours() -> None:
    assert len(set(OTHER_COLOURS)) == len(OTHER_COLOURS) == 12


def test_months_without_a_share_keep_their_place_and_the_numbers_stand_above(dispute) -> None:
    share = measures.denial_share(select(dispute, acts=["denial"]))  # September, October, none in November, December
    figure = charts.denial_share(share)
    assert list(figure.layout.xaxis.categoryarray) == ["Sep 2022", "Oct 2022", "Nov 2022", "Dec 2022"]
    marks, numbers = figure.data
    assert list(marks.x) == list(numbers.x) == ["Sep 2022", "Oct 2022", "Dec 2022"]
    assert list(numbers.text) == ["1", "1", "1"]
    assert min(numbers.y) > 100


def test_of_many_shares_the_hover_texts_alone_tell_what_they_stand_on(chosen) -> None:
    share = measures.denial_share(chosen, period="day")
    assert len(share.table) > 26
    figure = charts.denial_share(share)
    assert len(figure.data) == 1
    # 6 and 10 September, four days of e2, 12 October, thirty of e5, 1 and 20 December.
    assert "39 from 2022-09-06 to 2022-12-20, from 0 to 100 %, median 0 %" in words(figure)[1]


@pytest.mark.parametrize(
    ("publishers", "named"),
    [("A; B; C; D; E; F", "A; B; C; D and 2 more"), ("A; B; C; D; E", "A; B; C; D; E")],
)
def test_a_hover_text_names_the_first_publishers_and_counts_the_others(chosen, publishers, named) -> None:
    measured = measures.ledger_events(chosen)
    events = Measured(measured.table.assign(publishers=publishers), measured.basis)
    figure = charts.claim_lanes(events, measures.ledger(chosen))
    texts = [text for trace in figure.data if trace.customdata is not None for text in trace.hovertext]
    assert len(texts) == 10
    assert all(named in text.split("<br>") for text in texts)
