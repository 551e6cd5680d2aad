"""Saving and its undo: all files of a step, whole or not at all, whenever the process ends.

A step is written down in a record before the first file is replaced. Whatever ends the process, the next start finds
the record and finishes the step; where there is none, nothing was touched. After the step the record holds what undoes
it. It lies in the articles folder of the package, which git ignores, because it can hold an article.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from workbook.coding_desk.records import FileChange, Record, read_record, written
from workbook.errors import FaultsError, WorkbookError
from workbook.files import ENDING, write_whole
from workbook.readers.coded import read_package
from workbook.readers.coded.package import INSTALLED

try:
    import fcntl
except ImportError:  # Windows: two desks that save at once are told apart by the bytes of the files alone.
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "ARTICLES",
    "DESCRIPTOR",
    "PACKAGE_RECORD",
    "ChangedOnDiskError",
    "FileChange",
    "check_writable",
    "finish_cut_off",
    "last_save",
    "save",
    "undo_last",
]

ARTICLES = "articles"
RECORDS = ".undo"
WOULD_BE = "would_be"
DESCRIPTOR = "datapackage.json"
PACKAGE_RECORD = "package"
"""Record of what was saved into the package itself; each coder apart has one too."""


class ChangedOnDiskError(WorkbookError):
    """A file is not as it was read: somebody else has written it since."""


def save(
    changes: Sequence[FileChange], *, package: Path, checked: Sequence[Path], title: str, record: str = PACKAGE_RECORD
) -> None:
    """Make all changes in one step, after the packages that come of it have been checked whole.

    Parameters
    ----------
    changes : sequence of FileChange
        The files of the step.
    package : pathlib.Path
        Folder of the data package in whose articles folder the step is written down; all files are inside it.
    checked : sequence of pathlib.Path
        Folders of packages that must be without a fault afterwards: this one, a coder's own.
    title : str
        What is saved, in words; shown before it is undone.
    record : str
        Whose step it is; each has a last one of its own.

    Raises
    ------
    FaultsError
        A package would have faults; all of them, and nothing was written.
    ChangedOnDiskError
        A file is not as it was read, or an earlier step was cut off and is finished now; nothing else was written.
    WorkbookError
        The package cannot be written.
    """
    with _held(package) as records:
        finished = _finish(records, package=package)
        if finished:
            raise ChangedOnDiskError(
                f"{package.name}: what was cut off before is done now: {', '.join(finished)}; nothing else was saved; "
                "take out of the list what the package holds already, then save"
            )
        changed = [each.path for each in changes if _bytes(each.path) != each.before]
        if changed:
            raise ChangedOnDiskError(_changed_words(changed, "nothing was saved; load the package again, then save"))
        for folder in checked:
            _check(folder, changes=changes, place=records / WOULD_BE)
        made = tuple(each for each in changes if each.before != each.after)
        _make(Record("saving", title, made), package=package, path=records / f"{record}.json")


def undo_last(package: Path, *, record: str = PACKAGE_RECORD, needed: Collection[Path] = ()) -> str:
    """Give all files of the last step the bytes that they had before it.

    Parameters
    ----------
    package : pathlib.Path
        Folder of the data package.
    record : str
        Whose last step.
    needed : collection of pathlib.Path
        Files that somebody else needs by now: they stay as they are.

    Returns
    -------
    str
        Title of what was undone.

    Raises
    ------
    ChangedOnDiskError
        A file was changed since; nothing was undone.
    WorkbookError
        There is nothing to undo, or the package cannot be written.
    """
    with _held(package) as records:
        _finish(records, package=package)
        path = records / f"{record}.json"
        last = read_record(path, package=package)
        if last is None:
            raise WorkbookError(f"{package.name}: found no save to undo; expected one since the last undo")
        changes = tuple(each for each in last.changes if each.path not in needed)
        changed = [each.path for each in changes if _bytes(each.path) != each.after]
        if changed:
            raise ChangedOnDiskError(
                _changed_words(changed, "nothing was undone; take the rows out by hand, or restore the files with git")
            )
        _make(Record("undoing", last.title, changes), package=package, path=path)
        return last.title


def last_save(package: Path, *, record: str = PACKAGE_RECORD) -> str:
    """Return the title of the step that an undo would take back; empty if there is none."""
    last = read_record(_records(package) / f"{record}.json", package=package)
    return last.title if last else ""


def finish_cut_off(package: Path) -> list[str]:
    """Finish what a killed process had begun to save or to undo.

    Parameters
    ----------
    package : pathlib.Path
        Folder of the data package.

    Returns
    -------
    list of str
        Titles of the steps that were finished; usually none.

    Raises
    ------
    WorkbookError
        A file was changed since by somebody else, so that the step can neither be finished nor undone.
    """
    if not _records(package).is_dir():
        return []
    with _held(package) as records:
        return _finish(records, package=package)


def check_writable(package: Path) -> None:
    """Raise WorkbookError if this is a package into which nothing may be written."""
    if package.resolve().is_relative_to(INSTALLED.resolve()):
        raise WorkbookError(
            f"{package.name}: found a data set that is installed with the workbook; "
            "expected a copy of your own: copy its folder, and give the path of the copy"
        )


def _records(package: Path) -> Path:
    return package / ARTICLES / RECORDS


@contextmanager
def _held(package: Path) -> Iterator[Path]:
    """Hold the package for one step; give the folder of its records."""
    check_writable(package)
    records = _records(package)
    try:
        records.mkdir(parents=True, exist_ok=True)
        _hide_from_git(package / ARTICLES)
        with (records / "lock").open("a") as lock:  # Nothing is cut that a link of a stranger's package leads to.
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield records
    except OSError as error:
        raise WorkbookError(f"{error.filename or package}: cannot be written: {error.strerror or error}") from error


def _hide_from_git(articles: Path) -> None:
    """Keep articles out of git wherever the package lies."""
    if not (articles / ".gitignore").exists():
        write_whole(articles / ".gitignore", b"*\n")


def _finish(records: Path, *, package: Path) -> list[str]:
    """Finish every step that was cut off, and return their titles."""
    titles = []
    shutil.rmtree(records / WOULD_BE, ignore_errors=True)
    _remove_parts(records)
    for path in sorted(records.glob("*.json")):
        cut_off = read_record(path, package=package)
        if cut_off is None or cut_off.stage == "saved":
            continue
        strange = [each.path for each in cut_off.changes if _bytes(each.path) not in (each.before, each.after)]
        if strange:
            what = f"{cut_off.title} was cut off; restore them with git, delete {path}, and check the package"
            raise ChangedOnDiskError(_changed_words(strange, what))
        for folder in {each.path.parent for each in cut_off.changes}:
            _remove_parts(folder)
        _make(cut_off, package=package, path=path)
        titles.append(cut_off.title)
    return titles


def _remove_parts(folder: Path) -> None:
    for part in folder.glob(f".*{ENDING}"):
        part.unlink(missing_ok=True)


def _make(step: Record, *, package: Path, path: Path) -> None:
    """Write the step down, replace its files, and say in the record that it is done."""
    before = _bytes(path)
    write_whole(path, written(step, package=package))
    is_undo = step.stage == "undoing"
    try:
        for each in step.changes:
            _put(each.path, each.before if is_undo else each.after)
        if is_undo:
            _remove_empty_folders(step.changes, package=package)
            path.unlink()
        else:
            write_whole(path, written(Record("saved", step.title, step.changes), package=package))
    except BaseException:
        # A full disk, an interrupt: back to where it began. Where this fails too, the record finishes it later.
        for each in step.changes:
            _put(each.path, each.after if is_undo else each.before)
        _put(path, before)
        raise


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif _bytes(path) != content:
        write_whole(path, content)


def _remove_empty_folders(changes: Sequence[FileChange], *, package: Path) -> None:
    for each in changes:
        folder = each.path.parent
        while folder != package and folder.is_relative_to(package) and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _check(folder: Path, *, changes: Sequence[FileChange], place: Path) -> None:
    """Read and check the package that would come of the changes, in a folder of its own."""
    after = {each.path: each.after for each in changes}

    def content(name: str) -> bytes | None:
        return after[folder / name] if folder / name in after else _bytes(folder / name)

    try:
        for name in [DESCRIPTOR, *_table_paths(content(DESCRIPTOR) or b"{}")]:
            would_be = content(name)
            if would_be is not None:
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(would_be)
        read_package(place)
    except FaultsError as error:
        raise FaultsError(f"{folder.name} as it would be", error.faults) from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _table_paths(descriptor: bytes) -> list[str]:
    """Return where a descriptor says that tables stand; a path that leads out is left for the check to find."""
    paths = [str(resource["path"]) for resource in json.loads(descriptor).get("resources", [])]
    return [path for path in paths if not PurePath(path).is_absolute() and ".." not in PurePath(path).parts]


def _changed_words(paths: Sequence[Path], what: str) -> str:
    return f"{', '.join(path.name for path in paths)}: found other contents than were read or written; {what}"


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
