"""Tables for spreadsheets: CSV that opens in Polish by a double click, and in which nothing runs."""

import csv
from io import StringIO

#: What a spreadsheet would take for the beginning of a formula; the wide signs are the same to some of them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(columns, rows):
    """The text of a CSV file: UTF-8 with a mark at its start, semicolons, CRLF.

    Semicolons and the mark, because a Polish spreadsheet opens such a file by a double click, letters and all. Cells
    that would run as formulas are led by an apostrophe. `columns`: names; `rows`: iterables of values.
    """
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([inert(value) for value in row] for row in rows)
    return text.getvalue()


def inert(value):
    """A cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
