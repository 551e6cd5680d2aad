"""Colours that everybody can tell apart, and text that cannot turn into markup."""

from __future__ import annotations

from itertools import combinations

import plotly.graph_objects as go
import pytest

from workbook.charts.template import (
    ACT_COLOURS,
    MOST_POINTS,
    OTHER_COLOURS,
    SIDE_COLOURS,
    empty,
    finished,
    hover,
    shown,
)
from workbook.errors import WorkbookError

PAPER, NIGHT = "#ffffff", "#14171a"


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", sorted({*SIDE_COLOURS.values(), *ACT_COLOURS.values(), *OTHER_COLOURS}))
def test_marks_stand_out_by_day_and_by_night(colour) -> None:
    assert contrast(colour, PAPER) >= 3
    assert contrast(colour, NIGHT) >= 3


def seen_without_red_and_green(colour: str) -> tuple[float, float]:
    """Blue against yellow, and lightness: what is left to a colour-blind reader."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return blue - (red + green) / 2, luminance(colour)


def test_the_sides_are_told_apart_without_red_and_green() -> None:
    for one, other in combinations(SIDE_COLOURS.values(), 2):
        (a, light), (b, other_light) = seen_without_red_and_green(one), seen_without_red_and_green(other)
        assert abs(a - b) + abs(light - other_light) > 0.2


def test_every_act_has_a_colour_of_its_own() -> None:
    assert len(set(ACT_COLOURS.values())) == len(ACT_COLOURS) == 16


def test_text_from_data_is_no_markup() -> None:
    assert shown("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert hover("<a href='x'>", "y") == "<b>&lt;a href='x'&gt;</b><br>y"


def test_an_empty_chart_says_why() -> None:
    figure = empty(why="No statement matches.", caption="c")
    assert "No statement" in figure.layout.annotations[0].text
    assert "No statement matches." in figure.layout.meta["alt"]


def test_too_many_points_are_refused_with_what_to_do() -> None:
    figure = go.Figure(go.Scatter(x=list(range(MOST_POINTS + 1)), y=[0] * (MOST_POINTS + 1)))
    with pytest.raises(WorkbookError, match="Choose fewer events, or a longer period"):
        finished(figure, alt="", caption="", height=100)
