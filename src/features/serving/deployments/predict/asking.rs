//! What is being asked, as signals that the fields and the history share.

use leptos::prelude::*;
use models::deployment::PredictionRequest;
use models::model::ModelSignature;

use super::pasted;
use super::sheet::{Sheet, Typed, Wrong, pretty, read};

/// How a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// Field by field.
    Fields,
    /// As JSON.
    Json,
}

/// A row of cells. Its number stays the same while others come and go.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) id: usize,
    pub(super) cells: Vec<ArcRwSignal<String>>,
}

/// What is being asked.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// The fields; `None` where the model takes no table, or it is not known.
    pub(super) sheet: StoredValue<Option<Sheet>>,
    pub(super) writing: RwSignal<Writing>,
    pub(super) rows: RwSignal<Vec<Row>>,
    pub(super) parameters: RwSignal<Vec<ArcRwSignal<String>>>,
    pub(super) json: RwSignal<String>,
    /// What is to be known of what is shown.
    pub(super) notice: RwSignal<Option<String>>,
    /// Whether errors are shown: once somebody wanted to send it.
    pub(super) is_checked: RwSignal<bool>,
    next_id: StoredValue<usize>,
}

impl Asking {
    /// A request to a model, filled in with its example.
    pub(super) fn of(signature: &ModelSignature) -> Self {
        let sheet = Sheet::of(signature);
        let writing = if sheet.is_some() { Writing::Fields } else { Writing::Json };
        let asking = Self {
            sheet: StoredValue::new(sheet),
            writing: RwSignal::new(writing),
            rows: RwSignal::new(Vec::new()),
            parameters: RwSignal::new(Vec::new()),
            json: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            is_checked: RwSignal::new(false),
            next_id: StoredValue::new(0),
        };
        asking.type_in(asking.sheet.with_value(|sheet| sheet.as_ref().map(Sheet::empty)).unwrap_or_default());
        if let Some(example) = &signature.input_example {
            asking.fill(example);
            asking.notice.set(None);
        }
        asking
    }

    /// Shows a request: in the fields where it fits into them.
    pub(super) fn fill(self, request: &PredictionRequest) {
        self.is_checked.set(false);
        self.json.set(pretty(request));
        let typed = self.sheet.with_value(|sheet| sheet.as_ref().map(|sheet| sheet.typed(request)));
        match typed {
            Some(Ok(typed)) => {
                self.type_in(typed);
                self.notice.set(None);
                self.writing.set(Writing::Fields);
            }
            Some(Err(reason)) => {
                self.notice.set(Some(reason));
                self.writing.set(Writing::Json);
            }
            None => self.notice.set(None),
        }
    }

    /// Shows a text that is no whole request.
    pub(super) fn fill_text(self, text: String, notice: &str) {
        self.is_checked.set(false);
        self.json.set(text);
        self.notice.set(Some(notice.to_owned()));
        self.writing.set(Writing::Json);
    }

    /// Writes the request in the other way; it stays as it is where it cannot be.
    pub(super) fn turn(self, to: Writing) {
        match to {
            Writing::Json => {
                if let Some(Ok(request)) = self.typed_request() {
                    self.json.set(pretty(&request));
                    self.notice.set(None);
                } else {
                    // What is wrong with the fields is said there.
                    self.is_checked.set(true);
                    self.writing.set(Writing::Fields);
                }
            }
            Writing::Fields => match read(&self.json.get_untracked()) {
                Ok(request) => self.fill(&request),
                Err(_) => {
                    self.is_checked.set(true);
                    self.writing.set(Writing::Json);
                }
            },
        }
    }

    /// What is asked now; `None`, and the fields say why, when that is no request.
    pub(super) fn request(self) -> Option<PredictionRequest> {
        self.is_checked.set(true);
        match self.writing.get_untracked() {
            Writing::Fields => self.typed_request()?.ok(),
            Writing::Json => read(&self.json.get_untracked()).ok(),
        }
    }

    /// What is asked now, as it is written; follows what is typed.
    pub(super) fn written(self) -> Option<PredictionRequest> {
        match self.writing.get() {
            Writing::Fields => {
                let typed = self.typed();
                self.sheet.with_value(|sheet| sheet.as_ref()?.request(&typed).ok())
            }
            Writing::Json => read(&self.json.read()).ok(),
        }
    }

    /// What is wrong with the fields; follows what is typed.
    pub(super) fn wrong(self) -> Wrong {
        if !self.is_checked.get() || self.writing.get() == Writing::Json {
            return Wrong::default();
        }
        let typed = self.typed();
        let wrong = self.sheet.with_value(|sheet| sheet.as_ref()?.request(&typed).err());
        wrong.unwrap_or_default()
    }

    /// What is wrong with the JSON; follows what is typed.
    pub(super) fn json_error(self) -> Option<String> {
        self.is_checked.get().then(|| read(&self.json.read()).err()).flatten()
    }

    /// Adds a row in which nothing is typed.
    pub(super) fn add_row(self) {
        let n_columns = self.n_columns();
        let row = self.row(vec![String::new(); n_columns]);
        self.rows.update(|rows| rows.push(row));
    }

    /// Takes a row away; the last one is emptied.
    pub(super) fn remove_row(self, id: usize) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        if self.rows.read_untracked().is_empty() {
            self.add_row();
        }
    }

    /// Puts the cells of a text where it was pasted and below; whether it has several.
    pub(super) fn paste(self, text: &str, row: usize, column: usize) -> bool {
        let Some(cells) = pasted::cells(text) else { return false };
        let headed = self.sheet.with_value(|sheet| pasted::by_heading(&cells, &sheet.as_ref()?.names()));
        let (cells, column) = headed.map_or((cells, column), |cells| (cells, 0));
        let mut typed = untrack(move || self.typed());
        let first = self.rows.read_untracked().iter().position(|known| known.id == row).unwrap_or_default();
        let n_columns = self.n_columns();
        let left_out = (first + cells.len()).saturating_sub(Sheet::MOST_ROWS);
        for (place, cells) in (first..Sheet::MOST_ROWS).zip(cells) {
            if typed.rows.len() <= place {
                typed.rows.push(vec![String::new(); n_columns]);
            }
            let found = typed.rows.get_mut(place).map(|row| row.iter_mut().skip(column));
            found.into_iter().flatten().zip(cells).for_each(|(cell, text)| *cell = text);
        }
        self.type_in(typed);
        self.notice.set((left_out > 0).then(|| {
            format!(
                "{left_out} rows were left out: fields show {} rows. Send more as JSON.",
                Sheet::MOST_ROWS
            )
        }));
        true
    }

    fn typed_request(self) -> Option<Result<PredictionRequest, Wrong>> {
        let typed = untrack(move || self.typed());
        self.sheet.with_value(|sheet| Some(sheet.as_ref()?.request(&typed)))
    }

    fn typed(self) -> Typed {
        let text = |cell: &ArcRwSignal<String>| cell.get();
        Typed {
            rows: self.rows.read().iter().map(|row| row.cells.iter().map(text).collect()).collect(),
            parameters: self.parameters.read().iter().map(text).collect(),
        }
    }

    fn type_in(self, typed: Typed) {
        let rows = typed.rows.into_iter().map(|cells| self.row(cells)).collect();
        self.rows.set(rows);
        self.parameters.set(typed.parameters.into_iter().map(ArcRwSignal::new).collect());
    }

    fn row(self, cells: Vec<String>) -> Row {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        Row { id, cells: cells.into_iter().map(ArcRwSignal::new).collect() }
    }

    fn n_columns(self) -> usize {
        self.sheet.with_value(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.columns.len()))
    }
}
