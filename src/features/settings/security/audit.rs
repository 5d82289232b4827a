//! What was done with the person's secrets and settings.

use std::sync::Arc;

use leptos::prelude::*;
use models::audit::AuditEvent;
use models::page::{Page, PageQuery};
use models::token::ApiToken;

use super::super::me::me;
use super::audit_words::{action, credential};
use crate::queries;
use crate::ui::format::NOTHING;
use crate::ui::{Pagination, Panel, SkeletonShape};
use crate::widgets::{Loaded, RelativeTime, UrlHistory, url_state};

/// Lines a page.
const PAGE_SIZE: u64 = 20;

/// What was done with secrets and settings, the last first.
#[component]
pub(super) fn Audit() -> impl IntoView {
    let me = me();
    let page = url_state::<u64>("page", UrlHistory::Push);
    let query = queries::settings::audit(move || Some((me()?, PageQuery::nth(page.get(), PAGE_SIZE))));
    let tokens = queries::tokens::list(me);
    let known =
        Signal::derive(move || tokens.value.get().map(|found| found.items.clone()).unwrap_or_default());
    view! {
        <Panel title="What was done with your secrets" text="Each use and each change is written down, and never changed." flush=true>
            <Loaded query shape=SkeletonShape::Rows count=4 let:found>
                {
                    let total = Memo::new(move |_| found.read().total_records);
                    move || match total.get() {
                        0 => view! {
                            <p class="list-note">
                                "Nothing yet. What is done with your connections, your name and your payment will stand here."
                            </p>
                        }
                        .into_any(),
                        n => view! {
                            <div>
                                <Events found known/>
                                {(n > PAGE_SIZE).then(|| view! {
                                    <div class="settings-pages"><Pagination page size=PAGE_SIZE total=n/></div>
                                })}
                            </div>
                        }
                        .into_any(),
                    }
                }
            </Loaded>
        </Panel>
    }
}

#[component]
fn Events(found: Signal<Arc<Page<AuditEvent>>>, known: Signal<Vec<ApiToken>>) -> impl IntoView {
    let rows = move || {
        let row = |event: AuditEvent| view! { <AuditRow event known/> };
        found.read().items.iter().cloned().map(row).collect_view()
    };
    view! {
        <div class="settings-scroll" tabindex="0" role="region" aria-label="What was done">
            <table class="settings-table">
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"With"</th>
                        <th scope="col">"By"</th>
                        <th scope="col">"When"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn AuditRow(event: AuditEvent, known: Signal<Vec<ApiToken>>) -> impl IntoView {
    let what = action(&event.action).to_owned();
    let object = event.object_id.map_or_else(|| NOTHING.to_owned(), |_| event.object_name);
    let by = event.credential;
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td>{object}</td>
            <td>{move || credential(&by, &known.read())}</td>
            <td><RelativeTime at=Some(event.at)/></td>
        </tr>
    }
}
