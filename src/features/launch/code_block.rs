//! What is executed: repository, commit, folder, entry point and its parameters.

use leptos::prelude::*;
use models::code::CodeContents;
use models::repository::RepositoryKind;

use super::block::Block;
use super::differences::Place;
use super::marked::Marked;
use super::parameter_fields::ParameterFields;
use super::request::chosen;
use super::state::Launch;
use crate::queries::ApiError;
use crate::routes::Route;
use crate::ui::format::short_hash;
use crate::ui::{
    Banner, ButtonLink, ComboboxInput, ComboboxOption, Field, IconName, ProgressBar, Select, SelectOption,
    Size, TextInput, TextKind, Tone,
};

/// The first block.
#[component]
pub(super) fn CodeBlock(launch: Launch) -> impl IntoView {
    let fields = launch.fields;
    forget_with_code(launch);
    begin_with_usual(launch);
    let options = launch.lists.options(launch.lists.code, fields.code);
    view! {
        <Block number=1 title="Code and entry point">
            <ProgressBar busy=launch.contents.fetching/>
            <div class="launch-pair">
                <Marked launch place=Place::Code>
                    <Field label="Code" error=launch.error_at(&["codeRepositoryId"])>
                        <Select value=fields.code options placeholder="Choose the code"/>
                    </Field>
                </Marked>
                <Marked launch place=Place::Reference>
                    <ReferenceField launch/>
                </Marked>
            </div>
            <NoCode launch/>
            <div class="launch-pair">
                <Marked launch place=Place::Folder>
                    <Field
                        label="Folder of the MLproject file"
                        optional=true
                        error=error_of_place(launch, "path", &["mlflowMlprojectFilePath"])
                    >
                        <TextInput value=fields.folder kind=TextKind::Code placeholder="the root"/>
                    </Field>
                </Marked>
                <Marked launch place=Place::EntryPoint>
                    <EntryPointField launch/>
                </Marked>
            </div>
            <Unreadable launch/>
            <ParameterFields launch/>
        </Block>
    }
}

/// Another repository has other commits.
fn forget_with_code(launch: Launch) {
    let fields = launch.fields;
    Effect::new(move |before: Option<String>| {
        let now = fields.code.get();
        if before.is_some_and(|before| before != now) {
            let of_source = launch.source.with_value(|source| {
                source.as_ref().filter(|source| source.code == now).map(|source| source.reference.clone())
            });
            let filled = fields.filled(|draft| (&draft.code, &draft.reference), &now);
            fields.reference.set(filled.or(of_source).unwrap_or_default());
        }
        now
    });
}

/// Fills in what goes without saying: the usual branch, and the first entry point.
fn begin_with_usual(launch: Launch) {
    let fields = launch.fields;
    // Once for each code: who empties a field wants to type something else.
    let filled_for = StoredValue::new(String::new());
    Effect::new(move || {
        let about = launch.about.get();
        let Some(contents) = &about.contents else { return };
        let code = fields.code.get_untracked();
        if filled_for.with_value(|filled| *filled == code) {
            return;
        }
        filled_for.set_value(code);
        if let Some(branch) =
            contents.default_branch.clone().filter(|_| fields.reference.read_untracked().is_empty())
        {
            fields.reference.set(branch);
        }
        let first = about.entry_points().and_then(|own| own.first());
        if let Some(first) = first.filter(|_| fields.entry_point.read_untracked().is_empty()) {
            fields.entry_point.set(first.name.clone());
        }
    });
}

/// What is wrong with where the repository was looked at: the server says it at once.
fn error_of_place(
    launch: Launch,
    asked: &'static str,
    fields: &'static [&'static str],
) -> Signal<Option<String>> {
    let own = launch.error_at(fields);
    Signal::derive(move || {
        let told =
            launch.contents.error.get().and_then(|error| error.field_errors().get(asked).map(str::to_owned));
        own.get().or_else(|| told.map(|told| crate::widgets::form_errors::sentence(&told)))
    })
}

