"""Coders who work apart: each has a data package of their own beside the one that they code for.

A coder's package stands in ``codings/<coder>/`` of the base package. It has the base's schema without the tables of
codings; its acts, actors and claims begin as the base's, its other tables hold what this coder coded and nothing else.
The articles' texts stay in the base's articles folder, so that both coders' passages are counted in the same text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.readers.coded import CodedPackage, read_package
from workbook.readers.coded.meaning import CODINGS
from workbook.readers.coded.tables import table_schemas

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
NOT_NAMES = ("articles",)
DESCRIPTOR = "datapackage.json"
SHARED = ("acts", "actors", "claims")
"""Tables that a coder begins with as the base has them; a coder adds actors and claims of their own."""


def coding_folder(package: Path, *, coder: str) -> Path:
    """Return where a coder's own rows stand; the folder comes into being with the first save.

    Parameters
    ----------
    package : pathlib.Path
        Folder of the base package.
    coder : str
        Letters, digits, hyphens and underscores, at most 40, beginning with a letter or digit.

    Raises
    ------
    WorkbookError
        The name cannot be that of a folder, or differs from another coder's in capitals alone.

    Examples
    --------
    >>> coding_folder(Path("data/boats"), coder="anna").as_posix()
    'data/boats/codings/anna'
    """
    if not NAME.fullmatch(coder) or coder.casefold() in NOT_NAMES:
        expected = "letters, digits, - and _, at most 40, beginning with a letter or digit, and not 'articles'"
        raise WorkbookError(f"coder {coder!r}: no name for a coder; expected {expected}")
    alike = [other for other in coders_of(package) if other.casefold() == coder.casefold() and other != coder]
    if alike:
        raise WorkbookError(
            f"coder {coder!r}: there is a coder {alike[0]!r} already; expected that spelling, or another"
        )
    return package / "codings" / coder


def coders_of(package: Path) -> tuple[str, ...]:
    """Return who has rows of their own beside a package, by name.

    Examples
    --------
    >>> from workbook.readers.coded import find_package
    >>> coders_of(find_package("arms_transfers"))
    ()
    """
    places = (package / "codings").glob(f"*/{DESCRIPTOR}")
    return tuple(sorted(place.parent.name for place in places if NAME.fullmatch(place.parent.name)))


def starting_tables(base: CodedPackage, *, coder: str) -> dict[str, bytes]:
    """Return the files of a coder's package before their first row.

    A package with an empty table is a fault, so these are no package yet: they become one with the rows of the first
    save.

    Parameters
    ----------
    base : CodedPackage
        The package that is coded for.
    coder : str
        See `coding_folder`.

    Returns
    -------
    dict of str to bytes
        Content by path in the coder's folder: the descriptor, the acts, actors and claims byte by byte as the base has
        them, the other tables with their header alone.
    """
    descriptor = json.loads((base.folder / DESCRIPTOR).read_text(encoding="utf-8"))
    listed = [
        each for each in descriptor["resources"] if each["name"] in table_schemas() and each["name"] not in CODINGS
    ]
    own = {
        "profile": "data-package",
        "name": f"{base.name}_{coder}".lower(),
        "title": f"{base.title}: as {coder} coded it",
        "version": base.version,
        "resources": listed,
    }
    files = {DESCRIPTOR: (json.dumps(own, ensure_ascii=False, indent=1) + "\n").encode()}
    for resource in listed:
        content = (base.folder / resource["path"]).read_bytes()
        header, end, _ = content.partition(b"\n")
        files[resource["path"]] = content if resource["name"] in SHARED else header + end
    return files


def source_keys(package: Path) -> tuple[str, ...]:
    """Return the keys of all articles that the base or any coder has, in order.

    Two coders code the same article under one key, which is also the name of its text in the articles folder; a new
    article takes a key that nobody has. No other row of a coder is shown to another.

    Examples
    --------
    >>> from workbook.readers.coded import find_package
    >>> source_keys(find_package("arms_transfers"))[-1]
    's004'
    """
    folders = [package, *(coding_folder(package, coder=coder) for coder in coders_of(package))]
    return tuple(sorted({key for folder in folders for key in read_package(folder).tables["sources"]["source_id"]}))
