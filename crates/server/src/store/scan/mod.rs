//! Reads very many rows. A driver that hands over row by row takes longer for a row than the database does, so SQLite is
//! read past it, and PostgreSQL packs the rows.

mod direct;
mod packed;
mod row;
mod scanner;
mod statement;

pub(super) use row::{Gather, ScanRow};
pub(super) use scanner::Scanner;
pub(super) use statement::{Kind, Scan};
