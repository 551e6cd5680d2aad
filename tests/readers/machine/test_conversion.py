"""A conversion loses no row, appears whole or not at all, goes on where it was, and takes what is new."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.errors import FaultsError, ParameterError, WorkbookError
from workbook.events import EVENT_COLUMNS
from workbook.readers.machine import batch_writer, conversion, merging
from workbook.readers.machine.conversion import convert
from workbook.readers.machine.provenance import read_provenance


def packed(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return path


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.integers(1, 9).map(lambda key: ("row", key)),
            st.binary(max_size=30).map(lambda line: ("line", line.replace(b"\n", b""))),
            st.integers(55, 65).map(lambda tabs: ("line", b"\t" * tabs)),
        ),
        max_size=8,
    )
)
def test_any_line_is_either_an_event_or_aside(gdelt, tmp_path_factory, pieces) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = [gdelt(1000).encode()]
    lines += [gdelt(at * 10 + piece).encode() if kind == "row" else piece for at, (kind, piece) in enumerate(pieces)]
    (folder / "a.csv").write_bytes(b"".join(line + b"\n" for line in lines))
    done = convert([folder / "a.csv"], out=folder / "out.parquet", name="gdelt", keeps_aside=True, jobs=1)
    assert done.rows == len(lines)
    assert done.rows == done.events + done.aside
    assert done.events == 1 + sum(kind == "row" for kind, _ in pieces)
    if done.aside:
        aside = (folder / "out.parquet.aside.tsv").read_bytes().removesuffix(b"\n").split(b"\n")[1:]
        kept = {int(line.split(b"\t", 3)[1]): line.split(b"\t", 3)[3] for line in aside}
        assert all(lines[number - 1] == raw for number, raw in kept.items())
        assert len(kept) == done.aside


def test_all_faults_are_listed_with_file_and_line_and_nothing_is_written(converter, gdelt) -> None:
    rows = [gdelt(1), gdelt(2).rpartition("\t")[0], gdelt(3, SQLDATE="20230231"), gdelt(4, NumMentions="1.5")]
    rows += [gdelt(5, EventCode="---"), gdelt(6, GoldsteinScale="nan"), gdelt("x"), gdelt(8) + "\tmore"]
    with pytest.raises(FaultsError) as raised:
        converter.convert(converter.file("a.csv", *rows))
    found = sorted((fault.row, fault.column, fault.found) for fault in raised.value.faults)
    assert found == [
        (2, "", "60 cells"),
        (3, "SQLDATE", "'20230231'"),
        (4, "NumMentions", "'1.5'"),
        (5, "EventCode", "'---'"),
        (6, "GoldsteinScale", "'nan'"),
        (7, "GLOBALEVENTID", "'x'"),
        (8, "", "62 cells"),
    ]
    assert "7 of 8 rows" in str(raised.value)
    assert not converter.out.exists()


def test_only_some_hundreds_of_faults_are_listed_and_the_total_is_said(converter, gdelt) -> None:
    rows = [gdelt(key, EventCode="?") for key in range(2000)]
    with pytest.raises(FaultsError) as raised:
        converter.convert(converter.file("a.csv", gdelt(9999), *rows))
    assert len(raised.value.faults) == 300
    assert "2000 of 2001 rows" in str(raised.value)


def test_rows_kept_aside_are_there_unchanged(converter, gdelt) -> None:
    path = converter.file("a.csv", gdelt(1))
    bad = [b"caf\xe9\t\x00", gdelt(2, EventCode="=cmd").encode()]
    path.write_bytes(path.read_bytes() + b"\n".join(bad))
    converter.convert(path, keeps_aside=True)
    aside = converter.kept_aside()
    assert [row[3] for row in aside] == bad
    assert [row[0] for row in aside] == [str(path).encode()] * 2


def test_lines_that_end_in_crlf_are_read(converter, gdelt) -> None:
    path = converter.file("a.csv", gdelt(1), gdelt(2))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    converter.convert(path)
    assert converter.events()["source_url"].tolist() == ["https://courier.example/boats"] * 2


def test_files_folders_globs_and_archives_give_the_same(converter, gdelt) -> None:
    folder = converter.folder / "in"
    (folder / "deeper").mkdir(parents=True)
    text = f"{gdelt(1)}\n{gdelt(2)}\n"
    (folder / "deeper" / "plain.csv").write_text(text, encoding="utf-8")
    packed(folder / "two.zip", one=text.replace(gdelt(1), gdelt(3)), other=gdelt(5)).rename(folder / "two.ZIP")
    with gzip.open(folder / "c.csv.gz", "wt", encoding="utf-8") as file:
        file.write(gdelt(6))
    with pytest.raises(FaultsError, match="the event gdelt2-2 again"):
        converter.convert(folder)
    packed(folder / "two.ZIP", one=gdelt(3), other=gdelt(5))
    assert converter.convert(folder).events == 5
    converter.out.unlink()
    done = converter.convert(f"{folder}/**/*.csv", f"{folder}/*.gz", folder / "two.ZIP")
    assert sorted(converter.events()["event_id"]) == [f"gdelt2-{key}" for key in (1, 2, 3, 5, 6)]
    assert done.rows == 5


def test_a_parquet_file_with_the_vendors_columns_is_read(converter, gdelt) -> None:
    from workbook.readers.machine.tables import vendor_columns

    path = converter.file("a.csv", gdelt(1), gdelt(2, EventCode="10"), gdelt(3))
    types = dict.fromkeys(vendor_columns("gdelt"), "VARCHAR") | {"GLOBALEVENTID": "BIGINT", "NumMentions": "INTEGER"}
    table = f"read_csv('{path}', delim = '\t', header = false, columns = {types})"
    raw = converter.folder / "raw.parquet"
    duckdb.sql(f"COPY (SELECT * REPLACE (strptime(SQLDATE, '%Y%m%d')::DATE AS SQLDATE) FROM {table}) TO '{raw}'")
    done = converter.convert(raw, keeps_aside=True)
    assert (done.rows, done.aside) == (3, 1)
    assert converter.events()["event_id"].tolist() == ["gdelt2-1", "gdelt2-3"]
    assert converter.events()["date_text"].tolist() == ["2023-09-04"] * 2
    assert converter.kept_aside()[0][1:3] == [b"2", b"EventCode: '10'; expected a code of the table cameo.csv"]


def test_broken_archives_are_named_and_kept_aside_whole(converter, gdelt) -> None:
    text = "".join(f"{gdelt(key)}\n" for key in range(500))
    good = converter.file("good.csv", gdelt(1000))
    cut = packed(converter.folder / "cut.zip", a=text)
    cut.write_bytes(cut.read_bytes()[:-300])
    damaged = packed(converter.folder / "damaged.zip", a=text.replace("gdelt", "GDELT"))
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    short = converter.folder / "short.csv.gz"
    short.write_bytes(gzip.compress(text.encode())[:-50])
    with pytest.raises(FaultsError) as raised:
        converter.convert(good, cut, damaged, short)
    places = sorted(Path(fault.place.partition(":")[0]).name for fault in raised.value.faults)
    assert places == ["cut.zip", "damaged.zip", "short.csv.gz"]
    done = converter.convert(good, cut, damaged, short, keeps_aside=True)
    assert (done.rows, done.events, len(done.broken)) == (1, 1, 3)
    # Fetched again they are added: what could not be read is not known yet.
    short.write_bytes(gzip.compress(text.encode()))
    assert converter.convert(good, short).events == 501


def test_names_that_lead_nowhere_are_all_named(converter) -> None:
    with pytest.raises(FaultsError) as raised:
        converter.convert("nowhere.csv", "no/*.zip")
    assert [fault.place for fault in raised.value.faults] == ["nowhere.csv", "no/*.zip"]


def test_an_unknown_format_is_answered_with_the_nearest(converter) -> None:
    with pytest.raises(ParameterError, match="nearest: gdelt"):
        converter.convert("a", name="gdlet")


def test_new_files_are_added_and_known_ones_passed_over(converter, gdelt) -> None:
    first = converter.file("a.csv", gdelt(2, SQLDATE="20230902"))
    converter.convert(first)
    second = converter.file(
        "b.csv", gdelt(1, SQLDATE="20230901"), gdelt(3, SQLDATE="20230903"), gdelt(4, EventCode="?")
    )
    copy = converter.file("copy.csv", gdelt(2, SQLDATE="20230902"))
    done = converter.convert(first, second, copy, keeps_aside=True)
    assert (done.rows, done.aside, done.events, done.known) == (3, 1, 3, 1)
    assert converter.events()["date_text"].tolist() == ["2023-09-01", "2023-09-02", "2023-09-03"]
    before = converter.out.read_bytes()
    assert converter.convert(first, second).rows == 0
    assert converter.out.read_bytes() == before
    again = converter.file("c.csv", gdelt(3), gdelt(5, EventCode="??"))
    with pytest.raises(FaultsError, match="the event gdelt2-3 again, as in the output"):
        converter.convert(again)
    assert len(converter.kept_aside()) == 1
    provenance = read_provenance(converter.out)
    assert provenance is not None
    assert [(Path(file.path).name, file.rows, file.aside) for file in provenance.files] == [
        ("a.csv", 1, 0),
        ("b.csv", 3, 1),
    ]


def test_provenance_stands_in_the_file(converter, gdelt) -> None:
    import hashlib

    path = converter.file("a.csv", gdelt(1))
    converter.convert(path)
    provenance = read_provenance(converter.out)
    assert provenance is not None
    assert provenance.created_by.startswith("workbook ")
    assert "gdelt-1" in provenance.readers
    assert provenance.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_somebody_else_has_written_is_not_replaced(converter, gdelt) -> None:
    path = converter.file("a.csv", gdelt(1))
    duckdb.sql(f"COPY (SELECT 1 AS one) TO '{converter.out}'")
    with pytest.raises(WorkbookError, match="has not written"):
        converter.convert(path)


def test_events_of_other_readers_are_not_added_to(converter, gdelt, monkeypatch) -> None:
    converter.convert(converter.file("a.csv", gdelt(1)))
    monkeypatch.setattr(conversion, "readers_version", lambda: "gdelt-99")
    with pytest.raises(WorkbookError, match="convert all inputs anew"):
        converter.convert(converter.file("b.csv", gdelt(2)))


def test_months_get_a_folder_each_and_only_touched_ones_are_written_anew(converter, gdelt) -> None:
    first = converter.file("a.csv", gdelt(1, SQLDATE="20230901"), gdelt(2, SQLDATE="20231002"))
    converter.out = converter.folder / "events"
    converter.convert(first, partition="month")
    files = sorted(str(path.relative_to(converter.out)) for path in converter.out.rglob("*.parquet"))
    assert files == ["year=2023/month=09/events.parquet", "year=2023/month=10/events.parquet"]
    september = converter.out / files[0]
    inode, october = september.stat().st_ino, (converter.out / files[1]).read_bytes()
    done = converter.convert(first, converter.file("b.csv", gdelt(3, SQLDATE="20231001")), partition="month")
    assert done.events == 3
    assert september.stat().st_ino == inode
    assert (converter.out / files[1]).read_bytes() != october
    table = f"read_parquet('{converter.out}/**/*.parquet', hive_partitioning = false)"
    rows = duckdb.sql(f"SELECT * FROM {table} ORDER BY date_text").df()
    assert tuple(rows.columns) == EVENT_COLUMNS
    assert rows["event_id"].tolist() == ["gdelt2-1", "gdelt2-3", "gdelt2-2"]
    with pytest.raises(WorkbookError, match="a folder of months"):
        converter.convert(first)


@pytest.mark.parametrize("partition", ["", "month"])
def test_events_sorted_a_few_at_a_time_stand_in_the_same_order(converter, gdelt, monkeypatch, partition) -> None:
    days = [f"2023{9 + key % 2:02}{1 + key * 7 % 28:02}" for key in range(1000, 1200)]
    rows = [gdelt(key, SQLDATE=day) for key, day in zip(range(1000, 1200), days, strict=True)]
    first, second = converter.file("a.csv", *rows[:120]), converter.file("b.csv", *rows[120:])
    # Ten events fit into memory at once, fewer than two days have.
    monkeypatch.setattr(merging, "EVENT_BYTES", 512 * 1024**2 // 10)
    converter.out = converter.folder / ("events" if partition else "events.parquet")
    converter.convert(first, partition=partition)
    assert converter.convert(first, second, partition=partition).events == 200
    files = sorted(converter.out.rglob("*")) if partition else [converter.out]
    named = [path.name for path in files if path.is_file()]
    assert named == (["_provenance.json", "events.parquet", "events.parquet"] if partition else ["events.parquet"])
    found = [row for path in files if path.suffix == ".parquet" for row in _keys(path)]
    assert found == sorted((day, f"gdelt2-{key}") for key, day in zip(range(1000, 1200), days, strict=True))


def _keys(path: Path) -> list[tuple[str, str]]:
    return duckdb.sql(f"SELECT strftime(date_earliest, '%Y%m%d'), event_id FROM '{path}'").fetchall()


def test_lines_keep_their_numbers_through_blocks_and_sources(converter, gdelt, monkeypatch) -> None:
    monkeypatch.setattr(batch_writer, "BLOCK_BYTES", 20_000)
    paths = []
    for number in range(5):
        lines = [gdelt(number * 1000 + at, EventCode="?" if at == 77 else "016") for at in range(1, 200)]
        paths.append(converter.file(f"{number}.csv", *lines))
    done = converter.convert(*paths, keeps_aside=True, jobs=1)
    assert (done.rows, done.aside) == (995, 5)
    aside = converter.kept_aside()
    assert [(Path(row[0].decode()).name, row[1]) for row in aside] == [(f"{n}.csv", b"77") for n in range(5)]
    assert [row[3].split(b"\t")[0] for row in aside] == [b"%d" % (n * 1000 + 77) for n in range(5)]


def test_a_line_of_the_wrong_width_in_a_large_block_is_found(converter, gdelt) -> None:
    lines = [gdelt(key) for key in range(30_000)]
    lines[12_345] += "\t"
    lines[23_456] = ""
    done = converter.convert(converter.file("a.csv", *lines), keeps_aside=True)
    assert (done.rows, done.aside) == (30_000, 2)
    assert [row[1] for row in converter.kept_aside()] == [b"12346", b"23457"]


SLOW = """
import sys, time
from workbook.readers.machine import batch, conversion
conversion.LARGEST_BATCH = 1
write = batch.BatchWriter.end
def slow(self):
    write(self)
    print("ended", flush=True)
    time.sleep(0.2)
