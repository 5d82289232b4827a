//! Connections to be made.

use models::id::ConnectionId;
use models::paths;
use serde_json::{Value, json};

use super::{Answer, Person, TestApp};

pub(crate) const TOKEN: &str = "glpat-0123456789abf3a9";

/// A new connection with the secret [`TOKEN`].
pub(crate) fn code() -> Value {
    json!({"connectionName": "Code", "connectionProvider": "GitLab", "authMethod": "TOKEN", "token": TOKEN,
        "uri": "https://git.example.org"})
}

/// `object` with `changes` in place of its own fields.
pub(crate) fn with(mut object: Value, changes: Value) -> Value {
    object.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    object
}

/// Makes a connection in the browser.
pub(crate) async fn create(app: &TestApp, person: &Person, new: &Value) -> ConnectionId {
    id(&app.post(paths::user_connections(person.id)).by(person).json(new).await.expect(201))
}

/// The id in the answer to a creation.
pub(crate) fn id(answer: &Answer) -> ConnectionId {
    answer.json()["connectionId"].as_str().unwrap().parse().unwrap()
}

/// The connection as the client gets it.
pub(crate) async fn secrets(app: &TestApp, person: &Person, id: ConnectionId) -> Value {
    let client = person.client(app).await;
    app.get(paths::user_connection(person.id, id)).bearer(&client).await.expect(200).json()
}