#[component]
fn ReferenceField(launch: Launch) -> impl IntoView {
    let error = error_of_place(launch, "ref", &["branch", "commit"]);
    let hint = Signal::derive(move || {
        let about = launch.about.read();
        let contents = about.contents.as_ref()?;
        let latest = contents.commits.first().map(|commit| commit.title.clone()).unwrap_or_default();
        Some(format!("Starts {} · {latest}", short_hash(&contents.commit)))
    });
    let options = Signal::derive(move || {
        launch.contents.value.get().map(|contents| references(&contents)).unwrap_or_default()
    });
    view! {
        <Field label="Branch, tag or commit" hint error>
            <ComboboxInput
                label="Branch, tag or commit"
                value=launch.fields.reference
                options
                placeholder="the usual branch"
                is_invalid=Signal::derive(move || error.read().is_some())
            />
        </Field>
    }
}

/// What may stand for the commit.
fn references(contents: &CodeContents) -> Vec<ComboboxOption> {
    let option =
        |text: &str, hint: String| ComboboxOption { text: text.to_owned(), hint, count: String::new() };
    let branch = |name: &String| {
        let is_usual = contents.default_branch.as_ref() == Some(name);
        option(name, if is_usual { "usual branch" } else { "branch" }.to_owned())
    };
    let branches = contents.branches.iter().map(branch);
    let tags = contents.tags.iter().map(|name| option(name, "tag".to_owned()));
    branches
        .chain(tags)
        .chain(contents.commits.iter().map(|own| option(&own.id, own.title.clone())))
        .collect()
}

#[component]
fn EntryPointField(launch: Launch) -> impl IntoView {
    let fields = launch.fields;
    let are_known = Memo::new(move |_| launch.about.read().entry_points().is_some_and(|own| !own.is_empty()));
    // What was known stays on screen while the repository is asked again.
    let names = Memo::new(move |before: Option<&Vec<String>>| {
        let about = launch.about.read();
        match about.entry_points() {
            Some(own) => own.iter().map(|own| own.name.clone()).collect(),
            None if launch.contents.fetching.get() => before.cloned().unwrap_or_default(),
            None => Vec::new(),
        }
    });
    let options = Signal::derive(move || {
        let chosen = fields.entry_point.get();
        let missing = (!chosen.is_empty() && !names.read().contains(&chosen))
            .then(|| SelectOption::new(chosen.clone(), format!("{chosen} (not in the file)")));
        let known = names.get().into_iter().map(|name| SelectOption::new(name.clone(), name));
        known.chain(missing).collect::<Vec<_>>()
    });
    let error = launch.error_at(&["entryPoint"]);
    let command = Signal::derive(move || {
        let draft = launch.draft.read();
        chosen(&draft, &launch.about.read()).map(|own| own.command.clone()).filter(|own| !own.is_empty())
    });
    let is_list = Memo::new(move |_| are_known.get() || !names.read().is_empty());
    move || match is_list.get() {
        true => view! {
            <Field label="Entry point" hint=command error>
                <Select value=fields.entry_point options/>
            </Field>
        }
        .into_any(),
        false => view! {
            <Field label="Entry point" optional=true error>
                <TextInput value=fields.entry_point kind=TextKind::Code placeholder="main"/>
            </Field>
        }
        .into_any(),
    }
}

/// Says why the entry points are not known, and that one can go on.
#[component]
fn Unreadable(launch: Launch) -> impl IntoView {
    let why = Memo::new(move |_| {
        let contents = launch.contents;
        if contents.fetching.get() {
            return None;
        }
        match contents.error.get() {
            Some(error) if error.field_errors().iter().next().is_some() => None,
            Some(ApiError::Offline) | None => {
                launch.about.read().contents.as_ref().and_then(|contents| contents.problem.clone())
            }
            Some(error) => Some(error.to_string()),
        }
    });
    move || {
        why.get().map(|why| {
            view! {
                <Banner tone=Tone::Warning icon=IconName::Alert>
                    {why} " You can go on: type the entry point and its parameters yourself."
                </Banner>
            }
        })
    }
}

/// Leads to where code is added, where there is none.
#[component]
fn NoCode(launch: Launch) -> impl IntoView {
    let is_none =
        Memo::new(move |_| launch.lists.code.value.read().as_ref().is_some_and(|page| page.items.is_empty()));
    let href = Route::Repositories(launch.project, RepositoryKind::Code).to_string();
    move || {
        is_none.get().then(|| {
            view! {
                <p class="launch-none">
                    "The project has no code yet. "
                    <ButtonLink href=href.clone() size=Size::Small icon=IconName::Plus>"Add code"</ButtonLink>
                </p>
            }
        })
    }
}
