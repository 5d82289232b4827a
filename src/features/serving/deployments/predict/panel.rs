//! Asking a deployed model, in the browser.

use std::sync::Arc;

use leptos::prelude::*;
use models::deployment::{DeploymentInformation, PredictionRequest};
use models::id::ProjectId;
use models::model::ModelSignature;
use models::paths;
use models::permission::Action;

use super::answered::{Answer, Answered};
use super::asking::{Asking, Writing};
use super::fields::Fields;
use super::history::History;
use super::snippets::Language;
use crate::queries;
use crate::ui::time;
use crate::ui::{
    Banner, Button, Choice, CodeBlock, Emphasis, Field, Form, IconName, Panel, Segmented, SkeletonShape,
    SubmitRow, TextArea, TextKind, Tone,
};
use crate::widgets::{Loaded, why_not};

/// Asks a deployment for predictions, and shows what it was asked before; why not where the person may not.
#[component]
pub(in crate::features::serving::deployments) fn Predict(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
) -> impl IntoView {
    let role = queries::projects::brief(move || Some(project));
    let may_ask = Memo::new(move |_| {
        Some(role.value.get()?.current_user_role.why_not(Action::ReadPredictions).is_none())
    });
    let model = Memo::new(move |_| deployment.read().model_id);
    let shown = move || match may_ask.get() {
        None => ().into_any(),
        Some(false) => view! { <Closed project/> }.into_any(),
        Some(true) => {
            let model = model.get();
            let query = queries::serving::signature(move || Some((project, model)));
            view! {
                <Loaded query shape=SkeletonShape::Rows count=4 let:signature>
                    <Open project deployment signature=signature.get_untracked()/>
                </Loaded>
            }
            .into_any()
        }
    };
    view! { <div class="stack" data-gap="large">{shown}</div> }
}

/// Says why the person may not ask.
#[component]
fn Closed(project: ProjectId) -> impl IntoView {
    let why_not = why_not(project, Action::AskModels);
    view! {
        <Panel title="Predict">
            <div class="stack">
                <p class="small muted">{why_not}</p>
                <div><Button emphasis=Emphasis::Primary disabled_reason=why_not>"Predict"</Button></div>
            </div>
        </Panel>
    }
}

#[component]
fn Open(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
    signature: Arc<ModelSignature>,
) -> impl IntoView {
    let asking = Asking::of(&signature);
    let answered = RwSignal::new(None::<Answered>);
    let id = deployment.read_untracked().deployment_id;
    let has_fields = asking.sheet.with_value(Option::is_some);
    let problem = (!has_fields).then(|| words(&signature));
    let writing = move || has_fields.then(|| view! { <WritingChoice asking/> });
    view! {
        <Panel title="Predict" actions=writing>
            <div class="stack">
                {problem.map(|problem| view! { <p class="small muted">{problem}</p> })}
                <Ask project deployment asking answered/>
                {move || answered.get().map(|answered| view! { <Answer answered/> })}
                <Snippets project deployment asking/>
            </div>
        </Panel>
        <History project deployment=id asking answered/>
    }
}

/// Why there are no fields.
fn words(signature: &ModelSignature) -> String {
    let reason = signature.problem.clone().unwrap_or_else(|| {
        let tensor = |field: &models::model::SignatureField| {
            let name = field.name.as_deref().unwrap_or("an array");
            let dtype = field.dtype.as_deref().unwrap_or(field.kind.as_str());
            format!("{name} ({dtype}, shape {:?})", field.shape)
        };
        let inputs: Vec<String> = signature.inputs.iter().map(tensor).collect();
        if inputs.is_empty() {
            return "The signature of the model says nothing of what it takes.".to_owned();
        }
        format!("The model takes {}.", inputs.join(", "))
    });
    format!("{reason} Write the request as JSON.")
}

/// Chooses between fields and JSON. Each shows what the other had.
#[component]
fn WritingChoice(asking: Asking) -> impl IntoView {
    Effect::new(move |before: Option<Writing>| {
        let now = asking.writing.get();
        if before.is_some_and(|before| before != now) {
            asking.turn(now);
        }
        asking.writing.get_untracked()
    });
    let choices = vec![Choice::new(Writing::Fields, "Fields"), Choice::new(Writing::Json, "JSON")];
    view! { <Segmented label="How the request is written" value=asking.writing choices/> }
}

#[component]
fn Ask(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
    asking: Asking,
    answered: RwSignal<Option<Answered>>,
) -> impl IntoView {
    let predict = queries::serving::predict();
    let began = StoredValue::new(0_i64);
    let why_not = Signal::derive(move || deployment.read().status.why_not_predict().map(str::to_owned));
    let send = move |()| {
        if predict.pending().get_untracked() || why_not.read_untracked().is_some() {
            return;
        }
        if let Some(request) = asking.request() {
            began.set_value(time::now());
            predict.dispatch_local((project, deployment.read_untracked().deployment_id, request));
        }
    };
    Effect::new(move || {
        let Some(outcome) = predict.value().get() else { return };
        let took = time::now().saturating_sub(began.get_value()).max(0).unsigned_abs();
        answered.set(outcome.ok().map(|answer| Answered { answer, took }));
    });
    let refused = Signal::derive(move || {
        if predict.pending().get() {
            None
        } else {
            predict.value().get()?.err().map(|error| error.to_string())
        }
    });
    let written = move || match asking.writing.get() {
        Writing::Fields => view! { <Fields asking/> }.into_any(),
        Writing::Json => view! { <Json asking/> }.into_any(),
    };
    view! {
        <Form error=refused on_submit=send>
            {move || asking.notice.get().map(|notice| view! { <Banner tone=Tone::Info icon=IconName::Info>{notice}</Banner> })}
            {written}
            {move || why_not.get().map(|reason| view! { <p class="small muted">{reason}</p> })}
            <SubmitRow label="Predict" busy=predict.pending() disabled_reason=why_not/>
        </Form>
    }
}

#[component]
fn Json(asking: Asking) -> impl IntoView {
    let error = Signal::derive(move || asking.json_error());
    let hint =
        "A table by columns as pandas writes it, or dataframe_split, dataframe_records, instances or inputs.";
    view! {
        <Field label="Request" hint=Some(hint.to_owned()) error>
            <TextArea value=asking.json kind=TextKind::Code rows=8/>
        </Field>
    }
}

/// The same from a program.
#[component]
fn Snippets(
    project: ProjectId,
    deployment: Signal<Arc<DeploymentInformation>>,
    asking: Asking,
) -> impl IntoView {
    let language = RwSignal::new(Language::Curl);
    let origin = window().location().origin().unwrap_or_default();
    let path = paths::deployment_predict(project, deployment.read_untracked().deployment_id);
    let url = format!("{origin}{path}");
    let example =
        || PredictionRequest([("x".to_owned(), serde_json::json!({"0": 1.5}))].into_iter().collect());
    // What is half typed changes nothing.
    let request = Memo::new(move |before: Option<&Option<PredictionRequest>>| {
        asking.written().or_else(|| before.cloned().flatten())
    });
    let code = Signal::derive(move || {
        let request = request.get().unwrap_or_else(example);
        language.get().snippet(&url, &request)
    });
    let block = move || view! { <CodeBlock title=language.get().title() code/> };
    view! {
        <details class="predict-snippets">
            <summary>"Ask from a program"</summary>
            <div class="stack" data-gap="small">
                <div><Segmented label="Written in" value=language choices=Language::choices()/></div>
                {block}
                <p class="small muted">"Your settings make tokens; one that may predict is enough."</p>
            </div>
        </details>
    }
}
