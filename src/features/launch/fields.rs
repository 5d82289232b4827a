//! What is typed in, a signal each.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::draft::{Draft, Given, KnownCommit};
use crate::ui::Home;

/// A parameter that no entry point is known to have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extra {
    /// Tells it from the others.
    pub(super) key: usize,
    /// Its name.
    pub(super) name: RwSignal<String>,
    /// Its value.
    pub(super) text: RwSignal<String>,
}

/// What is typed in. A handle.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub(super) code: RwSignal<String>,
    pub(super) reference: RwSignal<String>,
    pub(super) known: RwSignal<Option<KnownCommit>>,
    pub(super) folder: RwSignal<String>,
    pub(super) entry_point: RwSignal<String>,
    pub(super) model: RwSignal<String>,
    pub(super) data: RwSignal<String>,
    pub(super) data_version: RwSignal<String>,
    pub(super) experiment: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) connection: RwSignal<String>,
    pub(super) account: RwSignal<String>,
    pub(super) backend: RwSignal<String>,
    /// The values of the parameters that an entry point has, by name. Those of another entry point stay.
    values: RwSignal<BTreeMap<String, RwSignal<String>>>,
    /// All other parameters.
    pub(super) extras: RwSignal<Vec<Extra>>,
    next: StoredValue<usize>,
    /// Counts how often the whole form was filled anew.
    pub(super) fillings: RwSignal<u32>,
    /// With what it was filled last.
    filling: StoredValue<Option<Draft>>,
    /// Where signals are made that last as long as the form.
    home: Home,
}

impl Fields {
    pub(super) fn of(draft: Draft) -> Self {
        let fields = Self {
            code: RwSignal::new(draft.code),
            reference: RwSignal::new(draft.reference),
            known: RwSignal::new(draft.known),
            folder: RwSignal::new(draft.folder),
            entry_point: RwSignal::new(draft.entry_point),
            model: RwSignal::new(draft.model),
            data: RwSignal::new(draft.data),
            data_version: RwSignal::new(draft.data_version),
            experiment: RwSignal::new(draft.experiment),
            name: RwSignal::new(draft.name),
            connection: RwSignal::new(draft.connection),
            account: RwSignal::new(draft.account),
            backend: RwSignal::new(draft.backend),
            values: RwSignal::default(),
            extras: RwSignal::default(),
            next: StoredValue::new(0),
            fillings: RwSignal::new(0),
            filling: StoredValue::new(None),
            home: Home::here(),
        };
        for given in draft.parameters {
            fields.add(&given.name, &given.text);
        }
        fields
    }

    /// Puts another draft in the place of all that is typed.
    pub(super) fn fill(self, draft: Draft) {
        self.filling.set_value(Some(draft.clone()));
        self.code.set(draft.code);
        self.reference.set(draft.reference);
        self.known.set(draft.known);
        self.folder.set(draft.folder);
        self.entry_point.set(draft.entry_point);
        self.model.set(draft.model);
        self.data.set(draft.data);
        self.data_version.set(draft.data_version);
        self.experiment.set(draft.experiment);
        self.name.set(draft.name);
        self.connection.set(draft.connection);
        self.account.set(draft.account);
        self.backend.set(draft.backend);
        for value in self.values.get_untracked().into_values() {
            value.set(String::new());
        }
        self.extras.set(Vec::new());
        for given in draft.parameters {
            self.add(&given.name, &given.text);
        }
        self.fillings.update(|count| *count += 1);
    }

    /// What the draft that filled the form says, as far as it is about the thing that `of` names there.
    pub(super) fn filled(self, of: fn(&Draft) -> (&String, &String), thing: &str) -> Option<String> {
        self.filling.with_value(|filling| {
            let (own, said) = of(filling.as_ref()?);
            (own == thing).then(|| said.clone())
        })
    }

    /// Adds a parameter that no entry point is known to have.
    pub(super) fn add(self, name: &str, text: &str) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let (name, text) = (name.to_owned(), text.to_owned());
        let extra = self.home.within(|| Extra { key, name: RwSignal::new(name), text: RwSignal::new(text) });
        self.extras.update(|extras| extras.extend(extra));
    }

    /// Takes one away.
    pub(super) fn remove(self, key: usize) {
        self.extras.update(|extras| extras.retain(|extra| extra.key != key));
    }

    /// The value of a parameter of an entry point; `None` once the form is gone.
    pub(super) fn value(self, name: &str) -> Option<RwSignal<String>> {
        if let Some(known) = self.values.read_untracked().get(name) {
            return Some(*known);
        }
        let new = self.home.within(|| RwSignal::new(String::new()))?;
        self.values.update(|values| {
            values.insert(name.to_owned(), new);
        });
        Some(new)
    }

    /// Gives a parameter another value, wherever it stands.
    pub(super) fn restore(self, name: &str, text: &str) {
        let known = self.values.read_untracked().get(name).copied();
        let extra =
            self.extras.read_untracked().iter().find(|own| *own.name.read_untracked() == *name).copied();
        match extra.map(|extra| extra.text).or(known) {
            Some(value) => value.set(text.to_owned()),
            None => self.add(name, text),
        }
    }

    /// Takes note of the parameters that the entry point has: what was given for them is theirs.
    pub(super) fn adopt(self, names: &[String]) {
        for name in names {
            let given =
                self.extras.read_untracked().iter().find(|own| *own.name.read_untracked() == *name).copied();
            if let (Some(given), Some(value)) = (given, self.value(name)) {
                if value.read_untracked().is_empty() {
                    value.set(given.text.get_untracked());
                }
                self.remove(given.key);
            }
        }
    }

    /// The draft; of the parameters those that the entry point has, `names`, and the others that somebody added. While
    /// nobody knows the entry point, all that were given.
    pub(super) fn draft(self, names: Option<&[String]>) -> Draft {
        let values = self.values.get();
        let of_entry_point: Vec<String> = match names {
            Some(names) => names.to_vec(),
            None => values.keys().cloned().collect(),
        };
        let known = of_entry_point.into_iter().filter_map(|name| {
            let text = values.get(&name)?.get();
            (names.is_some() || !text.is_empty()).then_some(Given { name, text })
        });
        let extras = self.extras.get().into_iter();
        let extras = extras.map(|extra| Given { name: extra.name.get(), text: extra.text.get() });
        Draft {
            code: self.code.get(),
            reference: self.reference.get().trim().to_owned(),
            known: self.known.get(),
            folder: self.folder.get(),
            entry_point: self.entry_point.get(),
            parameters: known.chain(extras).collect(),
            model: self.model.get(),
            data: self.data.get(),
            data_version: self.data_version.get(),
            experiment: self.experiment.get(),
            name: self.name.get(),
            connection: self.connection.get(),
            account: self.account.get(),
            backend: self.backend.get(),
        }
    }
}
