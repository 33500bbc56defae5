#!/usr/bin/env python3
"""Opens every Delta table of a lake with deltalake (delta-rs), a reader that shares no code with this project.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python read_lake.py LAKE [--where 'silver.patient_vitals=heart_rate > 100' ...] [--at TABLE=VERSION ...]

Prints one JSON object: qualified table name -> version of the log, number of live files, rows, the last batch (`txn`),
the number of values of every column that are not null (so every column of every file is read), and the number of rows
that each filter lets through. Exit code 1 when a table cannot be read.
"""
import argparse
import json
import sys
from pathlib import Path

from deltalake import DeltaTable, QueryBuilder


def pairs(options):
    """`TABLE=VALUE` options as a dictionary of lists."""
    found = {}
    for option in options or []:
        table, _, value = option.partition("=")
        found.setdefault(table, []).append(value)
    return found


def rows_of(table, sql):
    """The rows of a query over one table, registered as `t`."""
    result = QueryBuilder().register("t", table).execute(sql).read_all()
    return [dict(zip(result.column_names, values)) for values in zip(*(column.to_pylist() for column in result.columns))]


def describe(folder, version, filters):
    table = DeltaTable(str(folder), version=version)
    columns = [field.name for field in table.schema().fields]
    counts = ", ".join(f'count("{name}") AS "{name}"' for name in columns)
    (row,) = rows_of(table, f"SELECT count(*) AS rows, {counts} FROM t")
    return {
        "version": table.version(),
        "files": len(table.file_uris()),
        "rows": row.pop("rows"),
        "txn": table.transaction_version("vitals"),
        "not_null": row,
        "where": {text: rows_of(table, f"SELECT count(*) AS n FROM t WHERE {text}")[0]["n"] for text in filters},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lake", type=Path)
    parser.add_argument("--where", action="append", metavar="TABLE=CONDITION")
    parser.add_argument("--at", action="append", metavar="TABLE=VERSION")
    options = parser.parse_args()
    filters, versions = pairs(options.where), pairs(options.at)
    tables = {}
    for log in sorted(options.lake.glob("*/*/_delta_log")):
        name = f"{log.parent.parent.name}.{log.parent.name}"
        version = int(versions[name][0]) if name in versions else None
        try:
            tables[name] = describe(log.parent, version, filters.get(name, []))
        except Exception as error:  # every kind of refusal is a finding
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
    json.dump(tables, sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
