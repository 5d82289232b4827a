//! The operations of the document, and how each is asked for.

use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::actors::{Actor, Place};
use super::objects::World;
use crate::support::{PASSWORD, TestApp};

/// Whose belongings are asked for, where a path names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Own,
    Foreign,
}

/// An operation of the document.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) path: String,
    pub(crate) method: Method,
    pub(crate) id: String,
    pub(crate) action: String,
}

impl std::fmt::Display for Operation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)
    }
}

/// All operations of the document.
pub(crate) async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.get("/api/openapi.json").await.expect(200).json();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Operation {
                path: path.clone(),
                method: method.to_uppercase().parse().unwrap(),
                id: operation["operationId"].as_str().unwrap().trim_end_matches("_as_in_2022").to_owned(),
                action: operation["x-action"].as_str().unwrap().to_owned(),
            });
        }
    }
    operations
}

impl Operation {
    /// Whose belongings an actor asks for.
    pub(crate) fn targets(&self, actor: &Actor) -> &'static [Target] {
        match (self.is_personal(), &actor.somebody) {
            (true, Some(_)) => &[Target::Own, Target::Foreign],
            (true, None) => &[Target::Foreign],
            (false, _) => &[Target::Own],
        }
    }

    /// Whether the path names the person it is about.
    fn is_personal(&self) -> bool {
        ["/api/users/{user}", "/api/projects/user/{user}"].iter().any(|start| self.path.starts_with(start))
    }

    /// Whether somebody else can do it after one has: what was made or changed is in nobody's way.
    pub(crate) fn is_repeatable(&self) -> bool {
        let ends_sessions = ["change_password", "create_sign_in_link"].contains(&self.id.as_str());
        let makes = ["create_", "change_", "set_", "invite_"].iter().any(|start| self.id.starts_with(start));
        makes && !ends_sessions
    }

    /// The status of the answer.
    pub(crate) async fn call(&self, app: &TestApp, world: &World, actor: &Actor, target: Target) -> u16 {
        let call = app.call(self.method.clone(), self.filled(world, actor, target)).header("if-match", "*");
        let call = match (&actor.token, &actor.somebody) {
            (Some((secret, _)), _) => call.bearer(secret),
            (None, Some(somebody)) => call.by(&somebody.person),
            (None, None) => call,
        };
        let call = if self.method == Method::GET { call } else { call.json(&self.body(world)) };
        // An event stream has no end.
        call.open().await.status().as_u16()
    }

    fn filled(&self, world: &World, actor: &Actor, target: Target) -> String {
        let parts: Vec<String> = self
            .path
            .split('/')
            .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => self.parameter(name, world, actor, target).to_string(),
                None => part.to_owned(),
            })
            .collect();
        parts.join("/")
    }

    fn parameter(&self, name: &str, world: &World, actor: &Actor, target: Target) -> Uuid {
        let first = self.path.split('/').nth(2).unwrap();
        let objects = match actor.place {
            Place::Private => &world.private,
            Place::Public => &world.public,
        };
        let owner = actor.somebody.as_ref().filter(|_| target == Target::Own).unwrap_or(&world.other);
        let found = match (first, name) {
            (_, "user") if self.is_personal() => owner.own.get(name).copied(),
            ("users", _) => owner.own.get(name).copied(),
            ("projects", "user") => Some(world.rita.id.0),
            ("projects", "invitation") => {
                let place = if actor.place == Place::Private { "private" } else { "public" };
                world.invitations.get(place).copied()
            }
            (_, "group") => Some(world.group.0),
            (_, "organization") => Some(world.organization.0),
            (_, "invitation") => world.invitations.get(first).copied(),
            (_, "model") if self.path.contains("/trained/") => objects.get("trained").copied(),
            _ => objects.get(name).copied(),
        };
        // What the fixture does not know: the administrator does not find it either.
        found.unwrap_or(Uuid::max())
    }

    /// A small body that the operation understands, where it takes one.
    fn body(&self, world: &World) -> Value {
        match self.id.as_str() {
            "create_project" | "create_group" | "create_organization" => json!({"name": "New"}),
            "change_group" | "change_organization" | "change_user" => json!({"name": "Renamed"}),
            "change_project" => json!({"public": false}),
            "set_project_member" | "set_project_group" | "set_project_organization" => {
                json!({"role": "GUEST"})
            }
            "hand_project_over" => json!({"userId": world.rita.id}),
            "invite_to_group" | "invite_to_organization" | "invite_to_project" => {
                json!({"name": "Otto", "role": "REPORTER"})
            }
            "create_api_token" => json!({"name": "t", "scopes": ["read"], "days": 1}),
            "create_user" => json!({"name": "New", "email": "new@example.org"}),
            "create_run_view" => json!({"name": "New", "table": {}}),
            "change_run_view" => json!({"name": "Renamed"}),
            "create_run_template" => json!({"name": "New", "draft": {}}),
            "change_run_template" => json!({"name": "Renamed"}),
            "create_schedule" => {
                let request = json!({"name": "r", "experimentRepositoryId": world.private["experiment"]});
                json!({"name": "New", "request": request, "cronString": "0 2 * * *"})
            }
            "change_schedule" => json!({"name": "Renamed"}),
            "preview_schedule" => json!({"cronString": "0 2 * * *"}),
            "set_default_run_view" | "set_own_default_run_view" => json!({"viewId": null}),
            "confirm_session" => json!({"password": PASSWORD}),
            "change_password" => json!({"currentPassword": PASSWORD, "password": "a fine new password"}),
            _ => json!({}),
        }
    }
}
