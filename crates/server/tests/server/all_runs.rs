//! The table of the runs of several projects: answered as from a plain evaluation, and only of those that one may see.

use crate::fixture::{Fixture, add_project, add_user, metrics, new_run, point, tags};
use crate::naive::{NaiveRun, make_runs_of, random_filter, random_group_field, random_sort};
use crate::support::{Person, TestApp, on_each_app, on_each_database};
use models::{
    experiment::LifecycleStage,
    id::{ProjectId, RunId},
    paths,
    permission::Role,
    query::{Field, Filter, RunQuery, SortKey},
    run_table::{Group, GroupKey, GroupPageRequest, RunPage, RunPageRequest},
    token::TokenScope,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};
use server::store::{Projects, Sql, Store};

/// How many questions are asked; many more with `MANTIK_TEST_QUESTIONS`.
const N_QUESTIONS: u64 = 120;

/// Projects with runs that log under the same names, the first two of which are asked about.
async fn several(store: Store) -> (Projects, Fixture, Vec<NaiveRun>) {
    let first = Fixture::new(store.clone()).await;
    let (bob, user) = (add_user(&store, "Bob").await, first.user);
    let mut fixtures = vec![first];
    for _ in 0..2 {
        let project = add_project(&store, user).await;
        let experiment = store.create_experiment(project, "wine".to_owned(), None, Vec::new()).await.unwrap();
        fixtures.push(Fixture { store: store.clone(), project, user, experiment });
    }
    let mut runs = Vec::new();
    let rng = &mut StdRng::seed_from_u64(11);
    for (number, (fixture, name)) in fixtures.iter().zip(["p", "q", "hidden"]).enumerate() {
        let sql = Sql::new("UPDATE projects SET name = $1 WHERE project_id = $2").with(name);
        execute(&store, sql.with(fixture.project)).await;
        runs.push(make_runs_of(fixture, name, bob, rng, number * 30..number * 30 + 30).await);
    }
    let asked: Projects = vec![fixtures[0].project, fixtures[1].project].into();
    // What somebody else asked for lies in the same columns.
    let all: Projects = fixtures.iter().map(|fixture| fixture.project).collect::<Vec<_>>().into();
    let everything = store.run_page(all, &page(&Filter::all(), &[], None, 0, 200)).await.unwrap();
    assert_eq!(everything.total, 90);
    runs.pop();
    (asked, fixtures.swap_remove(0), runs.into_iter().flatten().collect())
}

async fn execute(store: &Store, sql: Sql) {
    store.write(move |connection| Box::pin(async move { connection.execute(sql).await })).await.unwrap();
}

pub(crate) fn page(
    filter: &Filter,
    sort: &[SortKey],
    column: Option<&Field>,
    offset: u64,
    limit: u64,
) -> RunPageRequest {
    let query = RunQuery {
        filter: filter.to_string(),
        sort: sort.to_vec(),
        columns: column.into_iter().cloned().collect(),
        ..RunQuery::default()
    };
    RunPageRequest { query, within: Vec::new(), offset, limit, lifecycle_stage: LifecycleStage::Active }
}

#[tokio::test]
async fn random_questions_about_several_projects_are_answered_as_in_memory() {
    on_each_database(|store| async move {
        let (projects, fixture, runs) = several(store).await;
        let n = std::env::var("MANTIK_TEST_QUESTIONS").ok().and_then(|n| n.parse().ok());
        for seed in 0..n.unwrap_or(N_QUESTIONS) {
            let rng = &mut StdRng::seed_from_u64(seed);
            let filter = if rng.random_bool(0.2) { Filter::all() } else { random_filter(rng, 3) };
            check_page(&projects, &fixture.store, &runs, &filter, rng).await;
            check_groups(&projects, &fixture.store, &runs, &filter, rng).await;
        }
    })
    .await;
}

