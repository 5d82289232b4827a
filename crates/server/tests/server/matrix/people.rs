//! People with something of each kind that belongs to a person.

use models::token::TokenScope;
use server::store::Sql;
use std::collections::BTreeMap;
use uuid::Uuid;

use crate::support::{Person, TestApp};

/// A person and her belongings.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) person: Person,
    /// Ids of what is hers, by the name that paths give them.
    pub(crate) own: BTreeMap<&'static str, Uuid>,
}

impl Somebody {
    pub(crate) async fn new(app: &TestApp, person: Person) -> Self {
        person.token(app, &[TokenScope::Read], None).await;
        let mut own = BTreeMap::new();
        let tables = [
            ("token", "SELECT token_id AS id FROM api_tokens WHERE user_id = $1"),
            ("session", "SELECT session_id AS id FROM sessions WHERE user_id = $1"),
            ("invitation", "SELECT invitation_id AS id FROM invitations WHERE user_id = $1"),
        ];
        for (name, sql) in tables {
            let sql = Sql::new(sql).with(person.id);
            let row = app.store().read().await.unwrap().fetch_optional(sql).await.unwrap();
            own.extend(row.map(|row| (name, row.get::<Uuid>("id").unwrap())));
        }
        own.insert("user", person.id.0);
        Self { person, own }
    }
}
