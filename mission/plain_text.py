"""Text that feeds, tables and calendars can carry: no control characters, no line breaks where a line is meant."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def plain_lines(text):
    """`text` without control characters; line breaks are kept as "\\n"."""
    return CONTROL.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def plain_line(text):
    """`text` on one line, without control characters and doubled spaces."""
    return " ".join(CONTROL.sub(" ", str(text)).split())
