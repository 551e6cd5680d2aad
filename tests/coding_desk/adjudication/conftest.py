"""Two coders who coded the same made-up article apart, small enough to know by heart.

Of four units of either, three are the same: a denial, an allegation and a no comment. Anna alone has a counter-accusation,
Ben alone a demand of a state that the base does not know. Both wrote in the same new claim, each under a key of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbook.coding_desk.adjudication import Adjudication, Comparison, compare
from workbook.coding_desk.opened import open_package
from workbook.coding_desk.saving import save
from workbook.evidence import fingerprint, normalise
from workbook.readers.coded import read_package

TEXT = """The ministry in Pyongyang waved every charge away on Wednesday.
“Not one crate of ours went north,” a ministry official told the state agency.
In Washington on Thursday John Kirby stood by the finding that shells were sold, and he would not say what the ships carry.
An envoy of Moscow called the finding a tale spun by the Americans.
Norway asked both sides to keep such crates at home.
"""

P_CRATE = "“Not one crate of ours went north,” a ministry official told the state agency."
P_CRATE_SHORT = "Not one crate of ours went north"
P_KIRBY = "In Washington on Thursday John Kirby stood by the finding that shells were sold"
P_SHIPS = "he would not say what the ships carry"
P_TALE = "An envoy of Moscow called the finding a tale spun by the Americans."
P_NORWAY = "Norway asked both sides to keep such crates at home."

SOURCE = {
    "source_id": "s005",
    "title": "Envoys trade barbs over crates",
    "publisher": "The Courier",
    "language": "en",
    "published": "2022-09-23",
    "published_basis": "dateline",
}
SHIPS = "North Korean ships carry weapons to Russia"
DENIAL = {
    "statement_id": "st001",
    "claim_id": "dprk-supplies-weapons",
    "act": "denial",
    "said": "2022-09-21",
    "said_basis": "weekday",
    "attribution": "unnamed_spokesperson",
    "channel": "statement",
    "expresses_concern": "false",
    "is_referred": "false",
    "certainty": "high",
    "summary": "The ministry rejects that anything was delivered.",
}
ALLEGATION = DENIAL | {
    "statement_id": "st002",
    "act": "allegation",
    "said": "2022-09-22",
    "attribution": "named",
    "channel": "briefing",
    "hedge": "asserted",
    "summary": "Kirby says again that shells were sold.",
}
NO_COMMENT = ALLEGATION | {
    "statement_id": "st003",
    "act": "no_comment",
    "claim_id": "ships-carry-weapons",
    "hedge": "",
    "summary": "Kirby does not say what the ships carry.",
}
COUNTER = DENIAL | {
    "statement_id": "st004",
    "act": "counter_accusation",
    "claim_id": "us-spreads-stories",
    "said": "[..2022-09-23]",
    "said_basis": "bound",
    "attribution": "institution",
    "answers": "st002",
    "summary": "Moscow accuses the United States of inventing it.",
}
DEMAND = COUNTER | {
    "act": "demand",
    "claim_id": "dprk-supplies-weapons",
    "answers": "",
    "summary": "Norway asks for restraint.",
}

Row = dict[str, str]


def people(statement: str, **roles: str) -> list[Row]:
    return [
        {"statement_id": statement, "actor_id": actor, "role": role}
        for role, actors in roles.items()
        for actor in actors.split()
    ]


def evidence(*carried: tuple[str, str, str], source: str = "s005", text: str = TEXT) -> dict[str, list[Row]]:
    """Mentions m001, m002, ... of statements, each with its form and one passage."""
    rows: dict[str, list[Row]] = {"mentions": [], "passages": []}
    for number, (statement, form, words) in enumerate(carried, 1):
        key, kept = f"m{number:03}", fingerprint(words)
        place = {"offset": str(normalise(text).index(normalise(words))), "length": str(kept.length)}
        rows["mentions"].append({"mention_id": key, "statement_id": statement, "source_id": source, "form": form})
        rows["passages"].append({"passage_id": f"p{number:03}", "mention_id": key, "sha256": kept.sha256} | place)
    return rows


ANNA = {
    "sources": [SOURCE],
    "claims": [{"claim_id": "ships-carry-weapons", "claim": SHIPS, "short_claim": "Ships carry weapons", "topic": "delivery"}],
    "statements": [DENIAL, ALLEGATION, NO_COMMENT, COUNTER],
    "participants": [
        *people("st001", speaker="dprk-defence-ministry-official", target="USA", relay="kcna"),
        *people("st002", speaker="john-kirby", target="PRK RUS"),
        *people("st003", speaker="john-kirby"),
        *people("st004", speaker="RUS", target="USA"),
    ],
    **evidence(("st001", "direct", P_CRATE), ("st002", "indirect", P_KIRBY), ("st003", "indirect", P_SHIPS), ("st004", "indirect", P_TALE)),
}  # fmt: skip

BEN = {
    "sources": [SOURCE],
    "actors": [{"actor_id": "NOR", "name": "Norway", "short_name": "Norway", "kind": "state", "country": "NOR"}],
    "claims": [{"claim_id": "vessels-carry-arms", "claim": f"{SHIPS}.", "short_claim": "Vessels carry arms", "topic": "plan"}],
    "statements": [
        ALLEGATION | {"statement_id": "st001", "hedge": "hedged", "answers": "st002"},
        DENIAL | {"statement_id": "st002", "said": "[2022-09-20..2022-09-21]"},
        NO_COMMENT | {"claim_id": "vessels-carry-arms"},
        DEMAND,
    ],
    "participants": [
        *people("st001", speaker="john-kirby", target="RUS PRK"),
        *people("st002", speaker="dprk-defence-ministry-official", target="USA"),
        *people("st003", speaker="john-kirby"),
        *people("st004", speaker="NOR", target="PRK RUS"),
    ],
    **evidence(("st001", "indirect", P_KIRBY), ("st002", "direct", P_CRATE_SHORT), ("st003", "indirect", P_SHIPS), ("st004", "indirect", P_NORWAY)),
}  # fmt: skip


def coded(package: Path, coder: str, rows: dict[str, list[Row]]) -> None:
    """Save rows as a coder's own."""
    opened = open_package(package, coder=coder)
    save(opened.changes(rows), package=package, checked=[opened.folder], title=coder, record=coder)


@pytest.fixture
def base(package: Path) -> Path:
    """A copy of the data set beside which Anna and Ben have coded one article apart."""
    (package / "articles").mkdir()
    (package / "articles" / "s005.txt").write_text(TEXT, encoding="utf-8")
    coded(package, "anna", ANNA)
    coded(package, "ben", BEN)
    return package


@pytest.fixture
def code() -> Callable[[Path, str, dict[str, list[Row]]], None]:
    return coded


@pytest.fixture
def compared(base: Path) -> Comparison:
    return compare(read_package(base), coders=("anna", "ben"))


@pytest.fixture
def undecided(compared: Comparison) -> Adjudication:
    return Adjudication(compared)


@pytest.fixture
def carried() -> Callable[..., dict[str, list[Row]]]:
    return evidence
