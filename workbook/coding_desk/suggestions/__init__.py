"""What a sentence probably states: guesses for the coder, who accepts or rejects every one.

The rules are lists of cue words and a few patterns that one can read; there is no model. Each suggestion says on which
words it rests.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook.coding_desk.article import Article
from workbook.events import EventData


@dataclass(frozen=True)
class Suggestion:
    """A statement that a sentence probably carries.

    Attributes
    ----------
    sentence : int
        Number of the sentence, from 1, as `workbook.coding_desk.sentences.sentences` counts.
    act : str
        Key of the act.
    speaker : str
        Who speaks, in the words of the article; empty where no one is found.
    actor_id : str
        The actor of the data set; empty where it has none of this name.
    said, said_basis : str
        EDTF and its basis, in the words of the codebook.
    date_words : str
        The words that the date rests on; empty where it is a bound from the publication.
    attribution : str
        As in the codebook: named, unnamed_spokesperson, unnamed_official, institution, joint, analysts or
        unnamed_sources.
    form : str
        direct, indirect or mixed.
    relay : str
        Key of the actor who passes it on; empty where there is none in the data set.
    grounds : tuple of str
        Which rule saw which words, a sentence each.
    """

    sentence: int
    act: str
    speaker: str
    actor_id: str
    said: str
    said_basis: str
    date_words: str
    attribution: str
    form: str
    relay: str
    grounds: tuple[str, ...]


def suggest(article: Article, *, data: EventData) -> tuple[Suggestion, ...]:
    """Suggest statements, in the order of the sentences; at most a few a sentence."""
    return ()
