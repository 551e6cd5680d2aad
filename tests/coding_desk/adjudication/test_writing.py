"""An adjudication in the base: every row of it, the coders' rows gone, and all of it undone byte by byte."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import workbook
from workbook.cli import main
from workbook.coding_desk.adjudication import Adjudication, compare, decide, join, open_differences, write
from workbook.coding_desk.coders import coders_of
from workbook.coding_desk.saving import ChangedOnDiskError, undo_last
from workbook.errors import FaultsError, WorkbookError
from workbook.evidence import fingerprint
from workbook.readers.coded import read_package

KIRBY = "In Washington on Thursday John Kirby stood by the finding that shells were sold"
SHIPS = "he would not say what the ships carry"
DECISIONS = {
    ("claims ships-carry-weapons", "topic"): ("delivery", "Claims", "Goods change hands."),
    ("anna-st001", "said"): ("2022-09-21", "Dates as the article has them", "The Wednesday before the article."),
    ("anna-st001", "relay"): ("kcna", "Speakers, targets, relays", "The agency passes it on."),
    ("anna-st002", "hedge"): ("asserted", "Hedge and concern", "Said as a fact."),
    ("anna-st002", "answers"): ("anna-st001", "Settled cases", "He speaks of the denial of the day before."),
    ("anna-st004", "unit"): ("coded", "Acts", "It names who invents."),
    ("ben-st004", "unit"): ("not coded", "What is never coded", "Norway is off the subject."),
}


def decided(adjudication: Adjudication, **changed: tuple[str, str, str]) -> Adjudication:
    for (item, field), (value, rule, reason) in DECISIONS.items():
        adjudication = decide(adjudication, item=item, field=field, decided=value, rule=rule, reason=reason)
    return adjudication


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def new(package: Path, name: str, *, old: int) -> list[dict[str, str]]:
    return rows(package, name)[old:]


def contents(package: Path) -> dict[str, bytes]:
    kept = (path for path in package.rglob("*") if path.is_file() and "articles" not in path.parts)
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in kept}


@pytest.fixture
def written(base, undecided) -> Path:
    assert write(decided(undecided)) == "adjudication of anna and ben in 1 article: 4 statements, 8 units, 7 decisions"
    return base


def test_nothing_is_written_while_a_difference_is_open(base, undecided) -> None:
    before = contents(base)
    with pytest.raises(
        WorkbookError, match=r"7 open: claims ships-carry-weapons, topic; .*; and 2 more\. Nothing was written"
    ):
        write(undecided)
    assert contents(base) == before


def test_statements_stand_in_the_base_as_decided(written) -> None:
    made = {row["statement_id"]: row for row in new(written, "statements", old=58)}
    assert {
        key: (row["act"], row["claim_id"], row["said"], row["hedge"], row["answers"]) for key, row in made.items()
    } == {
        "st059": ("denial", "dprk-supplies-weapons", "2022-09-21", "", ""),
        "st060": ("allegation", "dprk-supplies-weapons", "2022-09-22", "asserted", "st059"),
        "st061": ("no_comment", "ships-carry-weapons", "2022-09-22", "", ""),
        "st062": ("counter_accusation", "us-spreads-stories", "[..2022-09-23]", "", "st060"),
    }
    people = [tuple(row.values()) for row in new(written, "participants", old=150) if row["statement_id"] == "st059"]
    assert people == [
        ("st059", "dprk-defence-ministry-official", "speaker"),
        ("st059", "USA", "target"),
        ("st059", "kcna", "relay"),
    ]


def test_mentions_carry_the_longer_of_two_passages(written) -> None:
    assert [tuple(row.values()) for row in new(written, "mentions", old=63)] == [
        ("m064", "st059", "s005", "direct"),
        ("m065", "st060", "s005", "indirect"),
        ("m066", "st061", "s005", "indirect"),
        ("m067", "st062", "s005", "indirect"),
    ]
    passages = new(written, "passages", old=75)
    assert [(row["passage_id"], row["mention_id"]) for row in passages] == [
        ("p076", "m064"),
        ("p077", "m065"),
        ("p078", "m066"),
        ("p079", "m067"),
    ]
    assert int(passages[0]["length"]) > len("Not one crate of ours went north")


def test_claims_and_actors_come_along_as_far_as_statements_need_them(written) -> None:
    claims = {row["claim_id"]: row for row in rows(written, "claims")}
    assert claims["ships-carry-weapons"]["topic"] == "delivery"
    assert "vessels-carry-arms" not in claims
    assert "NOR" not in {row["actor_id"] for row in rows(written, "actors")}
    assert new(written, "sources", old=5)[0]["title"] == "Envoys trade barbs over crates"


def test_both_coders_units_are_kept_as_they_were(written) -> None:
    units = {row["unit_id"]: row for row in rows(written / "codings", "units") if row["coder"] in ("anna", "ben")}
    assert {key: (row["statement_id"], row["decision_id"]) for key, row in units.items()} == {
        "anna-st001": ("st059", ""),
        "anna-st002": ("st060", ""),
        "anna-st003": ("st061", ""),
        "anna-st004": ("st062", ""),
        "ben-st001": ("st060", ""),
        "ben-st002": ("st059", ""),
        "ben-st003": ("st061", ""),
        "ben-st004": ("", "d090"),
    }
    assert units["ben-st001"]["strength"] == "hedged"
    assert units["ben-st001"]["responds_to"] == "ben-st002"
    assert units["ben-st003"]["claim"] == "North Korean ships carry weapons to Russia."
    assert units["ben-st002"]["sources"] == "s005:direct"
    own = {row["unit_id"]: row["claim_id"] for row in rows(written / "codings", "harmonised")}
    assert own["ben-st003"] == "ships-carry-weapons"


def test_matches_and_decisions_are_on_record(written) -> None:
    assert [tuple(row.values()) for row in new(written / "codings", "matches", old=56)] == [
        ("x057", "anna-st001", "ben-st002", ""),
        ("x058", "anna-st002", "ben-st001", ""),
        ("x059", "anna-st003", "ben-st003", ""),
    ]
    assert [tuple(row.values())[:8] for row in new(written / "codings", "decisions", old=83)] == [
        ("d084", "", "", "topic of claims ships-carry-weapons", "delivery", "plan", "delivery", ""),
        ("d085", "anna-st001", "ben-st002", "said", "2022-09-21", "[2022-09-20..2022-09-21]", "2022-09-21", "st059"),
        ("d086", "anna-st001", "ben-st002", "relay", "kcna", "", "kcna", "st059"),
        ("d087", "anna-st002", "ben-st001", "hedge", "asserted", "hedged", "asserted", "st060"),
        ("d088", "anna-st002", "ben-st001", "answers", "", "anna-st001", "st059", "st060"),
        ("d089", "anna-st004", "", "unit", "coded", "not coded", "coded", "st062"),
        ("d090", "", "ben-st004", "unit", "not coded", "coded", "not coded", ""),
    ]


def test_old_rows_are_not_touched(base, undecided) -> None:
    before = contents(base)
    write(decided(undecided))
    after = contents(base)
    for name, content in before.items():
        if not name.startswith(("codings/anna", "codings/ben")):
            lines = after[name].splitlines()
            assert [line for line in content.splitlines() if line not in lines] == [], name


def test_the_package_passes_and_every_passage_is_found(written) -> None:
    assert CliRunner().invoke(main, ["check", str(written)]).exit_code == 0
    done = CliRunner().invoke(main, ["verify", str(written / "articles"), "--package", str(written)])
    # The five articles of the data set are not here: their 75 passages are missing, and no other.
    assert "75 faults" in done.output
    assert "p075 in no article" in done.output


def test_agreement_counts_the_new_units_whoever_read(written) -> None:
    agreed = workbook.measures.agreement(workbook.load_codings(written))
    assert (agreed.units_a, agreed.units_b, agreed.matched) == (62 + 4, 61 + 4, 56 + 3)
    assert agreed.coders_a == ("A", "anna")
    both = workbook.measures.agreement(workbook.load_codings(written).between("anna", "ben"))
    assert (both.units_a, both.units_b, both.matched) == (4, 4, 3)


def test_coders_rows_that_the_base_holds_are_kept_nowhere_else(written) -> None:
    assert coders_of(written) == ()
    assert not (written / "codings" / "anna" / "statements.csv").exists()


def test_undo_brings_every_byte_back(base, undecided) -> None:
    before = contents(base)
    title = write(decided(undecided))
    assert undo_last(base) == title
    assert contents(base) == before
    assert open_differences(Adjudication(compare(read_package(base), coders=("anna", "ben"))))


def test_a_row_that_came_after_the_comparison_stops_the_writing(base, undecided, code) -> None:
    path = base / "codings" / "ben" / "statements.csv"
    path.write_bytes(path.read_bytes().replace(b"Norway asks", b"Norway begs"))
    before = contents(base)
    with pytest.raises(ChangedOnDiskError, match="ben: found other rows than were compared"):
        write(decided(undecided))
    assert contents(base) == before


def test_what_answers_a_unit_that_is_not_coded_is_named(base, undecided) -> None:
    against = decide(
        decided(undecided), item="anna-st002", field="unit", decided="not coded", rule="Acts", reason="None."
    )
    with pytest.raises(FaultsError, match="anna-st004, answers: found 'anna-st002', which is not coded"):
        write(against)


def test_a_statement_that_no_article_mentions_is_named(base, undecided) -> None:
    struck = decide(
        decided(undecided), item="anna-st003", field="mention in s005", decided="not coded", rule="Units", reason="No."
    )
    with pytest.raises(FaultsError, match="anna-st003, mention: found none in any article"):
        write(struck)


def test_a_fault_of_the_package_to_be_stops_everything(base, undecided) -> None:
    wrong = decide(
        decided(undecided), item="anna-st001", field="hedge", decided="hedged", rule="Acts", reason="A mistake."
    )
    before = contents(base)
    with pytest.raises(
        FaultsError, match=r"anna-st001, statements\.csv, line 60, hedge: .* only allegations are hedged"
    ):
        write(wrong)
    assert contents(base) == before


def test_a_unit_that_the_base_knows_becomes_a_mention_of_it(base, undecided) -> None:
    known = decide(
        decided(undecided), item="anna-st001", field="unit", decided="st015", rule="Units", reason="The same words."
    )
    write(known)
    assert len(rows(base, "statements")) == 58 + 3
    mention = new(base, "mentions", old=63)[0]
    assert (mention["statement_id"], mention["source_id"]) == ("st015", "s005")
    units = {row["unit_id"]: row["statement_id"] for row in rows(base / "codings", "units")}
    assert units["anna-st001"] == units["ben-st002"] == "st015"
    answers = {row["statement_id"]: row["answers"] for row in rows(base, "statements")}
    assert answers["st059"] == "st015"


def test_a_unit_that_is_the_same_statement_as_another_keeps_its_passage(base, undecided) -> None:
    same = decide(
        decided(undecided), item="anna-st003", field="unit", decided="anna-st002", rule="Units", reason="One occasion."
    )
    write(same)
    assert len(rows(base, "statements")) == 58 + 3
    units = {row["unit_id"]: row["statement_id"] for row in rows(base / "codings", "units")}
    assert units["anna-st003"] == units["ben-st003"] == units["anna-st002"] == "st060"
    mention = next(row["mention_id"] for row in rows(base, "mentions") if row["statement_id"] == "st060")
    passages = [row["sha256"] for row in rows(base, "passages") if row["mention_id"] == mention]
    assert passages == [fingerprint(words).sha256 for words in (KIRBY, SHIPS)]


def test_two_units_cannot_each_be_the_other(base, undecided) -> None:
    first = decide(
        decided(undecided), item="anna-st003", field="unit", decided="anna-st002", rule="Units", reason="One occasion."
    )
    both = decide(first, item="anna-st002", field="unit", decided="anna-st003", rule="Units", reason="One occasion.")
    with pytest.raises(FaultsError, match="anna-st002 is anna-st003 is anna-st002"):
        write(both)


def test_a_joined_pair_keeps_its_note(base, compared) -> None:
    joined = join(compared, first="anna-st004", second="ben-st004", note="Both about the finding")
    adjudication = Adjudication(joined)
    for each in open_differences(adjudication):
        value = each.value_a or each.value_b
        adjudication = decide(adjudication, item=each.item, field=each.field, decided=value, rule="Acts", reason="So.")
    write(adjudication)
    assert new(base / "codings", "matches", old=56)[-1]["note"] == "Both about the finding"


def test_a_package_without_codings_gets_the_tables(base) -> None:
    descriptor = json.loads((base / "datapackage.json").read_text(encoding="utf-8"))
    listed = [each for each in descriptor["resources"] if not each["path"].startswith("codings/")]
    descriptor["resources"] = listed
    (base / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for path in (base / "codings").glob("*.csv"):
        path.unlink()
    shutil.rmtree(base / "articles" / ".undo")
    write(decided(Adjudication(compare(read_package(base), coders=("anna", "ben")))))
    assert workbook.load_codings(base).coders == ("anna", "ben")
    assert rows(base / "codings", "decisions")[0]["decision_id"] == "d001"
    undo_last(base)
    assert json.loads((base / "datapackage.json").read_text(encoding="utf-8")) == descriptor
    assert not (base / "codings" / "units.csv").exists()
