//! Spreadsheets (.xlsx, .xls) with the form of the statistics, by `calamine` and `office_oxide`.

use super::extract::{Block, Extract, MOST_COLUMNS, Merged, lay_out};
use super::{MOST_CELLS, ReadError, doc};
use crate::document::Remark;
use calamine::{Data, DataRef, Dimensions, Reader as _, Xlsx, XlsxError, open_workbook_from_rs};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The cells of one sheet that hold something, by row and column.
type Cells = BTreeMap<(u32, u32), String>;

/// Takes the tables out of an Office Open XML workbook.
///
/// # Errors
/// A damaged file, or one with more cells than any form has.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Extract, ReadError> {
    guarded("xlsx", || {
        let mut extract = Extract::default();
        let mut book: Xlsx<_> =
            open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| ReadError::Damaged("xlsx"))?;
        let mut left = MOST_CELLS;
        for name in book.sheet_names() {
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            let mut reader = match book.worksheet_cells_reader(&name) {
                Ok(reader) => reader,
                // A chart on a sheet of its own.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(_) => return Err(ReadError::Damaged("xlsx")),
            };
            let mut cells = Cells::new();
            while let Some(cell) = reader.next_cell().map_err(|_| ReadError::Damaged("xlsx"))? {
                let text = match cell.get_value() {
                    DataRef::Empty => continue,
                    DataRef::SharedString(text) => (*text).to_owned(),
                    value => Data::from(value.clone()).to_string(),
                };
                left = left.checked_sub(1).ok_or(too_many())?;
                cells.insert(cell.get_position(), text);
            }
            sheet(&mut extract, &cells, &merged);
        }
        Ok(extract)
    })
}

/// Takes the tables out of an Excel 97–2003 workbook, by `office_oxide`: `calamine` makes room for
/// every cell up to the last row and column that a damaged file names.
///
/// # Errors
/// A damaged file, or one with more cells than any form has.
pub(super) fn xls(bytes: &[u8]) -> Result<Extract, ReadError> {
    guarded("xls", || {
        let ir = doc::read(bytes, office_oxide::DocumentFormat::Xls, "xls")?;
        let mut extract = Extract::default();
        let mut left = MOST_CELLS;
        for block in ir.sections.iter().flat_map(|section| doc::blocks(&section.elements, 0)) {
            match block {
                Block::Line(line) => extract.line(&line),
                Block::Table(rows) => {
                    left = left.checked_sub(rows.iter().map(Vec::len).sum()).ok_or(too_many())?;
                    let (cells, merged) = positions(&mut extract, rows);
                    sheet(&mut extract, &cells, &merged);
                }
            }
        }
        Ok(extract)
    })
}

/// The cells of `rows` by their places, and the merged areas.
fn positions(
    extract: &mut Extract,
    rows: Vec<Vec<Merged<Vec<Block>>>>,
) -> (Cells, Vec<Dimensions>) {
    let (mut cells, mut merged) = (Cells::new(), Vec::new());
    let with_size = |cell: Merged<Vec<Block>>| Merged {
        columns: cell.columns,
        rows: cell.rows,
        content: (cell.content, cell.columns as u32, cell.rows as u32),
    };
    let rows = rows.into_iter().map(|row| row.into_iter().map(with_size).collect()).collect();
    let laid_out = lay_out(rows);
    extract.left_out += laid_out.beyond.iter().filter(|(held, ..)| !held.is_empty()).count();
    for (row, laid) in (0..).zip(laid_out.rows) {
        for (column, (content, columns, height)) in laid {
            let column = column as u32;
            let lines = content.into_iter().filter_map(|block| match block {
                Block::Line(line) => Some(line),
                Block::Table(_) => None,
            });
            cells.insert((row, column), lines.collect::<Vec<_>>().join("\n"));
            if columns > 1 || height > 1 {
                let end = (row + height.max(1) - 1, column + columns.max(1) - 1);
                merged.push(Dimensions::new((row, column), end));
            }
        }
    }
    (cells, merged)
}

fn too_many() -> ReadError {
    ReadError::Limit { what: "cells", limit: MOST_CELLS }
}

fn guarded(
    what: &'static str,
    read: impl FnOnce() -> Result<Extract, ReadError>,
) -> Result<Extract, ReadError> {
    let mut extract =
        catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadError::Damaged(what)))?;
    extract.remarks.push(Remark::ExtractedPlaces);
    Ok(extract)
}

/// Adds a sheet: rows with one cell are lines, what stands between them is a table.
fn sheet(extract: &mut Extract, cells: &Cells, merged: &[Dimensions]) {
    let spans: HashMap<(u32, u32), (usize, usize)> = merged
        .iter()
        .filter(|area| area.end.0 >= area.start.0 && area.end.1 >= area.start.1)
        .map(|area| {
            let (rows, columns) = (area.end.0 - area.start.0, area.end.1 - area.start.1);
            (area.start, (columns as usize + 1, rows as usize + 1))
        })
        .collect();
    let last = cells.keys().map(|(_, column)| *column).max().unwrap_or(0);
    let beyond = |((_, column), text): &(&(u32, u32), &String)| {
        *column as usize >= MOST_COLUMNS && !text.trim().is_empty()
    };
    extract.left_out += cells.iter().filter(beyond).count();
    let last = last.min(MOST_COLUMNS as u32 - 1);
    let rows: Vec<u32> =
        cells.keys().map(|(row, _)| *row).collect::<HashSet<_>>().into_iter().collect();
    let mut rows = rows;
    rows.sort_unstable();
    // Columns that a merged cell above covers.
    let mut covered: BTreeMap<u32, u32> = BTreeMap::new();
    let mut table = Vec::new();
    for row in rows {
        let held: Vec<(&(u32, u32), &String)> = cells.range((row, 0)..=(row, last)).collect();
        let filled = held.iter().filter(|(_, text)| !text.trim().is_empty()).count();
        let inside = covered.values().any(|until| *until > row);
        if filled <= 1 && !inside {
            flush(extract, &mut table);
            held.iter().for_each(|(_, text)| extract.line(text));
            continue;
        }
        let mut laid = Vec::new();
        let mut column = 0;
        while column <= last {
            if covered.get(&column).is_some_and(|until| *until > row) {
                column += 1;
                continue;
            }
            let (columns, deep) = spans.get(&(row, column)).copied().unwrap_or((1, 1));
            let columns = columns.min(MOST_COLUMNS);
            let content = cells.get(&(row, column)).cloned().unwrap_or_default();
            for covering in column..column.saturating_add(columns as u32) {
                covered.insert(covering, row.saturating_add(deep as u32));
            }
            laid.push(Merged { content, columns, rows: deep });
            column += columns as u32;
        }
        table.push(laid);
    }
    flush(extract, &mut table);
}

fn flush(extract: &mut Extract, table: &mut Vec<Vec<Merged<String>>>) {
    if !table.is_empty() {
        extract.table(std::mem::take(table));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_too_far_right_are_counted() {
        let mut extract = Extract::default();
        let far = MOST_COLUMNS as u32 + 40;
        let cells = [((0, 0), "1"), ((0, 1), "2"), ((0, far), "3"), ((1, far), " ")];
        let cells: Cells = cells.into_iter().map(|(at, text)| (at, text.to_owned())).collect();
        sheet(&mut extract, &cells, &[]);
        assert_eq!(extract.left_out, 1);
        assert!(extract.text.starts_with("1\t2"), "{}", extract.text);
    }
}
