"""Folders for kernels: the system's temporary ones, if sockets can lie in them."""

from __future__ import annotations

import tempfile
from pathlib import Path

LONGEST = 48
"""Characters: the path of a socket may have about a hundred, and folders and names come below."""

USUAL = Path("/tmp")  # noqa: S108 - the folders made in it are this user's alone


def temporary_folder(*, within: Path | None = None) -> Path:
    """Make a folder of this user's own whose path is short enough for sockets."""
    place = within or Path(tempfile.gettempdir())
    if within is None and len(str(place)) > LONGEST and USUAL.is_dir():
        place = USUAL
    return Path(tempfile.mkdtemp(prefix="workbook-", dir=place))
