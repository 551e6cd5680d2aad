"""HTML from templates: everything that is put into one is escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


@cache
def templates(package: str) -> jinja2.Environment:
    """Return the templates of a package; what is put into them is escaped, and nothing may be missing.

    Examples
    --------
    >>> templates("workbook.explorers").from_string("<p>{{ words }}</p>").render(words="<b>")
    '<p>&lt;b&gt;</p>'
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
