//! The page where the first user of a new server is made.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::draft::Draft;
use crate::queries;
use crate::routes::Route;
use crate::session::{Session, Standing};
use crate::ui::{
    ButtonLink, Emphasis, Empty, Field, Form, IconName, Logo, PasswordInput, SubmitRow, TextInput, TextKind,
};
use crate::widgets::{FormErrors, Loaded, page_title, take_token};

/// Makes the first user with the token of the address, which is gone from there before anything else happens.
#[component]
pub(crate) fn SetUp() -> impl IntoView {
    page_title(|| "Set up".to_owned());
    let token = StoredValue::new(take_token());
    let state = queries::session::setup_state();
    let (session, navigate) = (Session::current(), use_navigate());
    Effect::new(move || {
        // Not before she is known to be signed in: the guard of the page behind would lead her back here.
        if session.standing() == Standing::SignedIn {
            navigate(
                &Route::Home.to_string(),
                NavigateOptions { replace: true, ..NavigateOptions::default() },
            );
        }
    });
    view! {
        <div class="plain-page">
            <header class="sign-in-header">
                <Logo/>
                <h1 tabindex="-1">"Set up Mantik"</h1>
            </header>
            <Loaded query=state let:state>
                {move || match (state.read().needed, token.get_value()) {
                    (false, _) => done().into_any(),
                    (true, None) => no_token().into_any(),
                    (true, Some(token)) => view! { <SetUpForm token/> }.into_any(),
                }}
            </Loaded>
        </div>
    }
}

fn done() -> impl IntoView {
    view! {
        <Empty icon=IconName::CheckCircle title="This server is set up" text="Its first user exists. Sign in to go on.">
            <ButtonLink href=Route::Login.to_string() emphasis=Emphasis::Primary>"Sign in"</ButtonLink>
        </Empty>
    }
}

fn no_token() -> impl IntoView {
    let text = "When it started, the server printed a link that ends with a token. Open that link to make the first user.";
    view! { <Empty icon=IconName::Terminal title="Open the link that the server printed" text=text/> }
}

#[component]
fn SetUpForm(token: String) -> impl IntoView {
    let [username, email, password] = [(); 3].map(|()| RwSignal::new(String::new()));
    let set_up = queries::session::set_up();
    let errors = FormErrors::of(set_up);
    let session = Session::current();
    Effect::new(move || {
        if matches!(*set_up.value().read(), Some(Ok(()))) {
            session.announce();
        }
    });
    let submit = move |()| {
        let [username, email, password] = [username, email, password].map(|text| text.get_untracked());
        if let Some(request) = errors.check(Draft { token: token.clone(), username, email, password })
            && !set_up.pending().get_untracked()
        {
            set_up.dispatch_local(request);
        }
    };
    view! {
        <p class="muted">"You become the first user of this server and administer it."</p>
        <Form error=errors.summary(&["username", "email", "password"]) on_submit=submit>
            <Field label="User name" hint=Some("What you sign in with, without blanks.".to_owned()) error=errors.at("username")>
                <TextInput value=username kind=TextKind::Code autocomplete="username"/>
            </Field>
            <Field label="E-mail" error=errors.at("email")>
                <TextInput value=email kind=TextKind::Email autocomplete="email"/>
            </Field>
            <Field label="Password" hint=Some("At least 12 characters. A few words are good.".to_owned()) error=errors.at("password")>
                <PasswordInput value=password autocomplete="new-password"/>
            </Field>
            <SubmitRow label="Create the first user" busy=set_up.pending()/>
        </Form>
    }
}
