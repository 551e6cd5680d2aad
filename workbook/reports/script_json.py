"""JSON that can stand in HTML."""

from __future__ import annotations

import json


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
