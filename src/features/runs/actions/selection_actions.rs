//! The actions on the runs that are selected.

use leptos::prelude::*;
use models::permission::Action;
use models::run::{BulkRunChange, RunSelection};
use models::run_table::TableScope;

use super::changing::Changing;
use super::label_dialog::LabelDialog;
use super::words;
use crate::ui::{Button, Confirm, Emphasis, IconName, Size};
use crate::widgets::why_not;

/// Above so many runs, deleting asks for their number.
const TYPED_ABOVE: u64 = 10;

/// What can be done with the runs of a selection; while something is being done, how far it is.
#[component]
pub fn SelectionActions(
    /// Whose runs they are. Those of several projects are refused one by one where the person may not change them.
    scope: TableScope,
    /// Whether they are in the bin.
    #[prop(into)]
    in_bin: Signal<bool>,
    /// Which runs.
    #[prop(into)]
    selection: Signal<RunSelection>,
    /// How many these are.
    #[prop(into)]
    count: Signal<u64>,
    /// Does it.
    changing: Changing,
) -> impl IntoView {
    let begin = move |change: BulkRunChange| {
        changing.begin(selection.get_untracked(), change, count.get_untracked());
    };
    let (cancelling, deleting, labelling) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let runs = Signal::derive(move || words::runs(count.get()));
    let may_not = scope.project().map(|project| why_not(project, Action::EditRuns));
    let idle = Signal::derive(move || {
        let busy = changing.is_busy().then(|| "Something is being done with these runs.".to_owned());
        may_not.and_then(|may_not| may_not.get()).or(busy)
    });
    let sure = move |question: RwSignal<bool>, change: BulkRunChange| {
        question.set(false);
        begin(change);
    };
    view! {
        <div class="run-actions">
            {move || if in_bin.get() {
                view! {
                    <Button size=Size::Small disabled_reason=idle on_click=move |_| begin(BulkRunChange::Restore)>"Restore"</Button>
                    <Button size=Size::Small emphasis=Emphasis::Danger disabled_reason=idle on_click=move |_| deleting.set(true)>
                        "Delete for good…"
                    </Button>
                }
                .into_any()
            } else {
                view! {
                    <Button size=Size::Small icon=IconName::Tag disabled_reason=idle on_click=move |_| labelling.set(true)>"Label…"</Button>
                    <Button size=Size::Small disabled_reason=idle on_click=move |_| cancelling.set(true)>"Cancel…"</Button>
                    <Button size=Size::Small icon=IconName::Trash disabled_reason=idle on_click=move |_| begin(BulkRunChange::Archive)>
                        "Move to the bin"
                    </Button>
                }
                .into_any()
            }}
            <span class="run-actions-progress" role="status">{move || changing.words()}</span>
            {move || changing.is_busy().then(|| view! {
                <Button size=Size::Small on_click=move |_| changing.stop()>"Stop"</Button>
            })}
        </div>
        <Confirm
            open=cancelling
            title=move || format!("Cancel {}?", runs.get())
            action=move || format!("Cancel {}", runs.get())
            on_confirm=move |()| sure(cancelling, BulkRunChange::Cancel)
        >
            <p>"Those that have ended stay as they are."</p>
        </Confirm>
        <LabelDialog open=labelling count on_submit=Callback::new(begin)/>
        <DeleteQuestion open=deleting count on_confirm=move |()| sure(deleting, BulkRunChange::Delete)/>
    }
}

/// Asks before runs are deleted; for many their number must be typed.
#[component]
fn DeleteQuestion(
    open: RwSignal<bool>,
    count: Signal<u64>,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let are_many = Memo::new(move |_| count.get() > TYPED_ABOVE);
    let number = Signal::derive(move || count.get().to_string());
    move || {
        let type_name = are_many.get().then_some(number);
        view! {
            <Confirm
                open
                title=move || format!("Delete {} for good?", words::runs(count.get()))
                action=move || format!("Delete {}", words::runs(count.get()))
                nostrip:type_name=type_name
                on_confirm
            >
                <p>"All that they have logged goes with them, artifacts too. Only runs in the bin are deleted; this cannot be undone."</p>
            </Confirm>
        }
    }
}
