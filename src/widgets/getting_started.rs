//! How to send the first run.

use leptos::prelude::*;
use models::id::ProjectId;
use models::paths;
use models::problem::FieldErrors;
use models::token::{NewApiToken, TokenScope};

use super::FormErrors;
use crate::queries;
use crate::session::Session;
use crate::ui::{Banner, Button, CodeBlock, IconName, Tone};

/// How long the token works, in days.
const TOKEN_DAYS: u16 = 90;

/// The lines that send a run here, with a token that is made in place.
#[component]
pub fn GettingStarted(
    /// The project that the token is for; runs sent with it land there.
    project: ProjectId,
) -> impl IntoView {
    let session = Session::current();
    let create = queries::tokens::create();
    let errors = FormErrors::of(create);
    let secret = Signal::derive(move || Some(create.value().get()?.ok()?.secret));
    let make = move || {
        let user = session.user()?;
        let token = errors.check(TokenFor(project))?;
        create.dispatch_local((user.user_id, token));
        Some(())
    };
    view! {
        <ol class="steps">
            <li>
                <p>"Say where the runs go, and who sends them:"</p>
                <CodeBlock title="Shell" code=Signal::derive(move || shell_lines(secret.get().as_deref()))/>
                {move || match secret.read().is_some() {
                    true => view! {
                        <Banner tone=Tone::Warning icon=IconName::Key>
                            "The token is shown only now. Copy it before you leave the page."
                        </Banner>
                    }.into_any(),
                    false => view! {
                        <Button icon=IconName::Key busy=create.pending() on_click=move |_| { make(); }>"Create a token"</Button>
                    }.into_any(),
                }}
                <p class="field-note" data-error="true" role="alert">{errors.summary(&[])}</p>
            </li>
            <li>
                <p>"Log something, from a script or a notebook:"</p>
                <CodeBlock title="Python" code=PYTHON.to_owned()/>
            </li>
        </ol>
    }
}

const PYTHON: &str = "import mlflow

mlflow.set_experiment(\"first-steps\")
with mlflow.start_run():
    mlflow.log_param(\"learning_rate\", 0.01)
    for step in range(10):
        mlflow.log_metric(\"loss\", 1 / (step + 1), step=step)
";

/// The lines for a shell that say where runs go, and who sends them; a place to fill in stands for a secret that is not
/// known.
#[must_use]
pub fn shell_lines(secret: Option<&str>) -> String {
    let origin = window().location().origin().unwrap_or_default();
    let tracking = paths::TRACKING;
    let secret = secret.unwrap_or("<your token>");
    format!("export MLFLOW_TRACKING_URI={origin}{tracking}\nexport MLFLOW_TRACKING_TOKEN='{secret}'\n")
}

/// A token for logging to one project.
struct TokenFor(ProjectId);

impl TryFrom<TokenFor> for NewApiToken {
    type Error = FieldErrors;

    fn try_from(TokenFor(project): TokenFor) -> Result<Self, FieldErrors> {
        let name = "MLflow".parse().map_err(|error| FieldErrors::at("name", error))?;
        Ok(Self { name, scopes: vec![TokenScope::Mlflow], project_id: Some(project), days: TOKEN_DAYS })
    }
}
