"""Similar actors and claims, and keys for new ones."""

from __future__ import annotations

import pytest

from workbook.coding_desk.similar import folded, proposed_key, shortened, similar_actors, similar_claims


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Kirby", "john-kirby"),
        ("jon kirbi", "john-kirby"),
        ("Sergueï Choïgou Shoigu", "sergei-shoigu"),
        ("state dep", "us-state-department"),
        ("KCNA", "kcna"),
        ("minister of defence", "sergei-shoigu"),
        ("Kim Jong-un", "kim-jong-un"),
        ("PRK", "PRK"),
    ],
)
def test_an_actor_is_found_by_name_office_or_key_however_it_is_spelled(opened, query, key) -> None:
    found = similar_actors(query, actors=opened.rows("actors"))
    assert key in [each.key for each in found[:3]]


@pytest.mark.parametrize("query", ["", " ", "…!", "Zbigniew Oxenstierna"])
def test_nothing_is_found_for_what_resembles_nothing(opened, query) -> None:
    assert similar_actors(query, actors=opened.rows("actors")) == ()


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("Moscow would like to obtain weapons from North Korea: Russia seeks weapons", "russia-seeks-weapons"),
        ("weapons supplied to Russia by North Korea", "dprk-supplies-weapons"),
        ("hegemonic policy causes war", "west-causes-the-war"),
    ],
)
def test_a_claim_is_found_by_its_words_in_any_order(opened, query, key) -> None:
    assert key in [each.key for each in similar_claims(query, claims=opened.rows("claims"))[:3]]


def test_a_key_is_not_taken_in_other_capitals() -> None:
    assert proposed_key("Prk", taken=["PRK"]) == "prk-2"
    assert proposed_key("Élodie of the Côte", taken=[]) == "elodie-cote"
    assert proposed_key("…", taken=[]) == "unnamed"


def test_a_label_is_cut_at_a_word() -> None:
    assert shortened("Ministry of Boats", length=24) == "Ministry of Boats"
    assert shortened("Donaudampfschifffahrtsgesellschaft", length=24) == "Donaudampfschifffahrtsge"
    assert shortened("a" * 24 + " b", length=24) == "a" * 24


def test_other_scripts_are_kept() -> None:
    assert folded("Ким Чен Ын") == "ким чен ын"
