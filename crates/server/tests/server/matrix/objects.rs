//! The world in which the matrix is asked: a private and a public project with something of each kind, a group, an
//! organization, and callers who stand to them in each way there is.

use models::id::{OrganizationId, ProjectId, UserGroupId};
use models::permission::Role;
use models::token::TokenScope;
use serde_json::json;
use server::store::{DatabaseUrl, InvitedTo, Sql, Store, Team};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::actors::{Actor, Belonging, Pass, Place};
use super::people::Somebody;
use crate::fixture::new_run;
use crate::support::{Person, TestApp};

const ROLES: [Role; 5] = [Role::Guest, Role::Reporter, Role::Researcher, Role::Maintainer, Role::Owner];

/// All there is.
pub(crate) struct World {
    actors: Vec<Actor>,
    /// A person whom no caller is.
    pub(crate) other: Somebody,
    /// A person with a role in both projects.
    pub(crate) rita: Person,
    /// Ids by the name that paths give them.
    pub(crate) private: BTreeMap<&'static str, Uuid>,
    pub(crate) public: BTreeMap<&'static str, Uuid>,
    pub(crate) group: UserGroupId,
    pub(crate) organization: OrganizationId,
    /// Invitations, by the first part of the paths that name them.
    pub(crate) invitations: BTreeMap<&'static str, Uuid>,
}

impl World {
    pub(crate) fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The administrator, who may do what can be done.
    pub(crate) fn root(&self) -> &Actor {
        self.actors.iter().find(|actor| actor.is_admin).unwrap()
    }
}

/// Builds the world in the file `template.sqlite`.
pub(crate) async fn build() -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("template.sqlite"));
    let app = TestApp::new(Store::open(&url).await.unwrap(), |_| ());
    let world = Building::new(app.clone()).await.finish().await;
    app.store().close().await;
    drop(app);
    // What the last writes left beside the file must be in it.
    for _ in 0..100 {
        if !folder.path().join("template.sqlite-wal").exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    (folder, world)
}

struct Building {
    app: TestApp,
    ann: Person,
    lea: Person,
    private: ProjectId,
    public: ProjectId,
    /// The group that each person is invited to.
    party: UserGroupId,
    actors: Vec<Actor>,
}

impl Building {
    async fn new(app: TestApp) -> Self {
        let (ann, lea) = (app.person("Ann").await, app.person("Lea").await);
        let (private, public) = (app.project(&ann, "Private").await, app.project(&ann, "Public").await);
        let sql = Sql::new("UPDATE projects SET is_public = TRUE WHERE project_id = $1").with(public);
        run(&app, sql).await;
        let party = group(&app, &ann, "Party", &[]).await;
        Self { app, ann, lea, private, public, party, actors: Vec::new() }
    }

    async fn finish(mut self) -> World {
        let app = self.app.clone();
        let mia = app.person("Mia").await;
        let team = group(&app, &self.lea, "Team", &[&mia]).await;
        let lab = organization(&app, &self.lea, "Lab", &[&mia], &[]).await;
        for project in [self.private, self.public] {
            app.store().set_group_role(project, team, Role::Guest).await.unwrap();
            app.store().set_organization_role(project, lab, Role::Guest).await.unwrap();
        }
        let (other, rita) = (app.person("Otto").await, app.person("Rita").await);
        for project in [self.private, self.public] {
            app.store().set_member(project, rita.id, Role::Reporter).await.unwrap();
        }
        self.add_by_role().await;
        self.add_by_belonging(mia).await;
        self.add_outsiders().await;
        self.add_tokens().await;
        let other = self.somebody(other).await;
        World {
            private: objects(&app, self.private, &self.ann).await,
            public: objects(&app, self.public, &self.ann).await,
            invitations: self.invitations(team, lab).await,
            actors: self.actors,
            other,
            rita,
            group: team,
            organization: lab,
        }
    }

    /// Each role, by each way.
    async fn add_by_role(&mut self) {
        let app = self.app.clone();
        for role in ROLES {
            let place = role as u8 + 1;
            let direct = app.member(self.private, &format!("Direct{place}"), role).await;
            self.add(direct, place, Belonging::Stranger).await;
            let grouped = app.person(&format!("Grouped{place}")).await;
            let team = group(&app, &self.ann, &format!("G{place}"), &[&grouped]).await;
            app.store().set_group_role(self.private, team, role).await.unwrap();
            self.add(grouped, place, Belonging::Stranger).await;
            let organized = app.person(&format!("Organized{place}")).await;
            let indirect = app.person(&format!("Indirect{place}")).await;
            let inner = group(&app, &self.ann, &format!("I{place}"), &[&indirect]).await;
            let lab = organization(&app, &self.ann, &format!("O{place}"), &[&organized], &[inner]).await;
            app.store().set_organization_role(self.private, lab, role).await.unwrap();
            self.add(organized, place, Belonging::Stranger).await;
            self.add(indirect, place, Belonging::Stranger).await;
        }
    }

