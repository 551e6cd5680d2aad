"""``workbook notebooks``: what can be run, and with which parameters."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def notebooks(as_json: bool) -> None:
    """List the notebooks with their questions and parameters.

    Each parameter is listed with its type, its default and what may stand there.
    """
    from workbook.reports.catalogue import NotebookCard, read_catalogue

    def as_words(card: NotebookCard) -> str:
        lines = [f"{card.name}: {card.question}"]
        lines += [f"  {each.name}: {each.kind} = {each.default!r}\n      {each.help}" for each in card.parameters]
        return "\n".join(lines)

    def as_data(card: NotebookCard) -> dict[str, object]:
        parameters = [vars(each) for each in card.parameters]
        return {"name": card.name, "title": card.title, "question": card.question, "parameters": parameters}

    cards = read_catalogue()
    if as_json:
        click.echo(json.dumps([as_data(card) for card in cards], indent=1, ensure_ascii=False))
    else:
        click.echo("\n\n".join(as_words(card) for card in cards))
