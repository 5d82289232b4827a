//! Random runs and random questions about them.

use models::{
    id::UserId,
    query::{Attribute, Comparison, Field, Filter, Operator, SortKey, Value},
    run::RunStatus,
    time::UnixMillis,
};
use rand::{RngExt as _, rngs::StdRng, seq::IndexedRandom as _};
use server::store::{Batch, NewRun, Sources};
use std::ops::Range;

use super::{EXPRESSIONS, NaiveRun};
use crate::fixture::{Fixture, add_user, new_run, pair, point};

const TEXTS: [&str; 9] = ["a", "A", "ab", "aB%", "a_b", "é", "[x]*", "it's", ""];
const NUMBERS: [f64; 9] = [-1.5, 0.0, 0.1, 1.0, 2.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
const METRICS: [&str; 3] = ["loss", "acc val", "x.y"];
const LABELS: [(&str, Option<&str>); 5] =
    [("a", None), ("a", Some("b")), ("A", None), ("é%", None), ("it's", Some("B"))];
const KEYS: [&str; 2] = ["k", "other key"];

/// Runs with whatever values, some of them missing.
pub(crate) async fn make_runs(fixture: &Fixture, rng: &mut StdRng, n: usize) -> Vec<NaiveRun> {
    let bob = add_user(&fixture.store, "Bob").await;
    make_runs_of(fixture, "p", bob, rng, 0..n).await
}

/// Runs of Ann and of Bob with whatever values, some of them missing, in a project of this name.
pub(crate) async fn make_runs_of(
    fixture: &Fixture,
    project: &str,
    bob: UserId,
    rng: &mut StdRng,
    numbers: Range<usize>,
) -> Vec<NaiveRun> {
    let users = [(fixture.user, "ann".to_owned()), (bob, "Bob".to_owned())];
    let (mut code, mut data) = (Vec::new(), Vec::new());
    for name in ["code", "Code", "zeta"] {
        let new =
            serde_json::json!({"codeRepositoryName": name, "uri": format!("https://git.example/{name}")});
        let new =
            fixture.store.create_code_repository(fixture.project, serde_json::from_value(new).unwrap()).await;
        code.push((new.unwrap().code_repository_id, name.to_owned()));
        let new = serde_json::json!({"dataRepositoryName": name, "uri": format!("s3://{name}")});
        let new =
            fixture.store.create_data_repository(fixture.project, serde_json::from_value(new).unwrap()).await;
        data.push((new.unwrap().data_repository_id, name.to_owned()));
    }
    let mut runs = Vec::new();
    for number in numbers {
        let (user, name) = (users.choose(rng).unwrap().clone(), (*TEXTS.choose(rng).unwrap()).to_owned());
        let new = new_run(user.0, &name);
        let start_time = maybe(rng, |rng| rng.random_range(0..5));
        let mut run = NaiveRun {
            id: new.id,
            number,
            project: (fixture.project, project.to_owned()),
            name,
            status: *RunStatus::ALL.choose(rng).unwrap(),
            start_time,
            end_time: None,
            user,
            code: maybe(rng, |rng| code.choose(rng).unwrap().clone()),
            commit: maybe(rng, text),
            branch: maybe(rng, text),
            data: maybe(rng, |rng| data.choose(rng).unwrap().clone()),
            data_branch: maybe(rng, text),
            data_commit: maybe(rng, text),
            metrics: METRICS
                .iter()
                .filter_map(|key| maybe(rng, |rng| ((*key).to_owned(), number_from(rng))))
                .collect(),
            parameters: KEYS
                .iter()
                .filter_map(|key| maybe(rng, |rng| ((*key).to_owned(), text(rng))))
                .collect(),
            tags: KEYS.iter().filter_map(|key| maybe(rng, |rng| ((*key).to_owned(), text(rng)))).collect(),
            labels: Vec::new(),
        };
        store(fixture, &mut run, new).await;
        label(fixture, &mut run, rng).await;
        runs.push(run);
    }
    runs
}

async fn store(fixture: &Fixture, run: &mut NaiveRun, new: NewRun) {
    let status = run.status;
    let sources = Sources {
        code: run.code.as_ref().map(|code| code.0),
        branch: run.branch.clone(),
        commit: run.commit.clone(),
        data: run.data.as_ref().map(|data| data.0),
        data_branch: run.data_branch.clone(),
        data_commit: run.data_commit.clone(),
        ..Sources::default()
    };
    let new = NewRun { status, sources, start_time: run.start_time.map(UnixMillis), ..new };
    let made = fixture.store.create_run(fixture.experiment.number, new).await.unwrap();
    if status.is_final() {
        let end = run.start_time.unwrap_or(0) + 7;
        fixture.store.set_run_status(run.id, status, Some(UnixMillis(end))).await.unwrap();
        run.end_time = Some(end);
        run.start_time = run.start_time.or(Some(end));
    }
    let batch = Batch {
        metrics: run.metrics.iter().map(|(key, value)| point(key, *value, 0)).collect(),
        parameters: run.parameters.iter().map(|(key, value)| pair(key, value)).collect(),
        tags: run.tags.iter().map(|(key, value)| pair(key, value)).collect(),
    };
    fixture.log(made.id, batch).await;
}

/// Gives a run up to three labels.
async fn label(fixture: &Fixture, run: &mut NaiveRun, rng: &mut StdRng) {
    let mut names: Vec<_> = LABELS.to_vec();
    names.retain(|_| rng.random_bool(0.3));
    let names = names
        .into_iter()
        .map(|(name, value)| serde_json::json!({"scope": "s", "name": name, "value": value}));
    let patch = serde_json::json!({"labels": names.collect::<Vec<_>>()});
    let patch = serde_json::from_value(patch).unwrap();
    let labelled = fixture.store.change_run(fixture.project, run.id, patch, None).await.unwrap();
    run.labels = labelled.labels.iter().map(|label| (label.label_id.to_string(), label.text())).collect();
}

fn maybe<T>(rng: &mut StdRng, make: impl FnOnce(&mut StdRng) -> T) -> Option<T> {
    rng.random_bool(0.7).then(|| make(rng))
}

fn text(rng: &mut StdRng) -> String {
    (*TEXTS.choose(rng).unwrap()).to_owned()
}

fn number_from(rng: &mut StdRng) -> f64 {
    *NUMBERS.choose(rng).unwrap()
}

/// Any field that the runs have.
pub(crate) fn random_group_field(rng: &mut StdRng) -> Field {
    let attributes = [
        Attribute::RunId,
        Attribute::Name,
        Attribute::Status,
        Attribute::StartTime,
        Attribute::EndTime,
        Attribute::Duration,
        Attribute::User,
        Attribute::Code,
        Attribute::Commit,
        Attribute::Branch,
        Attribute::Data,
        Attribute::DataVersion,
        Attribute::Project,
        Attribute::Label,
    ];
    match rng.random_range(0..6) {
        0 => Field::Metric((*METRICS.choose(rng).unwrap()).to_owned()),
        1 => Field::Parameter((*KEYS.choose(rng).unwrap()).to_owned()),
        2 => Field::Tag((*KEYS.choose(rng).unwrap()).to_owned()),
        3 => Field::Metric("nobody has it".to_owned()),
        _ => Field::Attribute(*attributes.choose(rng).unwrap()),
    }
}

/// Up to three keys.
pub(crate) fn random_sort(rng: &mut StdRng) -> Vec<SortKey> {
    let n_keys = rng.random_range(0..4);
    (0..n_keys)
        .map(|_| SortKey { field: random_group_field(rng), descending: rng.random_bool(0.5) })
        .collect()
}

/// A filter with a few conditions.
pub(crate) fn random_filter(rng: &mut StdRng, depth: usize) -> Filter {
    match rng.random_range(0..if depth == 0 { 3 } else { 6 }) {
        0..=2 => Filter::Is(random_comparison(rng)),
        3 => Filter::Not(Box::new(random_filter(rng, depth - 1))),
        4 => Filter::And(vec![random_filter(rng, depth - 1), random_filter(rng, depth - 1)]),
        _ => Filter::Or(vec![random_filter(rng, depth - 1), random_filter(rng, depth - 1)]),
    }
}

fn random_comparison(rng: &mut StdRng) -> Comparison {
    let field = random_group_field(rng);
    let number =
        |rng: &mut StdRng| Value::Number(*[-1.5, 0.0, 0.1, 1.0, 2.0, 7.0, 1e300].choose(rng).unwrap());
    let plain = |rng: &mut StdRng| {
        let names =
            ["ann", "Bob", "code", "Code", "FINISHED", "RUNNING", "p", "q", "s: a", "s: a = b", "s: é%"];
        Value::Text(if rng.random_bool(0.5) { text(rng) } else { (*names.choose(rng).unwrap()).to_owned() })
    };
    let value = if field.is_number() { number(rng) } else { plain(rng) };
    match rng.random_range(0..6) {
        5 if !field.is_number() => {
            let operator = *[Operator::Matches, Operator::MatchesNot].choose(rng).unwrap();
            let expression = EXPRESSIONS.choose(rng).unwrap().0.to_owned();
            Comparison::Value { field, operator, value: Value::Text(expression) }
        }
        0 => Comparison::Set { field, negated: rng.random_bool(0.5) },
        1 => {
            let more = if field.is_number() { number(rng) } else { plain(rng) };
            Comparison::In { field, values: vec![value, more], negated: rng.random_bool(0.5) }
        }
        2 if !field.is_number() => {
            let patterns = ["%", "a%", "%B%", "_", "A_B", "é", "[%", "%*", "i_'s", "s: _"];
            let operator = *[Operator::Like, Operator::LikeIgnoringCase].choose(rng).unwrap();
            let value = Value::Text((*patterns.choose(rng).unwrap()).to_owned());
            Comparison::Value { field, operator, value }
        }
        _ => {
            let orders = [Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual];
            let equals = [Operator::Equal, Operator::NotEqual];
            let is_order = field.is_number() && rng.random_bool(0.6);
            let operator = if is_order { *orders.choose(rng).unwrap() } else { *equals.choose(rng).unwrap() };
            Comparison::Value { field, operator, value }
        }
    }
}
