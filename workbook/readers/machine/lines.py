"""The lines of a stream, numbered, in runs; none is lost, however it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

BLOCK = 4 * 1024 * 1024
LONGEST = 1024 * 1024
"""Bytes of the longest line that is taken for one; the longest real rows have some thousand."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
STRAY = {b"\r": "a carriage return", b"\0": "a zero byte"}


@dataclass(frozen=True)
class Run:
    """Lines that follow each other.

    Attributes
    ----------
    first : int
        Number of the first, counted from 1.
    content : bytes
        Their bytes, without the last line end.
    """

    first: int
    content: bytes

    @cached_property
    def count(self) -> int:
        """How many lines there are."""
        return self.content.count(b"\n") + 1

    @property
    def lines(self) -> list[bytes]:
        """Each line without its end; what is longer than `LONGEST` is cut."""
        return [line[:LONGEST] for line in self.content.split(b"\n")]

    @property
    def is_plain(self) -> bool:
        """Whether all is UTF-8 without carriage returns and zero bytes, and no single line that is too long."""
        if any(stray in self.content for stray in STRAY):
            return False
        return self.content.isascii() or not _undecodable(self.content)

    def below(self, line: int) -> Run | None:
        """Return what stands below a line; nothing where that is nothing."""
        if line < self.first:
            return self
        rest = self.content.split(b"\n", line - self.first + 1)
        skipped = line - self.first + 1
        return Run(line + 1, rest[skipped]) if len(rest) > skipped else None


def line_runs(stream: BinaryIO, *, block: int = BLOCK) -> Iterator[Run]:
    r"""Go through the lines of a stream in runs of some megabytes.

    Of a line that is longer than `LONGEST` the rest is left out; it is a line all the same, and an unsound one.

    Examples
    --------
    >>> import io
    >>> list(line_runs(io.BytesIO(b"a\tb\n\nc"), block=4))
    [Run(first=1, content=b'a\tb'), Run(first=2, content=b''), Run(first=3, content=b'c')]
    """
    number, rest, mark = 1, b"", BYTE_ORDER_MARK
    while chunk := stream.read(block):
        begun, end, tail = chunk.removeprefix(mark).rpartition(b"\n")
        mark = b""
        if not end:
            # What is beyond the longest line is not kept, or one line without an end would fill the memory.
            rest = (rest + tail)[:LONGEST]
            continue
        run = Run(number, rest + begun)
        yield run
        number, rest = number + run.count, tail
    if rest:
        yield Run(number, rest)


def unsound(line: bytes) -> str:
    r"""Say what makes a line unreadable; nothing where it can be read.

    Examples
    --------
    >>> unsound(b"caf\xe9\t1")
    'byte 0xe9, which is no UTF-8'
    """
    if len(line) >= LONGEST:
        return f"a line of {LONGEST} bytes or more"
    for stray, name in STRAY.items():
        if stray in line:
            return f"{name} inside the line"
    return _undecodable(line)


def _undecodable(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte 0x{content[error.start]:02x}, which is no UTF-8"
    return ""
