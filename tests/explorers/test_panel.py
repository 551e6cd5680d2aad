"""What travels to the page."""

from __future__ import annotations

import json

from workbook.explorers.facets import FacetValue
from workbook.explorers.panel import HEADINGS, FacetList, Panel, view_text
from workbook.explorers.state import VIEWS, ExplorerState
from workbook.explorers.views import view


def test_a_chart_travels_once_as_text_without_the_template_that_all_share(boats) -> None:
    panel = Panel()
    views = {name: view(boats, ExplorerState(), name=name) for name in VIEWS}
    for name in VIEWS:
        panel.draw(name, view_text(views[name], is_picked=name == "ledger"))
        sent = json.loads(getattr(panel, name))
        assert sent["caption"] == views[name].caption
        assert sent["alt"] == views[name].alt
        assert sent["picked"] == (name == "ledger")
        assert not {"template", "meta"} & set(sent["layout"])
        assert len(sent["data"]) == len(views[name].figure.data)
    assert panel.template["layout"]["hovermode"] == "closest"


def test_a_box_runs_where_time_or_the_list_runs(boats) -> None:
    texts = {name: view_text(view(boats, ExplorerState(), name=name), is_picked=False) for name in VIEWS}
    ways = {name: json.loads(text)["layout"]["selectdirection"] for name, text in texts.items()}
    assert ways == {"frequency": "h", "activity": "v", "timeline": "h", "ledger": "v"}


def test_drawing_again_puts_the_card_away_and_counts(boats) -> None:
    panel = Panel()
    panel.show_card("<p>a card</p>", view="timeline")
    assert panel.card == {"view": "timeline", "html": "<p>a card</p>"}
    before = panel.revision
    panel.settle({"lines": [], "note": ""})
    assert panel.card == {"view": "", "html": ""}
    assert panel.revision == before + 1


def test_every_view_has_a_heading() -> None:
    assert tuple(HEADINGS) == VIEWS


def test_the_page_needs_nothing_from_elsewhere() -> None:
    script = Panel()._esm
    assert "Plotly" in script
    assert "import(" not in script.rpartition("\n// Draws the views")[2]
    assert "https://" not in script.rpartition("\n// Draws the views")[2]


def test_a_filter_lists_its_values_and_checks_those_chosen() -> None:
    facet = FacetList(title="Acts")
    facet.show([FacetValue("denial", "denial", 0, 5), FacetValue("no_comment", "no comment", 0, 0)], chosen=["denial"])
    assert facet.values == [["denial", "denial", 0, 5], ["no_comment", "no comment", 0, 0]]
    assert facet.chosen == ["denial"]