    async fn add_by_belonging(&mut self, mia: Person) {
        self.add(self.lea.clone(), 1, Belonging::Lead).await;
        self.add(mia, 1, Belonging::Member).await;
        let root = self.app.administrator("Root").await;
        let actor = self.add(root, 5, Belonging::Lead).await;
        actor.is_admin = true;
    }

    async fn add_outsiders(&mut self) {
        let app = self.app.clone();
        let eve = app.person("Eve").await;
        self.add(eve, 0, Belonging::Stranger).await;
        let viewer = app.person("Viewer").await;
        self.add(viewer, 1, Belonging::Stranger).await.place = Place::Public;
        let gone = app.member(self.private, "Gone", Role::Owner).await;
        run(&app, Sql::new("DELETE FROM project_members WHERE user_id = $1").with(gone.id)).await;
        self.add(gone, 0, Belonging::Stranger).await;
        let disabled = app.member(self.private, "Disabled", Role::Owner).await;
        run(&app, Sql::new("UPDATE users SET is_disabled = TRUE WHERE user_id = $1").with(disabled.id)).await;
        self.add(disabled, 5, Belonging::Stranger).await.is_known = false;
        self.actors.push(Actor {
            name: "nobody".to_owned(),
            is_known: false,
            somebody: None,
            token: None,
            place: Place::Private,
            role: 0,
            belonging: Belonging::Stranger,
            is_admin: false,
        });
    }

    /// Tokens of an owner who leads the group and the organization too, of a reporter, and of an administrator.
    async fn add_tokens(&mut self) {
        let app = self.app.clone();
        let scopes = [
            ("read", TokenScope::Read),
            ("write", TokenScope::Write),
            ("mlflow", TokenScope::Mlflow),
            ("submit", TokenScope::SubmitRuns),
            ("predict", TokenScope::Predict),
        ];
        let known = self.actors.clone();
        for name in ["Direct5", "Direct2", "Lea", "Root"] {
            let owner = known.iter().find(|actor| actor.name == name).unwrap();
            let person = owner.somebody.as_ref().unwrap().person.clone();
            for (scope, given) in scopes {
                let secret = person.token(&app, &[given], None).await;
                self.add_token(owner, secret, Pass { scope, is_for_another: false });
            }
            let elsewhere = Some(person.personal_project);
            let secret = person.token(&app, &[TokenScope::Read, TokenScope::Write], elsewhere).await;
            self.add_token(owner, secret, Pass { scope: "write", is_for_another: true });
        }
    }

    fn add_token(&mut self, owner: &Actor, secret: String, pass: Pass) {
        let other = if pass.is_for_another { " of another project" } else { "" };
        let name = format!("{} with a token {}{other}", owner.name, pass.scope);
        self.actors.push(Actor { name, token: Some((secret, pass)), ..owner.clone() });
    }

    async fn add(&mut self, person: Person, role: u8, belonging: Belonging) -> &mut Actor {
        let somebody = Some(self.somebody(person.clone()).await);
        self.actors.push(Actor {
            name: person.name,
            is_known: true,
            somebody,
            token: None,
            place: Place::Private,
            role,
            belonging,
            is_admin: false,
        });
        self.actors.last_mut().unwrap()
    }

    async fn somebody(&self, person: Person) -> Somebody {
        let invitation = serde_json::from_value(json!({"userId": person.id})).unwrap();
        let to = InvitedTo::Team(Team::Group(self.party));
        // Whoever was kept out is invited to nothing.
        let _ = self.app.store().invite(to, self.ann.id, invitation, None, None).await;
        Somebody::new(&self.app, person).await
    }

    async fn invitations(&self, team: UserGroupId, lab: OrganizationId) -> BTreeMap<&'static str, Uuid> {
        let targets = [
            ("groups", InvitedTo::Team(Team::Group(team)), self.lea.id),
            ("organizations", InvitedTo::Team(Team::Organization(lab)), self.lea.id),
            ("private", InvitedTo::Project(self.private), self.ann.id),
            ("public", InvitedTo::Project(self.public), self.ann.id),
        ];
        let mut invitations = BTreeMap::new();
        for (name, to, by) in targets {
            let new = serde_json::from_value(json!({"email": "someone@example.org"})).unwrap();
            let id = self.app.store().invite(to, by, new, Some(Role::Reporter), None).await.unwrap();
            invitations.insert(name, id.0);
        }
        invitations
    }
}

