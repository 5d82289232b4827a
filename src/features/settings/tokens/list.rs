//! The list of a person's tokens.

use leptos::prelude::*;
use models::token::ApiToken;

use super::super::me::me;
use super::create::CreateToken;
use super::revoke::RevokeToken;
use super::row::TokenRow;
use crate::queries;
use crate::ui::{Button, Emphasis, Empty, IconName, Panel, SkeletonShape};
use crate::widgets::Loaded;

/// All tokens: what each may do, how long it works, when it was last used; making and revoking them.
#[component]
pub(in super::super) fn Tokens() -> impl IntoView {
    let query = queries::tokens::list(me());
    let creating = RwSignal::new(false);
    let revoking = RwSignal::new(None);
    view! {
        <Loaded query shape=SkeletonShape::Rows count=4 let:found>
            {
                let total = Memo::new(move |_| found.read().total_records);
                let rows = move || {
                    let row = |token: ApiToken| view! { <TokenRow token on_revoke=move |token| revoking.set(Some(token))/> };
                    found.read().items.iter().cloned().map(row).collect_view()
                };
                move || match total.get() {
                    0 => view! { <Nothing creating/> }.into_any(),
                    n => view! {
                        <Panel title=format!("API tokens ({n})") actions=move || view! { <NewButton creating/> } flush=true>
                            <div class="settings-scroll">
                                <table class="settings-table">
                                    <thead>
                                        <tr>
                                            <th scope="col">"Name"</th>
                                            <th scope="col">"Project"</th>
                                            <th scope="col">"Last used"</th>
                                            <th scope="col">"Expires"</th>
                                            <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                                        </tr>
                                    </thead>
                                    <tbody>{rows}</tbody>
                                </table>
                            </div>
                        </Panel>
                    }
                    .into_any(),
                }
            }
        </Loaded>
        <CreateToken open=creating/>
        <RevokeToken token=revoking/>
    }
}

#[component]
fn NewButton(creating: RwSignal<bool>) -> impl IntoView {
    view! {
        <Button emphasis=Emphasis::Primary icon=IconName::Plus on_click=move |_| creating.set(true)>"New token"</Button>
    }
}

#[component]
fn Nothing(creating: RwSignal<bool>) -> impl IntoView {
    let text = "A token stands in for your password where a program runs: MLflow in a notebook, the mantik client in a job. It does only what you allow, for as long as you say.";
    view! {
        <Empty icon=IconName::Key title="No tokens yet" text=text>
            <NewButton creating/>
        </Empty>
    }
}
