"""What is read of Thrift's compact protocol is written again as it was."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.readers.machine.thrift import read_struct, write_struct

WHOLE = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.integers(1, 400)
VALUES = st.recursive(
    st.one_of(
        WHOLE.map(lambda value: (6, value)),
        st.binary(max_size=200).map(lambda value: (8, value)),
        st.booleans().map(lambda value: (1 if value else 2, value)),
        st.binary(min_size=8, max_size=8).map(lambda value: (7, value)),
        st.lists(WHOLE, max_size=40).map(lambda values: (9, (6, values))),
    ),
    lambda inner: st.dictionaries(NUMBERS, inner, max_size=5).map(lambda struct: (12, struct)),
    max_leaves=12,
)


@given(st.dictionaries(NUMBERS, VALUES, max_size=8))
def test_a_struct_that_was_written_is_read_as_it_was(struct) -> None:
    stream = BytesIO()
    write_struct(struct, stream)
    stream.seek(0)
    assert read_struct(stream) == struct
    assert stream.read() == b""


def test_numbers_are_written_as_the_protocol_says() -> None:
    stream = BytesIO()
    write_struct({1: (5, -1), 2: (6, 150), 18: (2, False)}, stream)
    # Steps of 1 and 1, and one of 16, which is written out; -1 as 1, 150 as 300 in groups of seven bits.
    assert stream.getvalue() == bytes([0x15, 1, 0x16, 0b10101100, 0b10, 0x02, 36, 0])


def test_a_type_that_no_footer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="type 11"):
        read_struct(BytesIO(bytes([0x1B, 0, 0])))
