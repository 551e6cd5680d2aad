"""HTML from templates: everything is escaped, and JSON can stand in it."""

from __future__ import annotations

import json
from functools import cache

import jinja2


@cache
def templates() -> jinja2.Environment:
    """Return the templates of the pages; what is put into them is escaped, and nothing may be missing."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("workbook.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def script_json(value: object) -> str:
    r"""Write JSON that can stand in a script element, whatever is in it.

    Examples
    --------
    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
