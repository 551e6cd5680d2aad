"""The command line: ``workbook COMMAND``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from workbook import __version__
from workbook.errors import ParameterError, WorkbookError, nearest

COMMANDS = ("check", "convert", "demo-events", "export", "notebooks", "report", "verify")
"""A module each; a command is imported when it is called, so that ``workbook --help`` is at once there."""

WRONG_CALL = 2
FAULTS_FOUND = 1


class Commands(click.Group):
    """A group whose commands are imported when called and whose errors are sentences, not tracebacks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            ctx.fail(f"no command {cmd_name!r}; expected one of {', '.join(COMMANDS)}{nearest(cmd_name, COMMANDS)}")
        module = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"workbook.cli.{module}"), module)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say in words what a user can mend."""
        try:
            return super().invoke(ctx)
        except ParameterError as error:
            click.echo(error, err=True)
            ctx.exit(WRONG_CALL)
        except WorkbookError as error:
            click.echo(error, err=True)
            ctx.exit(FAULTS_FOUND)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"{where}{error.strerror or error}; expected a place that can be read and written", err=True)
            ctx.exit(FAULTS_FOUND)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="workbook")
def main() -> None:
    """Who said what about whom, when: from coded articles to published reports."""