async fn check_page(
    projects: &Projects,
    store: &Store,
    runs: &[NaiveRun],
    filter: &Filter,
    rng: &mut StdRng,
) {
    let sort = random_sort(rng);
    let mut expected: Vec<&NaiveRun> = runs.iter().filter(|run| crate::naive::passes(run, filter)).collect();
    expected.sort_by(|a, b| crate::naive::compare(a, b, &sort));
    let column = random_group_field(rng);
    let (offset, limit) = (rng.random_range(0..20), rng.random_range(1..40));
    let request = page(filter, &sort, Some(&column), offset, limit);
    let page = store.run_page(projects.clone(), &request).await.unwrap();
    let shown: Vec<&NaiveRun> = expected
        .iter()
        .skip(usize::try_from(offset).unwrap())
        .take(usize::try_from(limit).unwrap())
        .copied()
        .collect();
    let (ids, of): (Vec<RunId>, Vec<ProjectId>) = shown.iter().map(|run| (run.id, run.project.0)).unzip();
    let question = format!("{filter} ordered by {sort:?}");
    assert_eq!(
        (page.total, &page.run_ids, &page.project_ids),
        (expected.len() as u64, &ids, &of),
        "{question}"
    );
    for (row, run) in shown.iter().enumerate() {
        crate::run_table::check_cell(&page, row, run, &column, 0);
    }
}

async fn check_groups(
    projects: &Projects,
    store: &Store,
    runs: &[NaiveRun],
    filter: &Filter,
    rng: &mut StdRng,
) {
    let keys = [random_group_field(rng), random_group_field(rng)];
    let query = RunQuery { filter: filter.to_string(), group_by: keys.to_vec(), ..RunQuery::default() };
    let passing: Vec<&NaiveRun> = runs.iter().filter(|run| crate::naive::passes(run, filter)).collect();
    let outer = crate::naive::group(&passing, &keys[0]);
    let ask = |within: Vec<GroupKey>| {
        let query = query.clone();
        GroupPageRequest { query, within, offset: 0, limit: 200, lifecycle_stage: LifecycleStage::Active }
    };
    let told = |groups: &[Group]| -> Vec<_> {
        groups
            .iter()
            .map(|group| (group.key.value.clone(), group.title.clone(), group.runs.total()))
            .collect()
    };
    let made = |groups: &[crate::naive::NaiveGroup<'_>]| -> Vec<_> {
        let group = |group: &crate::naive::NaiveGroup<'_>| {
            (group.value.clone(), group.title.clone(), group.runs.len() as u64)
        };
        groups.iter().map(group).collect()
    };
    let found = store.group_page(projects.clone(), &ask(Vec::new())).await.unwrap();
    assert_eq!(told(&found.groups), made(&outer), "{filter} by {}", keys[0]);
    let Some(first) = outer.first() else { return };
    let within = vec![GroupKey { field: keys[0].clone(), value: first.value.clone() }];
    let found = store.group_page(projects.clone(), &ask(within)).await.unwrap();
    assert_eq!(
        told(&found.groups),
        made(&crate::naive::group(&first.runs, &keys[1])),
        "{filter} by {keys:?}"
    );
}

#[tokio::test]
async fn changes_in_any_of_the_projects_show_at_once() {
    on_each_database(|store| async move {
        let (projects, fixture, runs) = several(store).await;
        let loss = Field::Metric("loss".to_owned());
        let by_loss = [SortKey { field: loss.clone(), descending: true }];
        let ask = async |projects: &Projects, filter: &str| {
            let filter = models::query::parse(filter).unwrap();
            fixture
                .store
                .run_page(projects.clone(), &page(&filter, &by_loss, Some(&loss), 0, 5))
                .await
                .unwrap()
        };
        let before = ask(&projects, "metrics.loss > 1e301 AND metrics.loss < 1e302").await;
        assert_eq!(before.total, 0);
        let elsewhere = runs.iter().find(|run| run.project.1 == "q").unwrap();
        fixture.log(elsewhere.id, metrics([point("loss", 5e301, 1)])).await;
        let new = fixture.run("new").await;
        fixture.log(new.id, metrics([point("loss", 6e301, 1)])).await;
        fixture.log(new.id, tags(&[("k", "a")])).await;
        let after = ask(&projects, "metrics.loss > 1e301 AND metrics.loss < 1e302").await;
        assert_eq!(after.run_ids, [new.id, elsewhere.id]);
        // A project that nobody has asked about yet.
        let more = add_project(&fixture.store, fixture.user).await;
        let experiment =
            fixture.store.create_experiment(more, "wine".to_owned(), None, Vec::new()).await.unwrap();
        let run = fixture.store.create_run(experiment.number, new_run(fixture.user, "more")).await.unwrap();
        fixture.log(run.id, metrics([point("loss", 7e301, 1)])).await;
        let wider: Projects = projects.as_slice().iter().copied().chain([more]).collect::<Vec<_>>().into();
        let found = ask(&wider, "metrics.loss > 1e301 AND metrics.loss < 1e302").await;
        assert_eq!(found.run_ids, [run.id, new.id, elsewhere.id]);
        let found = ask(&projects, "metrics.loss > 1e301 AND metrics.loss < 1e302").await;
        assert_eq!(found.run_ids, [new.id, elsewhere.id]);
    })
    .await;
}

