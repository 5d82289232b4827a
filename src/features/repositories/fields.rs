//! The fields of the forms about a thing.

use leptos::prelude::*;
use models::code::Platform;
use models::data::DataPlatform;
use models::id::ProjectId;
use models::page::PageQuery;
use models::repository::RepositoryKind;

use super::draft::Draft;
use super::facts::Facts;
use crate::queries;
use crate::ui::{Checkbox, Field, Select, SelectOption, TextArea, TextInput};
use crate::widgets::{FormErrors, LabelPicker, MarkdownPreview};

/// Code repositories that can be chosen from.
const CHOICES: u64 = 200;

/// What is typed in.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    kind: RepositoryKind,
    name: RwSignal<String>,
    uri: RwSignal<String>,
    platform: RwSignal<String>,
    description: RwSignal<String>,
    labels: RwSignal<String>,
    under_dvc: RwSignal<bool>,
    versions: RwSignal<String>,
    code: RwSignal<String>,
    branch: RwSignal<String>,
    commit: RwSignal<String>,
}

impl Fields {
    /// The fields whose errors the form shows where they belong.
    pub(super) const SHOWN: &[&str] = &[
        "name",
        "codeRepositoryName",
        "dataRepositoryName",
        "uri",
        "description",
        "labels",
        "versions",
        "branch",
        "commit",
    ];

    pub(super) fn of(draft: Draft) -> Self {
        Self {
            kind: draft.kind,
            name: RwSignal::new(draft.name),
            uri: RwSignal::new(draft.uri),
            platform: RwSignal::new(draft.platform),
            description: RwSignal::new(draft.description),
            labels: RwSignal::new(draft.labels),
            under_dvc: RwSignal::new(draft.under_dvc),
            versions: RwSignal::new(draft.versions),
            code: RwSignal::new(draft.code),
            branch: RwSignal::new(draft.branch),
            commit: RwSignal::new(draft.commit),
        }
    }

    pub(super) fn fill(self, draft: Draft) {
        self.name.set(draft.name);
        self.uri.set(draft.uri);
        self.platform.set(draft.platform);
        self.description.set(draft.description);
        self.labels.set(draft.labels);
        self.under_dvc.set(draft.under_dvc);
        self.versions.set(draft.versions);
        self.code.set(draft.code);
        self.branch.set(draft.branch);
        self.commit.set(draft.commit);
    }

    pub(super) fn draft(self) -> Draft {
        Draft {
            kind: self.kind,
            name: self.name.get_untracked(),
            uri: self.uri.get_untracked(),
            platform: self.platform.get_untracked(),
            description: self.description.get_untracked(),
            labels: self.labels.get_untracked(),
            under_dvc: self.under_dvc.get_untracked(),
            versions: self.versions.get_untracked(),
            code: self.code.get_untracked(),
            branch: self.branch.get_untracked(),
            commit: self.commit.get_untracked(),
        }
    }
}

/// The fields of a kind.
#[component]
pub(super) fn RepositoryFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    let kind = fields.kind;
    let named = match kind {
        RepositoryKind::Code => "codeRepositoryName",
        RepositoryKind::Data => "dataRepositoryName",
        RepositoryKind::Experiments | RepositoryKind::Models => "name",
    };
    let details = match kind {
        RepositoryKind::Code => view! { <Address fields errors hint="https://… of the git repository, as for git clone."/> }.into_any(),
        RepositoryKind::Data => view! {
            <Address fields errors hint="The git repository, s3://bucket/folder, or remote:/folder."/>
            <Checkbox checked=fields.under_dvc hint="The repository holds DVC's pointers, and the data lies elsewhere.">"Versioned by DVC"</Checkbox>
            <Field label="Versions" optional=true hint=Some("One a line: v2 = 4f5c6d7".to_owned()) error=errors.at("versions")>
                <TextArea value=fields.versions rows=2/>
            </Field>
        }
        .into_any(),
        RepositoryKind::Models => view! { <ModelFields project fields errors/> }.into_any(),
        RepositoryKind::Experiments => ().into_any(),
    };
    let about = (kind != RepositoryKind::Experiments).then(|| {
        view! {
            <Field label="Description" optional=true hint=Some("Markdown: headings, lists, links, tables, code.".to_owned()) error=errors.at("description")>
                <TextArea value=fields.description rows=4/>
            </Field>
            <details class="preview">
                <summary>"Preview of the description"</summary>
                <MarkdownPreview text=fields.description><p class="small faint">"Nothing is written yet."</p></MarkdownPreview>
            </details>
            <LabelPicker value=fields.labels error=errors.at("labels")/>
        }
    });
    view! {
        <Field label="Name" error=errors.at(named)>
            <TextInput value=fields.name autofocus=true/>
        </Field>
        {details}
        {about}
    }
}

#[component]
fn Address(fields: Fields, errors: FormErrors, hint: &'static str) -> impl IntoView {
    let known: Vec<String> = match fields.kind {
        RepositoryKind::Data => DataPlatform::KNOWN.iter().map(ToString::to_string).collect(),
        RepositoryKind::Code | RepositoryKind::Experiments | RepositoryKind::Models => {
            Platform::KNOWN.iter().map(ToString::to_string).collect()
        }
    };
    let options: Vec<_> = known.into_iter().map(|name| SelectOption::new(name.clone(), name)).collect();
    view! {
        <Field label="Address" hint=Some(hint.to_owned()) error=errors.at("uri")>
            <TextInput value=fields.uri/>
        </Field>
        <Field label="Platform" optional=true>
            <Select value=fields.platform options=Signal::stored(options) placeholder="As the address suggests"/>
        </Field>
    }
}

#[component]
fn ModelFields(project: ProjectId, fields: Fields, errors: FormErrors) -> impl IntoView {
    let page = PageQuery { startindex: 0, pagelength: CHOICES };
    let code = queries::repositories::list(move || (project, RepositoryKind::Code, page));
    let options = Signal::derive(move || {
        let option = |facts: Facts| SelectOption::new(facts.id.to_string(), facts.name);
        let found = code.value.get();
        found.iter().flat_map(|page| page.items.iter().map(Facts::of)).map(option).collect::<Vec<_>>()
    });
    view! {
        <Field label="Code" optional=true>
            <Select value=fields.code options placeholder="None"/>
        </Field>
        <Field label="Branch" optional=true error=errors.at("branch")>
            <TextInput value=fields.branch/>
        </Field>
        <Field label="Commit" optional=true hint=Some("It wins over the branch.".to_owned()) error=errors.at("commit")>
            <TextInput value=fields.commit/>
        </Field>
        <Field label="Address" optional=true hint=Some("Where the definition can be read about.".to_owned()) error=errors.at("uri")>
            <TextInput value=fields.uri/>
        </Field>
    }
}
