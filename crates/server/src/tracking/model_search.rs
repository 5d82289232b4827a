//! Searches logged models over MLflow's API.

use axum::extract::State;
use models::id::UserId;
use models::query::{Attribute, Comparison, Field, Filter, Operator, Value, parse};
use models::run::KeyValue;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::error::TrackingError;
use super::parameters::Parameters;
use super::wire::{LoggedModelBody, list, optional_integer};
use super::{limits, page_token};
use crate::http::{Json, Turns};
use crate::store::LoggedModel;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    #[serde(deserialize_with = "list")]
    experiment_ids: Vec<String>,
    filter: Option<String>,
    #[serde(deserialize_with = "optional_integer")]
    max_results: Option<i64>,
    page_token: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Models {
    models: Vec<LoggedModelBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

/// The logged models of experiments, newest first. The filter is applied to each page, so that a page may hold fewer
/// models than asked for though more follow.
pub(super) async fn search(
    caller: Caller,
    State(turns): State<Turns<UserId>>,
    Parameters(asked): Parameters<Search>,
) -> Result<Json<Models>, TrackingError> {
    let _turn = turns.take(caller.signed_in.user.user_id).await?;
    let filter = asked.filter.unwrap_or_default();
    let filter = parse(&filter)
        .map_err(|error| TrackingError::invalid(format!("Invalid filter '{filter}': {error}")))?;
    let limit = limits::page_size(asked.max_results, 100, 50_000)?;
    let offset = page_token::offset(asked.page_token.as_deref())?;
    let experiments = caller.experiments(&asked.experiment_ids).await?;
    let experiments: Vec<i64> = experiments.into_iter().map(|experiment| experiment.number).collect();
    let ids = caller.ids_of(experiments.clone()).await?;
    let found = caller.store.logged_models(experiments, offset, limit + 1).await?;
    let (found, next_page_token) = page_token::cut(found, offset, limit);
    let mut models = Vec::new();
    for model in found {
        if passes(&model, &filter)? {
            let id = ids.get(&model.experiment_number).cloned().unwrap_or_default();
            models.push(LoggedModelBody::new(model, id));
        }
    }
    Ok(Json(Models { models, next_page_token }))
}

fn passes(model: &LoggedModel, filter: &Filter) -> Result<bool, TrackingError> {
    match filter {
        Filter::And(parts) => parts.iter().try_fold(true, |all, part| Ok(all & passes(model, part)?)),
        Filter::Or(parts) => parts.iter().try_fold(false, |any, part| Ok(any | passes(model, part)?)),
        Filter::Not(part) => passes(model, part).map(|passes| !passes),
        Filter::Is(Comparison::Set { field, negated }) => Ok(text_of(model, field)?.is_some() != *negated),
        Filter::Is(Comparison::Value { field, operator, value: Value::Text(text) }) => {
            let own = text_of(model, field)?;
            match operator {
                Operator::Equal => Ok(own.is_some_and(|own| own == text)),
                Operator::NotEqual => Ok(own.is_some_and(|own| own != text)),
                Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
                | Operator::Like
                | Operator::LikeIgnoringCase
                | Operator::Matches
                | Operator::MatchesNot => {
                    Err(TrackingError::invalid("Logged models can be compared with = and != alone."))
                }
            }
        }
        Filter::Is(Comparison::In { field, values, negated }) => {
            let own = text_of(model, field)?;
            Ok(own.is_some_and(|own| values.contains(&Value::Text(own.to_owned())) != *negated))
        }
        Filter::Is(Comparison::Value { field, .. }) => Err(no_property(field)),
    }
}

fn text_of<'m>(model: &'m LoggedModel, field: &Field) -> Result<Option<&'m str>, TrackingError> {
    let value = |pairs: &'m [KeyValue], key: &str| {
        pairs.iter().find(|pair| pair.key == key).map(|pair| pair.value.as_str())
    };
    match field {
        Field::Attribute(Attribute::Name) => Ok(Some(&model.name)),
        Field::Attribute(Attribute::Status) => Ok(model.status.strip_prefix("LOGGED_MODEL_")),
        Field::Parameter(key) => Ok(value(&model.parameters, key)),
        Field::Tag(key) => Ok(value(&model.tags, key)),
        Field::Attribute(_) | Field::Metric(_) => Err(no_property(field)),
    }
}

fn no_property(field: &Field) -> TrackingError {
    TrackingError::invalid(format!(
        "`{field}` is no property of a logged model; use name, status, params or tags"
    ))
}