/// Three projects of Ann's, each with a run that has logged a metric and a parameter named after its project.
pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) ann: Person,
    pub(crate) projects: Vec<ProjectId>,
    pub(crate) runs: Vec<RunId>,
}

const NAMES: [&str; 3] = ["Alpha", "Beta", "Gamma"];

impl Scene {
    pub(crate) async fn new(app: TestApp) -> Self {
        let ann = app.person("Ann").await;
        let (mut projects, mut runs) = (Vec::new(), Vec::new());
        for name in NAMES {
            let project = app.project(&ann, name).await;
            let store = app.store().clone();
            let experiment = store
                .create_experiment(project, format!("{name} experiment"), None, Vec::new())
                .await
                .unwrap();
            let fixture = Fixture { store, project, user: ann.id, experiment };
            let run = fixture.run(&format!("{name} run")).await;
            fixture
                .log(run.id, metrics([point(&format!("{name} metric"), 1.0, 0), point("loss", 1.0, 0)]))
                .await;
            fixture.log(run.id, crate::fixture::parameters(&[("secret", name)])).await;
            projects.push(project);
            runs.push(run.id);
        }
        Self { app, ann, projects, runs }
    }

    /// All that the questions tell a person, and that nothing of it is of another project than these.
    #[track_caller]
    fn check(&self, told: &[(&'static str, String)], expected: &[usize], who: &str) {
        for (what, text) in told {
            for (place, name) in NAMES.iter().enumerate() {
                let named = text.contains(name)
                    || text.contains(&self.runs[place].to_string())
                    || text.contains(&self.projects[place].to_string());
                assert_eq!(named, expected.contains(&place), "{who} about {name}, in the {what}: {text}");
            }
        }
    }

    async fn told(&self, by: &Person) -> Vec<(&'static str, String)> {
        let ask = async |what: &'static str, path: &str, body: Value| {
            let call = if body.is_null() { self.app.get(path) } else { self.app.post(path).json(&body) };
            (what, call.by(by).await.expect(200).text())
        };
        let columns = json!(["project", "experiment", "params.secret", "metrics.loss"]);
        let groups = |key: &str| json!({"query": {"groupBy": [key], "columns": ["metrics.loss"]}});
        let matching =
            json!({"query": {"filter": "project ~ '.' AND params.secret ~ '.'", "columns": columns}});
        let courses = json!({"runIds": self.runs, "keys": ["loss"], "points": 8});
        vec![
            ask("runs", paths::ALL_RUNS_SEARCH, json!({"query": {"columns": columns}})).await,
            ask("runs that match", paths::ALL_RUNS_SEARCH, matching).await,
            ask("projects", paths::ALL_RUNS_GROUPS, groups("project")).await,
            ask("experiments", paths::ALL_RUNS_GROUPS, groups("experiment")).await,
            ask("parameters", paths::ALL_RUNS_GROUPS, groups("params.secret")).await,
            ask("keys", paths::ALL_RUNS_KEYS, Value::Null).await,
            ask("courses", paths::ALL_RUNS_SPARKLINES, courses).await,
        ]
    }
}

#[tokio::test]
async fn each_sees_the_runs_of_her_projects_by_whatever_way_they_are_hers() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let store = app.store();
        let root = app.administrator("Root").await;
        let direct = app.member(scene.projects[0], "Direct", Role::Guest).await;
        let by_group = app.person("Grit").await;
        let team = serde_json::from_value(json!({"name": "Team", "members": [by_group.id]})).unwrap();
        let team = store.create_group(scene.ann.id, team, None).await.unwrap();
        store.set_group_role(scene.projects[1], team, Role::Reporter).await.unwrap();
        let by_organization = app.person("Olga").await;
        let lab = serde_json::from_value(json!({"name": "Lab", "members": [by_organization.id]})).unwrap();
        let lab = store.create_organization(scene.ann.id, lab, None).await.unwrap();
        store.set_organization_role(scene.projects[1], lab, Role::Guest).await.unwrap();
        store.set_organization_role(scene.projects[2], lab, Role::Researcher).await.unwrap();
        let stranger = app.person("Sam").await;
        // The widest first, so that all is in memory by then.
        let cases: [(&Person, &[usize]); 6] = [
            (&root, &[0, 1, 2]),
            (&scene.ann, &[0, 1, 2]),
            (&direct, &[0]),
            (&by_group, &[1]),
            (&by_organization, &[1, 2]),
            (&stranger, &[]),
        ];
        for (person, expected) in cases {
            scene.check(&scene.told(person).await, expected, &person.name);
        }
        let public = Sql::new("UPDATE projects SET is_public = TRUE WHERE project_id = $1");
        execute(store, public.with(scene.projects[2])).await;
        scene.check(&scene.told(&stranger).await, &[2], "Sam, once it is public,");
        app.post(paths::ALL_RUNS_SEARCH).json(&json!({})).await.expect(401);
    })
    .await;
}

