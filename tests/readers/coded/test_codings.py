"""What coders had, two to an article: whose is what, and on which side it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import workbook
from workbook.errors import FaultsError
from workbook.readers.coded.tables import resources

UNIT = ",2022-09-06,explicit,FEN,allegation,asserted,Ruritania sells boats,RUR,institution,statement,,,Says so.,,high,,s1:direct,"

CODINGS = {
    "units.csv": "unit_id,coder,date_said,date_basis,speaker,act,strength,claim,target,attribution,channel,via,responds_to,summary,date_external,confidence,note,sources,statement_id,decision_id\n"
    f"a1,anna{UNIT}st1,\nb1,ben{UNIT}st1,\nb2,ben{UNIT}st2,\nc2,cleo{UNIT}st2,\nc3,cleo{UNIT},d1\n",
    "harmonised.csv": "unit_id,act,speaker,target,claim_id,said,attribution,channel,hedge\n"
    + "".join(
        f"{unit},allegation,FEN,RUR,sells-boats,2022-09-06,institution,statement,asserted\n"
        for unit in ("a1", "b1", "b2", "c2", "c3")
    ),
    "matches.csv": "match_id,unit_a,unit_b,note\nx1,a1,b1,\nx2,b2,c2,\n",
    "decisions.csv": "decision_id,unit_a,unit_b,field,value_a,value_b,decided,statement_id,rule,reason\n"
    "d1,,c3,unit,not coded,coded,not coded,,Acts,It is none.\n",
}


@pytest.fixture
def team(package: Path) -> Path:
    """Anna and Ben read one article, Ben and Cleo the other."""
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] += [each for each in resources() if each["path"].startswith("codings/")]
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (package / "codings").mkdir()
    for name, text in CODINGS.items():
        (package / "codings" / name).write_text(text, encoding="utf-8")
    return package


def test_more_than_two_coders_share_the_articles(team) -> None:
    codings = workbook.load_codings(team)
    assert codings.coders == ("anna", "ben", "cleo")
    assert codings.units["side"].tolist() == ["a", "b", "a", "b", "b"]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("matches.csv", "x2,b2,c2", "x2,b2,b1", "codings/matches.csv, line 3, unit_a, unit_b: found two units of ben; expected units of two coders"),
        ("matches.csv", "x2,b2,c2,\n", "", "codings/units.csv, line 4, unit_id: found 'b2' in no match and no decision"),
        ("matches.csv", "x2,b2,c2", "x2,b2,a1", "codings/units.csv, line 2, unit_id: found 'a1' on both sides"),
        ("decisions.csv", "d1,,c3", "d1,c2,c3", "codings/decisions.csv, line 2, unit_a, unit_b: found two units of cleo"),
        ("units.csv", "s1:direct,,d1", "s1:direct,,", "codings/units.csv, line 6, statement_id, decision_id: found neither"),
    ],
    ids=["one coder with themselves", "a unit of nobody", "a unit of both readers", "a decision within one coder", "a unit without an end"],
)  # fmt: skip
def test_a_unit_stands_on_one_side(team, name, old, new, fault) -> None:
    path = team / "codings" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        workbook.load_codings(team)
    assert any(str(each).startswith(fault) for each in caught.value.faults), caught.value


def test_coders_who_agree_in_everything_leave_nothing_to_decide(team) -> None:
    for name, line in (("units.csv", "c3,"), ("harmonised.csv", "c3,"), ("decisions.csv", "d1,")):
        path = team / "codings" / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(each for each in lines if not each.startswith(line)), encoding="utf-8")
    codings = workbook.load_codings(team)
    assert (len(codings.units), len(codings.decisions)) == (4, 0)
    assert codings.units["side"].tolist() == ["a", "b", "a", "b"]
