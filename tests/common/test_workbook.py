"""A workbook for Excel that leaves while it is made, opened by a reader that knows nothing of how it was made."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import load_workbook

from common.workbook import A_PIECE, workbook


def read(*rows: list[object]) -> list[tuple[object, ...]]:
    file = io.BytesIO(b"".join(workbook(rows)))
    return list(load_workbook(file, read_only=True).active.values)


def test_amina_s_row_comes_out_as_it_went_in():
    moment = dt.datetime(2026, 11, 23, 7, 5)
    row = ["Amina Xol Cahal", 3, Decimal("2.5"), True, moment, "a < b & «c» 🦋", "  dos\nlíneas "]
    (found,) = read(row)
    assert found == ("Amina Xol Cahal", 3, 2.5, True, moment, "a < b & «c» 🦋", "  dos\nlíneas ")
    assert read([dt.date(1999, 12, 31)]) == [(dt.datetime(1999, 12, 31),)]


def test_what_bruno_left_empty_moves_no_other_cell():
    assert read(["A", "B", "C"], [None, "", "Bruno"]) == [("A", "B", "C"), (None, None, "Bruno")]


def test_no_cell_is_a_formula_whatever_somebody_called_herself():
    book = load_workbook(io.BytesIO(b"".join(workbook([["=cmd|'/C calc'!A0", "+1", "@SUM(1)"]]))))
    assert [cell.data_type for cell in book.active[1]] == ["s", "s", "s"]
    assert book.active["A1"].value == "=cmd|'/C calc'!A0"


def test_a_name_pasted_with_what_xml_cannot_hold_breaks_no_file():
    assert read(["Fa\x00rid\x0b\ud800"]) == [("Farid",)]


def test_columns_after_the_twenty_sixth_stand_in_their_place():
    (found,) = read(list(range(60)))
    assert found == tuple(range(60))


def test_the_first_piece_leaves_before_a_row_is_read_and_none_is_large():
    asked = 0

    def rows() -> Iterator[list[object]]:
        nonlocal asked
        for number in range(20_000):
            asked += 1
            yield [f"Persona {number * 7919}", number, "Hospital de invención"]

    pieces = workbook(rows())
    assert next(pieces).startswith(b"PK")
    assert asked == 0
    tracemalloc.start()
    sizes = [len(piece) for piece in pieces]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # One write of the packer beyond the piece.
    assert max(sizes) < 4 * A_PIECE
    assert len(sizes) > 5
    assert most < 2_000_000
