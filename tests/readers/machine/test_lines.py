"""Lines of a stream are numbered, and none is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.readers.machine import lines as module
from workbook.readers.machine.lines import Run, line_runs, unsound


@given(st.binary(max_size=200), st.integers(1, 30))
@example(b"\n\n", 1)
@example(b"a\r\nb", 3)
@example(b"\xef\xbb\xbfa", 4)
def test_runs_hold_every_line_with_its_number(content: bytes, block: int) -> None:
    found = [pair for run in line_runs(io.BytesIO(content), block=block) for pair in enumerate(run.lines, run.first)]
    marked = content.removeprefix(b"\xef\xbb\xbf") if block >= 3 else content
    lines = marked.split(b"\n")
    expected = lines[:-1] if not lines[-1] else lines
    assert found == list(enumerate(expected, start=1))


@given(st.integers(1, 12), st.integers(0, 8))
def test_what_stands_below_a_header_keeps_its_numbers(count: int, header: int) -> None:
    run = Run(1, b"\n".join(b"%d" % number for number in range(1, count + 1)))
    below = run.below(header)
    found = [] if below is None else list(enumerate(below.lines, below.first))
    assert found == [(number, b"%d" % number) for number in range(header + 1, count + 1)]


def test_a_line_without_an_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 10)
    runs = list(line_runs(io.BytesIO(b"ab\n" + b"x" * 1000 + b"\ncd"), block=7))
    assert [line for run in runs for line in run.lines] == [b"ab", b"x" * 10, b"cd"]
    assert unsound(b"x" * 10) == "a line of 10 bytes or more"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"caf\xc3\xa9", ""),
        (b"caf\xe9", "byte 0xe9, which is no UTF-8"),
        (b"a\rb", "a carriage return inside the line"),
        (b"a\0b", "a zero byte inside the line"),
    ],
)
def test_what_makes_a_line_unreadable_is_named(line: bytes, said: str) -> None:
    assert unsound(line) == said