batch.BatchWriter.end = slow
conversion.convert(sys.argv[2:], out=sys.argv[1], jobs=1)
"""


def test_a_run_that_was_killed_goes_on_where_it_was(converter, gdelt, monkeypatch) -> None:
    paths = [converter.file(f"{number}.csv", gdelt(number)) for number in range(6)]
    command = [sys.executable, "-c", SLOW, str(converter.out), *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not converter.out.exists()
    seen: list[str] = []
    monkeypatch.setattr(conversion, "LARGEST_BATCH", 1)
    made = conversion.convert_batches
    monkeypatch.setattr(
        conversion, "convert_batches", lambda listed, *args, **kw: (seen.extend(listed), made(listed, *args, **kw))
    )
    done = converter.convert(*paths)
    assert 0 < len(seen) < 6
    assert (done.rows, done.events) == (6, 6)
    assert not list(converter.folder.glob(".*"))


def test_parts_of_files_that_have_changed_since_are_made_anew(converter, gdelt) -> None:
    path = converter.file("a.csv", gdelt(1), gdelt(2, EventCode="?"))
    with pytest.raises(FaultsError):
        converter.convert(path)
    assert converter.convert(converter.file("a.csv", gdelt(1), gdelt(2))).events == 2


def test_a_swap_of_folders_that_was_cut_short_is_undone(converter, gdelt) -> None:
    converter.out = converter.folder / "events"
    first = converter.file("a.csv", gdelt(1))
    converter.convert(first, partition="month")
    work = converter.folder / ".events.parts"
    work.mkdir()
    converter.out.rename(work / "replaced")
    assert converter.convert(first, partition="month").events == 1
    assert converter.out.is_dir()


def test_two_conversions_do_not_write_the_same_file(converter, gdelt) -> None:
    import fcntl

    work = converter.folder / ".events.parquet.parts"
    work.mkdir()
    with (work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(WorkbookError, match="another conversion"):
            converter.convert(converter.file("a.csv", gdelt(1)))


def test_progress_is_told_up_to_the_end(converter, gdelt) -> None:
    told: list[tuple[int, int]] = []
    path = converter.file("a.csv", gdelt(1))
    converter.convert(path, tell=lambda read, whole: told.append((read, whole)))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)
