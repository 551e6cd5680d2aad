"""A measure's result: a small table, the ground it stands on, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbook.events import Basis


@dataclass(frozen=True)
class Measured:
    """What a measure returns and a chart draws.

    Attributes
    ----------
    table : pandas.DataFrame
        The numbers; the measure's docstring names the columns.
    basis : Basis
        How many events, mentions and sources they stand on, what was left out and why.
    choices : mapping of str to Any
        The measure's parameters, as they were asked for.
    """

    table: pd.DataFrame
    basis: Basis
    choices: Mapping[str, Any] = field(default_factory=dict)
