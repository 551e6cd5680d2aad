"""The lines of a stream, numbered, in runs; none is lost, however it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 4 * 1024 * 1024
LONGEST = 1024 * 1024
"""Bytes of the longest line that is taken for one; the longest real rows have some thousand."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
STRAY = (b"\r", b"\0")


@dataclass(frozen=True)
class Run:
    """Lines that follow each other.

    Attributes
    ----------
    first : int
        Number of the first, counted from 1.
    lines : list of bytes
        Without their line ends.
    is_plain : bool
        Whether all are UTF-8 without carriage returns and zero bytes, so that none need be looked at.
    """

    first: int
    lines: list[bytes]
    is_plain: bool


def line_runs(stream: BinaryIO, *, block: int = BLOCK) -> Iterator[Run]:
    r"""Go through the lines of a stream in runs of some megabytes.

    A line that is longer than `LONGEST` is cut to that length; it is a line all the same.

    Examples
    --------
    >>> import io
    >>> [(run.first, run.lines) for run in line_runs(io.BytesIO(b"a\tb\n\nc"), block=4)]
    [(1, [b'a\tb']), (2, [b'']), (3, [b'c'])]
    """
    number, rest, mark = 1, b"", BYTE_ORDER_MARK
    while chunk := stream.read(block):
        begun, end, tail = chunk.removeprefix(mark).rpartition(b"\n")
        mark = b""
        if not end:
            # What is beyond the longest line is not kept, or one line without an end would fill the memory.
            rest = (rest + tail)[:LONGEST]
            continue
        run = _run(number, rest + begun)
        yield run
        number, rest = number + len(run.lines), tail
    if rest:
        yield _run(number, rest)


def _run(first: int, chunk: bytes) -> Run:
    lines = chunk.split(b"\n")
    if max(map(len, lines)) < LONGEST:
        return Run(first, lines, _is_plain(chunk))
    return Run(first, [line[:LONGEST] for line in lines], is_plain=False)


def unsound(line: bytes) -> str:
    r"""Say what makes a line unreadable; nothing where it can be read.

    Examples
    --------
    >>> unsound(b"caf\xe9\t1")
    'byte 0xe9, which is no UTF-8'
    """
    if len(line) >= LONGEST:
        return f"a line of {LONGEST} bytes or more"
    for stray, name in zip(STRAY, ("a carriage return", "a zero byte"), strict=True):
        if stray in line:
            return f"{name} inside the line"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte 0x{line[error.start]:02x}, which is no UTF-8"
    return ""


def _is_plain(chunk: bytes) -> bool:
    if any(stray in chunk for stray in STRAY):
        return False
    if chunk.isascii():
        return True
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
