"""A data package of two articles and three statements, small enough to know by heart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from workbook.evidence import fingerprint
from workbook.readers.coded.tables import resources

WORDS = {
    "p1": "We say that Ruritania sells boats.",
    "p2": "We have never sold a boat.",
    "p3": "despite its denials",
}
PRINTS = {key: fingerprint(text) for key, text in WORDS.items()}

TABLES = {
    "sources.csv": """source_id,title,publisher,agency,language,url,published,published_basis,published_note
s1,Boats for Grand Fenwick,The Courier,Newswire,en,,2022-09-07,dateline,
s2,Ruritania speaks,The Mail,,en,,2022-09-25,page_header,
""",
    "actors.csv": """actor_id,name,short_name,kind,parent_id,country,cameo_code,description
FEN,Grand Fenwick,Grand Fenwick,state,,FEN,,
RUR,Ruritania,Ruritania,state,,RUR,,
ministry,Ministry of Boats of Ruritania,Ministry of Boats,body,RUR,RUR,RURGOV,
rudolf,Rudolf Rassendyll,Rudolf,person,ministry,RUR,RURGOV,minister
""",
    "claims.csv": """claim_id,claim,short_claim,topic,about,note
sells-boats,Ruritania sells boats to Grand Fenwick,Ruritania sells boats,delivery,,
""",
    "acts.csv": """act,family,side,definition,counter_example,cameo_code,plover_code,code_note
allegation,claim,alleges,asserts something contested,own plans,112,ACCUSE,
denial,claim,denies,rejects a claim,no comment,016,,PLOVER has no denial
""",
    "statements.csv": """statement_id,claim_id,act,said,said_basis,said_best,said_best_ground,said_best_certainty,attribution,channel,hedge,expresses_concern,is_referred,may_be_same_as,answers,certainty,summary,note
st1,sells-boats,allegation,2022-09-06,explicit,,,,institution,statement,asserted,false,false,,,high,Grand Fenwick says so.,
st2,sells-boats,denial,[2022-09-21..2022-09-24],relative,2022-09-22,the ministry's own page,certain,named,statement,,false,false,,st1,high,Rudolf denies it.,
st3,sells-boats,denial,[..2022-09-25],bound,,,,institution,unknown,,false,true,st2,,high,A denial is recalled.,
""",
    "participants.csv": """statement_id,actor_id,role
st1,FEN,speaker
st1,RUR,target
st2,rudolf,speaker
st2,FEN,target
st3,RUR,speaker
""",
    "mentions.csv": """mention_id,statement_id,source_id,form
m1,st1,s1,direct
m2,st2,s2,direct
m3,st3,s2,indirect
m4,st1,s2,indirect
""",
    "passages.csv": "passage_id,mention_id,sha256,length,offset\n"
    + "".join(
        f"{passage},{mention},{PRINTS[words].sha256},{PRINTS[words].length},0\n"
        for passage, mention, words in (
            ("p1", "m1", "p1"),
            ("p2", "m2", "p2"),
            ("p3", "m3", "p3"),
            ("p4", "m4", "p1"),
        )
    ),
}

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "boats"
    folder.mkdir()
    listed = [resource for resource in resources() if resource["path"] in TABLES]
    descriptor = {"name": "boats", "title": "Boats", "version": "1.0.0", "resources": listed}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


@pytest.fixture
def edit(package: Path) -> Edit:
    """Replace a text that stands exactly once in a file of the package."""

    def replace(name: str, old: str, new: str) -> Path:
        text = (package / name).read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (package / name).write_bytes(text.replace(old, new).encode("utf-8"))
        return package

    return replace