#[tokio::test]
async fn columns_differ_where_the_runs_do_that_one_may_see() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let direct = app.member(scene.projects[0], "Direct", Role::Guest).await;
        let request = json!({"query": {"columns": ["project", "status", "params.none"]}});
        for (person, total, project) in [(&scene.ann, 3, "differing"), (&direct, 1, "same")] {
            let answer = app.post(paths::ALL_RUNS_COLUMNS).json(&request).by(person).await.expect(200).json();
            let contents: Vec<&Value> =
                answer["columns"].as_array().unwrap().iter().map(|column| &column["content"]).collect();
            assert_eq!(
                (&answer["total"], contents),
                (&json!(total), vec![&json!(project), &json!("same"), &json!("empty")])
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_role_that_was_taken_away_between_two_questions_counts_no_more() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let bob = app.member(scene.projects[0], "Bob", Role::Researcher).await;
        app.store().set_member(scene.projects[1], bob.id, Role::Guest).await.unwrap();
        scene.check(&scene.told(&bob).await, &[0, 1], "Bob");
        app.delete(paths::project_member(scene.projects[1], bob.id)).by(&scene.ann).await.expect(204);
        scene.check(&scene.told(&bob).await, &[0], "Bob, who lost a role,");
        app.delete(paths::project_member(scene.projects[0], bob.id)).by(&scene.ann).await.expect(204);
        scene.check(&scene.told(&bob).await, &[], "Bob, who lost both,");
        app.store().set_member(scene.projects[2], bob.id, Role::Guest).await.unwrap();
        scene.check(&scene.told(&bob).await, &[2], "Bob, who got another,");
    })
    .await;
}

#[tokio::test]
async fn a_token_for_one_project_sees_that_one_alone() {
    on_each_app(|app| async move {
        let scene = Scene::new(app.clone()).await;
        let narrow = scene.ann.token(&app, &[TokenScope::Read], Some(scene.projects[1])).await;
        let wide = scene.ann.token(&app, &[TokenScope::Read], None).await;
        let ask = async |token: &str| -> RunPage {
            let answer = app.post(paths::ALL_RUNS_SEARCH).bearer(token).json(&json!({})).await.expect(200);
            serde_json::from_value(answer.json()).unwrap()
        };
        let page = ask(&narrow).await;
        assert_eq!((page.total, page.run_ids), (1, vec![scene.runs[1]]));
        assert_eq!(page.project_ids, [scene.projects[1]]);
        assert_eq!(ask(&wide).await.total, 3);
    })
    .await;
}
