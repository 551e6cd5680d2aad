"""Writers: standard events out again, one format each, whole or not at all."""

from workbook.writers.csv import write_csv
from workbook.writers.flat import flat_rows
from workbook.writers.parquet import write_parquet
from workbook.writers.plover import PloverExport, write_plover

__all__ = ["PloverExport", "flat_rows", "write_csv", "write_parquet", "write_plover"]
