"""Reading files that people made in a spreadsheet: every bad row is named with its line, its column and what to do."""

from kit.imports.parsers import BadCell, day, one_of, text, whole_number, yes_no
from kit.imports.problems import BadFile, Findings, Problem
from kit.imports.tables import Column, Row, Table, read_csv, read_table

__all__ = [
    "BadCell",
    "BadFile",
    "Column",
    "Findings",
    "Problem",
    "Row",
    "Table",
    "day",
    "one_of",
    "read_csv",
    "read_table",
    "text",
    "whole_number",
    "yes_no",
]
