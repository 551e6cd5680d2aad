"""Suggestions for an article, in the order of its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbook.coding_desk.article import Article
from workbook.coding_desk.suggestions.clauses import Clause
from workbook.coding_desk.suggestions.guesses import DEEDS, Guess, Scene, guesses, main_clause
from workbook.coding_desk.suggestions.names import Names, Who
from workbook.coding_desk.suggestions.occasions import Occasion, occasion
from workbook.coding_desk.suggestions.reading import Line, read_lines
from workbook.coding_desk.suggestions.speakers import accused_states, attribution, meant
from workbook.dates import bounds
from workbook.events import EventData

LANGUAGE = "en"
"""The language of the cues; of an article in another nothing is suggested."""

MOST_HEARD = 8
"""Speakers back to whom a pronoun may reach."""

MOST_SUGGESTIONS = 3
"""For one sentence."""


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
        The actor of the data set, several of a joint statement parted by blanks; empty where it has none of this name.
    said, said_basis : str
        EDTF and its basis, in the words of the codebook; empty where the article has no date.
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
    is_referred : bool
        Only referred to ("despite its denials"), without an occasion.
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
    is_referred: bool = False


def suggest(article: Article, *, data: EventData) -> tuple[Suggestion, ...]:
    """Suggest statements for an article.

    Parameters
    ----------
    article : Article
        In English; of another language nothing is suggested.
    data : EventData
        Its actors are who speakers are looked for among, and those who deny in it are taken for the accused.

    Returns
    -------
    tuple of Suggestion
        In the order of the sentences, at most `MOST_SUGGESTIONS` for each. Headlines, captions and the like get none.

    Examples
    --------
    >>> from workbook.readers.coded import read_package
    >>> article = Article("Moscow declined to comment on Monday.", published="2023-06-13")
    >>> data = read_package("arms_transfers").events()
    >>> [(each.act, each.actor_id, each.said) for each in suggest(article, data=data)]
    [('no_comment', 'RUS', '2023-06-12')]
    """
    if article.language != LANGUAGE:
        return ()
    names = Names(data)
    return tuple(_suggestions(read_lines(article, names=names), article, Scene(names, accused_states(data))))


def _suggestions(lines: Sequence[Line], article: Article, scene: Scene) -> Iterator[Suggestion]:
    """Go through the sentences and keep who spoke last, and when each speaker spoke."""
    occasions: dict[str, Occasion] = {}
    for place, line in enumerate(lines):
        found = guesses(line, scene=replace(scene, closing=_closing(lines[place:])))[:MOST_SUGGESTIONS]
        for guess in found:
            key = " ".join(guess.who.actor_ids) or guess.who.words
            when = occasion(line.masked, guess.clause, dates=line.dates)
            if when.said and guess.act not in DEEDS:
                occasions[key] = when
            earlier = None if guess.is_referred else _earlier(guess.who, occasions, names=scene.names)
            said = _dated(when, earlier, published=article.published)
            yield _suggestion(line, guess, replace(said, passed_over=when.passed_over), names=scene.names)
        scene = replace(
            scene, issuer=_issuer(line, scene), heard=(*_speakers(line, found, scene), *scene.heard)[:MOST_HEARD]
        )


def _issuer(line: Line, scene: Scene) -> Who | None:
    """Return whose printed statement follows: of who "issued the following:", until somebody else speaks."""
    clause = main_clause(line)
    if clause and line.masked.rstrip().endswith(":"):
        return meant(clause.who, heard=scene.heard)
    return None if clause else scene.issuer


def _closing(lines: Sequence[Line]) -> Clause | None:
    """Return the last verb of speech of a paragraph after its first line here."""
    later = (main_clause(line) for line in lines[1:] if line.paragraph == lines[0].paragraph)
    return max((each for each in enumerate(later) if each[1]), default=(0, None), key=lambda each: each[0])[1]


def _speakers(line: Line, found: Sequence[Guess], scene: Scene) -> tuple[Who, ...]:
    """Return whom "he" may mean in the next sentence, the likeliest first."""
    clause = main_clause(line)
    who = meant(clause.who, heard=scene.heard) if clause else None
    others = tuple(each.who for each in found if not each.is_referred and each.who != who)
    return (who, *others) if who else others


def _earlier(who: Who, occasions: dict[str, Occasion], *, names: Names) -> Occasion | None:
    """Return when the same speaker, or the body for which a person speaks, was last quoted with a date."""
    bodies = names.above(who.actor_ids[0]) if len(who.actor_ids) == 1 else []
    keys = [" ".join(who.actor_ids) or who.words, *bodies]
    return next((occasions[key] for key in keys if key in occasions), None)


def _dated(when: Occasion, earlier: Occasion | None, *, published: str) -> Occasion:
    """Take the date beside the verb, that of the speaker's words before, or no more than the publication allows."""
    if when.said:
        return when
    if earlier:
        return Occasion(earlier.said, "context", earlier.words)
    latest = bounds(published).latest if published else None
    return Occasion(f"[..{latest}]", "bound") if latest else Occasion()


def _suggestion(line: Line, guess: Guess, when: Occasion, *, names: Names) -> Suggestion:
    return Suggestion(
        sentence=line.number,
        act=guess.act,
        speaker=guess.who.words,
        actor_id=" ".join(guess.who.actor_ids),
        said=when.said,
        said_basis=when.basis,
        date_words=when.words,
        attribution=attribution(guess.who, names=names),
        form=line.form,
        relay=" ".join(guess.relay.actor_ids) if guess.relay else "",
        grounds=_grounds(guess, when),
        is_referred=guess.is_referred,
    )


def _grounds(guess: Guess, when: Occasion) -> tuple[str, ...]:
    """Say on which words a suggestion rests, and which dates were passed over."""
    known = " ".join(guess.who.actor_ids) or "no actor of the data set"
    dated = {
        "context": f"Date: “{when.words}”, where the same speaker was quoted before.",
        "bound": f"Date: “{when.words}” bounds it." if when.words else "Date: none beside the verb.",
        "": "Date: none, and the article has no date yet.",
    }.get(when.basis, f"Date: “{when.words}” stands beside the verb.")
    others = [f"Passed over as no date of the statement: “{words}”." for words in when.passed_over]
    return (f"Act: {guess.ground}.", f"Speaker: “{guess.who.words}” is {known}.", dated, *others)
