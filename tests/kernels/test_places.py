"""Where sockets lie: in the system's temporary folder, if its path is short enough."""

from __future__ import annotations

import tempfile
from pathlib import Path

from workbook.kernels.places import LONGEST, temporary_folder


def made_in(place: Path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    folder = temporary_folder()
    folder.rmdir()
    return folder.parent


def test_the_systems_folder_is_used_unless_its_path_is_too_long(tmp_path, monkeypatch) -> None:
    short = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    assert made_in(short, monkeypatch) == short
    short.rmdir()
    long = tmp_path / ("x" * LONGEST)
    long.mkdir()
    assert made_in(long, monkeypatch) == Path("/tmp")


def test_the_folder_is_this_users_alone(tmp_path) -> None:
    assert temporary_folder(within=tmp_path).stat().st_mode & 0o777 == 0o700
