"""Thrift's compact protocol, in which the footer of a Parquet file is written: read and written as it is, unnamed.

The protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
WHOLE = (4, 5, 6)
"""Whole numbers of 16, 32 and 64 bits."""

SHORT, LOW = 15, 127
"""Lengths and steps up to this are written in half a byte; numbers in groups of seven bits."""

Struct = dict[int, tuple[int, Any]]
"""By the number of a field: its type, and its value; a list's value is the type of its items, and the items."""


def read_struct(stream: BytesIO) -> Struct:
    """Read a struct.

    Examples
    --------
    >>> read_struct(BytesIO(bytes.fromhex("1506 1801 61 11 00")))
    {1: (5, 3), 2: (8, b'a'), 3: (1, True)}
    """
    found: Struct = {}
    number = 0
    while head := stream.read(1)[0]:
        step, kind = head >> 4, head & SHORT
        number = number + step if step else _whole(stream)
        found[number] = (kind, kind == TRUE if kind in (TRUE, FALSE) else _read(stream, kind))
    return found


def write_struct(struct: Struct, stream: BytesIO) -> None:
    """Write a struct, its fields in the order of their numbers.

    Examples
    --------
    >>> stream = BytesIO()
    >>> write_struct({1: (5, 3), 20: (8, b"a")}, stream)
    >>> stream.getvalue().hex(" ")
    '15 06 08 28 01 61 00'
    """
    last = 0
    for number, (kind, value) in sorted(struct.items()):
        step = number - last
        if 0 < step <= SHORT:
            stream.write(bytes([step << 4 | kind]))
        else:
            stream.write(bytes([kind]) + _zigzag(number))
        if kind not in (TRUE, FALSE):
            _write(value, kind, stream)
        last = number
    stream.write(b"\0")


def _read(stream: BytesIO, kind: int) -> Any:
    if kind in WHOLE:
        return _whole(stream)
    if kind == BINARY:
        return stream.read(_natural(stream))
    if kind == STRUCT:
        return read_struct(stream)
    if kind in (LIST, SET):
        head = stream.read(1)[0]
        count = head >> 4
        items = head & SHORT
        return items, [_read(stream, items) for _ in range(_natural(stream) if count == SHORT else count)]
    if kind in (TRUE, FALSE, BYTE, DOUBLE):
        return stream.read(8 if kind == DOUBLE else 1)
    raise ValueError(f"type {kind} of Thrift's compact protocol, which no footer of a Parquet file has")


def _write(value: Any, kind: int, stream: BytesIO) -> None:
    if kind in WHOLE:
        stream.write(_zigzag(value))
    elif kind == BINARY:
        stream.write(_varint(len(value)) + value)
    elif kind == STRUCT:
        write_struct(value, stream)
    elif kind in (LIST, SET):
        items, each = value
        short = len(each) < SHORT
        stream.write(bytes([(len(each) if short else SHORT) << 4 | items]) + (b"" if short else _varint(len(each))))
        for item in each:
            _write(item, items, stream)
    else:
        stream.write(value)


def _natural(stream: BytesIO) -> int:
    found = shift = 0
    while (byte := stream.read(1)[0]) > LOW:
        found |= (byte & LOW) << shift
        shift += 7
    return found | byte << shift


def _whole(stream: BytesIO) -> int:
    found = _natural(stream)
    return found >> 1 ^ -(found & 1)


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > LOW:
        found.append(number & LOW | LOW + 1)
        number >>= 7
    found.append(number)
    return bytes(found)


def _zigzag(number: int) -> bytes:
    return _varint(number << 1 if number >= 0 else (-number << 1) - 1)
