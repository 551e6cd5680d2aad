"""What a sentence probably states: guesses for the coder, who accepts or rejects every one.

The rules are lists of cue words and a few patterns that one can read; there is no model. Each suggestion says on which
words it rests.
"""

from workbook.coding_desk.suggestions.suggestion import Suggestion, suggest

__all__ = ["Suggestion", "suggest"]