/// Something of each kind in a project.
async fn objects(app: &TestApp, project: ProjectId, owner: &Person) -> BTreeMap<&'static str, Uuid> {
    let rows = [
        (
            "code",
            "INSERT INTO code_repositories (code_repository_id, project_id, name, uri, platform, description, created_at, \
          updated_at, version) VALUES ($1, $2, 'c', 'https://example.org/c', 'GitHub', '', 0, 0, 1)",
        ),
        (
            "data",
            "INSERT INTO data_repositories (data_repository_id, project_id, name, uri, platform, is_dvc_enabled, \
          description, created_at, updated_at, version) VALUES ($1, $2, 'd', 'https://example.org/d', 'GitHub', FALSE, '', 0, 0, 1)",
        ),
        (
            "model",
            "INSERT INTO model_repositories (model_repository_id, project_id, name, description, created_at, updated_at, \
          version) VALUES ($1, $2, 'm', '', 0, 0, 1)",
        ),
        (
            "trained",
            "INSERT INTO saved_models (saved_model_id, project_id, name, uri, status, created_at, updated_at, version) \
          VALUES ($1, $2, 't', 's3://t', 'PENDING', 0, 0, 1)",
        ),
    ];
    let mut ids = BTreeMap::from([("project", project.0)]);
    for (name, sql) in rows {
        let id = Uuid::now_v7();
        run(app, Sql::new(sql).with(id).with(project)).await;
        ids.insert(name, id);
    }
    let deployment = Uuid::now_v7();
    let sql = "INSERT INTO deployments (deployment_id, project_id, saved_model_id, name, time_zone, is_paused, status, \
         created_at, updated_at, version) VALUES ($1, $2, $3, 'p', 'UTC', FALSE, 'CREATED', 0, 0, 1)";
    run(app, Sql::new(sql).with(deployment).with(project).with(ids["trained"])).await;
    ids.insert("deployment", deployment);
    let prediction = Uuid::now_v7();
    let sql = "INSERT INTO predictions (prediction_id, deployment_id, is_scheduled, asked_at, duration, outcome, request, \
         request_size, answer, answer_size) VALUES ($1, $2, FALSE, 0, 1, 'ANSWERED', '{}', 2, '{}', 2)";
    run(app, Sql::new(sql).with(prediction).with(deployment)).await;
    ids.insert("prediction", prediction);
    let view = Uuid::now_v7();
    let sql = "INSERT INTO run_views (view_id, project_id, owner_id, name, name_key, is_shared, is_default, setup, \
         created_at, updated_at, version) VALUES ($1, $2, $3, 'v', 'v', TRUE, FALSE, '{}', 0, 0, 1)";
    run(app, Sql::new(sql).with(view).with(project).with(owner.id)).await;
    ids.insert("view", view);
    let template = Uuid::now_v7();
    let sql = "INSERT INTO run_templates (template_id, project_id, owner_id, name, name_key, is_shared, draft, created_at, \
         updated_at, version) VALUES ($1, $2, $3, 't', 't', TRUE, '{}', 0, 0, 1)";
    run(app, Sql::new(sql).with(template).with(project).with(owner.id)).await;
    ids.insert("template", template);
    let experiment = app.store().create_experiment(project, "e".to_owned(), None, Vec::new()).await.unwrap();
    let started = app.store().create_run(experiment.number, new_run(owner.id, "r")).await.unwrap();
    ids.extend([("experiment", experiment.repository.experiment_repository_id.0), ("run", started.id.0)]);
    let schedule = Uuid::now_v7();
    let request = json!({"name": "r", "experimentRepositoryId": ids["experiment"]}).to_string();
    let sql = "INSERT INTO schedules (schedule_id, project_id, user_id, name, request, cron, time_zone, is_paused, missed_times, \
         created_at, updated_at, version) VALUES ($1, $2, $3, 's', $4, '0 2 * * *', 'UTC', TRUE, 'SKIP', 0, 0, 1)";
    run(app, Sql::new(sql).with(schedule).with(project).with(owner.id).with(request)).await;
    ids.insert("schedule", schedule);
    ids
}

async fn group(app: &TestApp, admin: &Person, name: &str, members: &[&Person]) -> UserGroupId {
    let members: Vec<_> = members.iter().map(|person| person.id).collect();
    let new = serde_json::from_value(json!({"name": name, "members": members})).unwrap();
    app.store().create_group(admin.id, new, None).await.unwrap()
}

async fn organization(
    app: &TestApp,
    contact: &Person,
    name: &str,
    members: &[&Person],
    groups: &[UserGroupId],
) -> OrganizationId {
    let members: Vec<_> = members.iter().map(|person| person.id).collect();
    let new = json!({"name": name, "members": members, "groups": groups});
    app.store().create_organization(contact.id, serde_json::from_value(new).unwrap(), None).await.unwrap()
}

async fn run(app: &TestApp, sql: Sql) {
    app.store().write(|connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}
