//! With what the form begins, as its address says.

use leptos_router::params::ParamsMap;
use models::id::{CodeRepositoryId, DataRepositoryId, RunId, RunTemplateId};
use models::query::{Attribute, Field, Filter};

use crate::routes::RunLeg;

/// With what the form begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// The run whose values it takes.
    pub(super) from: Option<RunId>,
    /// What is to be another one; the form opens there.
    pub(super) change: Option<RunLeg>,
    /// The code that the run is to execute.
    pub(super) code: Option<CodeRepositoryId>,
    /// The data that the run is to read.
    pub(super) data: Option<DataRepositoryId>,
    /// The template that fills the form.
    pub(super) template: Option<RunTemplateId>,
    /// A filter; the last run that fits it lends its values.
    pub(super) like: Option<String>,
}

impl Asked {
    /// What an address asks for; what cannot be read there was not asked.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).filter(|text| !text.is_empty());
        Self {
            from: text("from").and_then(|id| id.parse().ok()),
            change: text("change").and_then(RunLeg::named),
            code: text("code").and_then(|id| id.parse().ok()),
            data: text("data").and_then(|id| id.parse().ok()),
            template: text("template").and_then(|id| id.parse().ok()),
            like: text("like").map(str::to_owned),
        }
    }

    /// Whether a run lends its values, if there is one.
    pub(super) fn wants_source(&self) -> bool {
        self.from.is_some() || self.code.is_some() || self.data.is_some() || self.like.is_some()
    }

    /// The filter of the runs of which the last lends its values.
    pub(super) fn filter(&self) -> String {
        let is = |attribute: Attribute, id: String| {
            Filter::equals(Field::Attribute(attribute), Some(id)).to_string()
        };
        let code = self.code.map(|id| is(Attribute::Code, id.to_string()));
        let data = self.data.map(|id| is(Attribute::Data, id.to_string()));
        let like = self.like.as_ref().map(|like| format!("({like})"));
        // A run of nobody knows which code cannot be started again.
        let all = [code, data, like, Some(ANY_CODE.to_owned())];
        all.into_iter().flatten().collect::<Vec<_>>().join(" AND ")
    }

    /// A text that differs where the address asks for something else.
    pub(super) fn key(&self) -> String {
        let text = |id: Option<String>| id.unwrap_or_default();
        [
            text(self.from.map(RunId::mlflow)),
            text(self.code.map(|id| id.to_string())),
            text(self.data.map(|id| id.to_string())),
            text(self.template.map(|id| id.to_string())),
            text(self.like.clone()),
        ]
        .join(" ")
    }
}

/// The filter of all runs whose code is known.
pub(super) const ANY_CODE: &str = "code IS SET";
