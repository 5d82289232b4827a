//! What a draft says differently from the run that it began with.

use super::draft::{Draft, Given};
use super::yaml;

/// A part of a run that can be another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The code repository.
    Code,
    /// The branch, tag or commit.
    Reference,
    /// The folder of the MLproject file.
    Folder,
    /// The entry point.
    EntryPoint,
    /// A parameter.
    Parameter(String),
    /// The data.
    Data,
    /// The version of the data.
    DataVersion,
    /// The experiment.
    Experiment,
    /// The connection.
    Connection,
    /// The account that the time is charged to.
    Account,
    /// Where and how it is executed.
    Backend,
}

impl Place {
    /// What it is called.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Code => "Code".to_owned(),
            Self::Reference => "Branch, tag or commit".to_owned(),
            Self::Folder => "Folder".to_owned(),
            Self::EntryPoint => "Entry point".to_owned(),
            Self::Parameter(name) => name.clone(),
            Self::Data => "Data".to_owned(),
            Self::DataVersion => "Version of the data".to_owned(),
            Self::Experiment => "Experiment".to_owned(),
            Self::Connection => "Connection".to_owned(),
            Self::Account => "Budget account".to_owned(),
            Self::Backend => "Resources".to_owned(),
        }
    }
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Difference {
    /// What.
    pub(super) place: Place,
    /// What the source says; empty: nothing. An id where a thing is named.
    pub(super) was: String,
    /// What the draft says.
    pub(super) now: String,
}

/// What differs, in the order of the form. Names of runs always differ and are left out.
pub(super) fn differences(source: &Draft, now: &Draft) -> Vec<Difference> {
    let pairs = [
        (Place::Code, &source.code, &now.code),
        (Place::Reference, &source.reference, &now.reference),
        (Place::Folder, &source.folder, &now.folder),
        (Place::EntryPoint, &source.entry_point, &now.entry_point),
    ];
    let after = [
        (Place::Data, &source.data, &now.data),
        (Place::DataVersion, &source.data_version, &now.data_version),
        (Place::Experiment, &source.experiment, &now.experiment),
        (Place::Connection, &source.connection, &now.connection),
        (Place::Account, &source.account, &now.account),
    ];
    let texts = |pairs: Vec<(Place, &String, &String)>| {
        let differ = pairs.into_iter().filter(|(_, was, now)| was.trim() != now.trim());
        differ
            .map(|(place, was, now)| Difference { place, was: was.clone(), now: now.clone() })
            .collect::<Vec<_>>()
    };
    let mut found = texts(pairs.into());
    found.extend(of_parameters(&source.parameters, &now.parameters));
    found.extend(texts(after.into()));
    found.extend(of_backend(&source.backend, &now.backend));
    found
}

fn of_parameters(source: &[Given], now: &[Given]) -> Vec<Difference> {
    let text = |all: &[Given], name: &str| {
        let own = all.iter().find(|own| own.name == name).map(|own| own.text.trim().to_owned());
        own.unwrap_or_default()
    };
    let gone = source.iter().filter(|own| now.iter().all(|other| other.name != own.name));
    now.iter()
        .chain(gone)
        .map(|own| Difference {
            place: Place::Parameter(own.name.clone()),
            was: text(source, &own.name),
            now: text(now, &own.name),
        })
        .filter(|difference| difference.was != difference.now)
        .collect()
}

/// Comments and the order of lines make no difference; what cannot be read is one.
fn of_backend(source: &str, now: &str) -> Option<Difference> {
    let (was, is) = (yaml::read(source), yaml::read(now));
    let is_same = source == now || was.is_ok() && was == is;
    (!is_same).then(|| Difference { place: Place::Backend, was: source.to_owned(), now: now.to_owned() })
}
