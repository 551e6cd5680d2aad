"""Run the command line as ``python -m workbook``."""

from workbook.cli import main

main(prog_name="workbook")
