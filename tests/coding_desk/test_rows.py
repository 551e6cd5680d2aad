"""New rows in the bytes of a table."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.coding_desk.rows import next_keys, read_table, with_rows
from workbook.readers.coded import find_package
from workbook.readers.coded.tables import table_schemas

CLAIMS = (find_package("arms_transfers") / "claims.csv").read_bytes()


def added(content: bytes, name: str, *rows: dict[str, str]) -> bytes:
    return with_rows(content, table=read_table(content, schema=table_schemas()[name], path=f"{name}.csv"), rows=rows)


def test_a_claim_stands_at_its_place_and_no_other_line_changes() -> None:
    new = {
        "claim_id": "dprk-sells-boats",
        "claim": "It sells boats, big ones",
        "short_claim": "Boats",
        "topic": "delivery",
    }
    lines = added(CLAIMS, "claims", new).decode().splitlines()
    changed = [line for line in difflib.ndiff(CLAIMS.decode().splitlines(), lines) if line[0] in "+-?"]
    assert changed == ['+ dprk-sells-boats,"It sells boats, big ones",Boats,delivery,,']
    assert lines[1:] == sorted(lines[1:])


def test_actors_are_ordered_without_regard_to_case() -> None:
    content = (find_package("arms_transfers") / "actors.csv").read_bytes()
    rows = [{"actor_id": key, "name": key, "short_name": key, "kind": "state"} for key in ("JAM", "zed", "AAA")]
    keys = [line.split(",")[0] for line in added(content, "actors", *rows).decode().splitlines()[1:]]
    assert keys == sorted(keys, key=str.casefold)
    assert keys[0] == "AAA"
    assert keys[-1] == "zed"
    assert keys.index("JAM") == keys.index("jake-sullivan") + 1


def test_a_table_without_order_gets_its_rows_at_the_end_in_their_order() -> None:
    content = b"statement_id,actor_id,role\nst2,a,speaker\nst1,b,speaker\n"
    rows = [{"statement_id": "st3", "actor_id": actor, "role": "speaker"} for actor in ("z", "a")]
    assert added(content, "participants", *rows) == content + b"st3,z,speaker\nst3,a,speaker\n"


def test_a_last_line_without_an_end_and_cells_over_several_lines_stay() -> None:
    content = b'claim_id,claim,short_claim,topic,about,note\na,"one\ntwo",x,talks,,\nc,three,y,talks,,'
    new = {"claim_id": "b", "claim": 'a "word"', "short_claim": "z", "topic": "talks"}
    expected = b'claim_id,claim,short_claim,topic,about,note\na,"one\ntwo",x,talks,,\nb,"a ""word""",z,talks,,\nc,three,y,talks,,\n'
    assert added(content, "claims", new) == expected


def test_columns_stand_in_the_order_of_the_file() -> None:
    content = b"form,mention_id,source_id,statement_id\ndirect,m1,s1,st1\n"
    row = {"mention_id": "m2", "statement_id": "st1", "source_id": "s2", "form": "mixed"}
    assert added(content, "mentions", row) == content + b"mixed,m2,s2,st1\n"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["st001", "st058"], ["st059", "st060"]),
        (["st1", "st9"], ["st10", "st11"]),
        (["st998", "st999"], ["st1000", "st1001"]),
        (["st010", "st002"], ["st011", "st012"]),
        (["a1b07"], ["a1b08", "a1b09"]),
        (["kirby", "putin"], ["st001", "st002"]),
        ([], ["st001", "st002"]),
    ],
)
def test_keys_go_on_as_they_have_begun(keys, expected) -> None:
    assert next_keys(keys, first="st001", count=2) == expected


def test_the_thousandth_row_stands_after_the_nine_hundred_and_ninety_ninth() -> None:
    content = b"mention_id,statement_id,source_id,form\n" + b"".join(
        b"m%03d,st1,s1,direct\n" % n for n in range(1, 1000)
    )
    assert added(content, "mentions", {"mention_id": "m1000"}) == content + b"m1000,,,\n"


words = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)


@given(old=st.lists(words, max_size=6), new=st.lists(words, max_size=6))
def test_old_lines_stay_and_every_new_row_is_read_again(old, new) -> None:
    empty = b"claim_id,claim,short_claim,topic,about,note\n"
    begun = added(empty, "claims", *({"claim_id": f"k{n}", "claim": word} for n, word in enumerate(old)))
    content = added(begun, "claims", *({"claim_id": f"n{word}", "claim": word} for word in new))
    rows = read_table(content, schema=table_schemas()["claims"], path="claims.csv").rows
    assert sorted(row["claim"] for row in rows) == sorted([*old, *new])
    remaining = iter(content.splitlines())
    assert all(line in remaining for line in begun.splitlines())
