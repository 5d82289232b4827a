//! What can be chosen from.

use std::collections::BTreeMap;

use leptos::prelude::*;
use models::connection::{Connection, ConnectionProvider};
use models::id::ProjectId;
use models::page::{Page, PageQuery};
use models::repository::RepositoryKind;

use crate::queries::repositories::Repository;
use crate::queries::{self, Query};
use crate::session::Session;
use crate::ui::SelectOption;

/// As many as the server gives at once.
const PAGE: PageQuery = PageQuery { startindex: 0, pagelength: 200 };

/// What a project has for a run, and the person's connections. A handle.
#[derive(Clone, Copy)]
pub(super) struct Lists {
    pub(super) code: Query<Page<Repository>>,
    pub(super) data: Query<Page<Repository>>,
    pub(super) experiments: Query<Page<Repository>>,
    pub(super) connections: Query<Page<Connection>>,
    /// What the source names, by id: it may lie beyond the first page, or belong to somebody else.
    named: StoredValue<BTreeMap<String, String>>,
}

impl Lists {
    /// Asks for all of them; `named` are known by their ids from elsewhere.
    pub(super) fn ask(project: ProjectId, named: BTreeMap<String, String>) -> Self {
        let of = move |kind| queries::repositories::list(move || (project, kind, PAGE));
        let session = Session::current();
        let connections = queries::connections::list(move || Some((session.user()?.user_id, PAGE)));
        Self {
            code: of(RepositoryKind::Code),
            data: of(RepositoryKind::Data),
            experiments: of(RepositoryKind::Experiments),
            connections,
            named: StoredValue::new(named),
        }
    }

    /// The things of a kind, with the chosen one even if the list does not hold it.
    pub(super) fn options(
        self,
        query: Query<Page<Repository>>,
        chosen: RwSignal<String>,
    ) -> Signal<Vec<SelectOption>> {
        Signal::derive(move || {
            let page = query.value.get();
            let items = page.iter().flat_map(|page| page.items.iter());
            let options = items.map(|own| SelectOption::new(own.id().to_string(), own.name())).collect();
            self.with_chosen(options, &chosen.get(), page.is_some())
        })
    }

    /// The connections that open what needs `provider`.
    pub(super) fn connections_for(
        self,
        provider: Signal<Option<ConnectionProvider>>,
        chosen: RwSignal<String>,
    ) -> Signal<Vec<SelectOption>> {
        Signal::derive(move || {
            let page = self.connections.value.get();
            let needed = provider.get();
            let fitting = page.iter().flat_map(|page| page.items.iter());
            let fitting =
                fitting.filter(|own| needed.as_ref().is_none_or(|needed| own.connection_provider == *needed));
            let options = fitting
                .map(|own| SelectOption::new(own.connection_id.to_string(), own.connection_name.clone()))
                .collect();
            self.with_chosen(options, &chosen.get(), page.is_some())
        })
    }

    fn with_chosen(self, mut options: Vec<SelectOption>, chosen: &str, is_known: bool) -> Vec<SelectOption> {
        if !chosen.is_empty() && options.iter().all(|own| own.value != chosen) {
            let name = self.named.with_value(|named| named.get(chosen).cloned());
            let label = match name {
                Some(name) => name,
                None if is_known => "Not among those that you may use".to_owned(),
                None => "…".to_owned(),
            };
            options.push(SelectOption::new(chosen, label));
        }
        options
    }

    /// What goes by an id is called.
    pub(super) fn name_of(self, id: &str) -> String {
        let of = |query: Query<Page<Repository>>| {
            let page = query.value.get()?;
            let own = page.items.iter().find(|own| own.id().to_string() == id)?;
            Some(own.name().to_owned())
        };
        let connection = || {
            let page = self.connections.value.get()?;
            let own = page.items.iter().find(|own| own.connection_id.to_string() == id)?;
            Some(own.connection_name.clone())
        };
        let from_source = || self.named.with_value(|named| named.get(id).cloned());
        of(self.code)
            .or_else(|| of(self.data))
            .or_else(|| of(self.experiments))
            .or_else(connection)
            .or_else(from_source)
            .unwrap_or_else(|| id.to_owned())
    }

    /// The named versions of the data with this id.
    pub(super) fn versions_of(self, id: &str) -> BTreeMap<String, String> {
        let page = self.data.value.get();
        let own = page.iter().flat_map(|page| page.items.iter()).find(|own| own.id().to_string() == id);
        match own {
            Some(Repository::Data(data)) => data.versions.clone().unwrap_or_default(),
            Some(Repository::Code(_) | Repository::Experiment(_) | Repository::Model(_)) | None => {
                BTreeMap::new()
            }
        }
    }

    /// What the connection with this id is for.
    pub(super) fn provider_of(self, id: &str) -> Option<ConnectionProvider> {
        let page = self.connections.value.get()?;
        let own = page.items.iter().find(|own| own.connection_id.to_string() == id)?;
        Some(own.connection_provider.clone())
    }
}
