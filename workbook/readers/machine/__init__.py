"""Machine-coded events: the vendors' files, read line by line, to one Parquet file of standard events."""
