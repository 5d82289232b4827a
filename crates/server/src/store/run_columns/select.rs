//! Which runs of a table a question is about.

use models::{
    id::ProjectId,
    query::{Attribute, Condition, Field, Filter, ReadyFilter},
    run_table::GroupKey,
};
use uuid::Uuid;

use super::{
    column::{Column, Shared},
    names::Names,
    table::{Base, Table},
};
use crate::{clock, store::run_query::RunScope};

/// For each run whether it is meant.
pub(in crate::store) type Selection = Vec<bool>;

/// The runs of a scope that are in all of these groups and pass the filter.
pub(in crate::store) fn select(
    table: &Table,
    names: &Names,
    scope: &RunScope,
    within: &[GroupKey],
    filter: &Filter,
) -> Selection {
    let is_in_stage = |run: &Base| scope.stage.is_none_or(|stage| run.stage == stage);
    let mut selected: Selection = table.runs.iter().map(is_in_stage).collect();
    if scope.projects.only().is_none() {
        // The table holds what others may see, too.
        let projects = scope.projects.set();
        let is_one =
            |shared: &Shared| matches!(shared, Shared::Id(own) if projects.contains(&ProjectId(*own)));
        and(&mut selected, &mapped(table, &Field::Attribute(Attribute::Project), is_one, |_| false, false));
    }
    if let Some(experiments) = &scope.experiments {
        let is_one = |shared: &Shared| matches!(shared, Shared::Number(own) if experiments.contains(own));
        and(
            &mut selected,
            &mapped(table, &Field::Attribute(Attribute::Experiment), is_one, |_| false, false),
        );
    }
    for key in within {
        and(&mut selected, &in_group(table, names, key));
    }
    if *filter != Filter::all() {
        narrow(&mut selected, table, names, &filter.ready(clock::now()));
    }
    selected
}

fn and(selected: &mut Selection, other: &Selection) {
    selected.iter_mut().zip(other).for_each(|(own, other)| *own &= *other);
}

/// Leaves of the selected runs those that pass the filter.
fn narrow(selected: &mut Selection, table: &Table, names: &Names, filter: &ReadyFilter) {
    match filter {
        ReadyFilter::And(parts) => parts.iter().for_each(|part| narrow(selected, table, names, part)),
        ReadyFilter::Or(parts) => {
            let mut any = vec![false; selected.len()];
            for part in parts {
                let mut passing = selected.clone();
                narrow(&mut passing, table, names, part);
                any.iter_mut().zip(passing).for_each(|(own, other)| *own |= other);
            }
            *selected = any;
        }
        ReadyFilter::Not(part) => {
            let mut passing = selected.clone();
            narrow(&mut passing, table, names, part);
            selected.iter_mut().zip(passing).for_each(|(own, passes)| *own &= !passes);
        }
        ReadyFilter::Is(field, condition) => and(selected, &compared(table, names, field, condition)),
    }
}

fn compared(table: &Table, names: &Names, field: &Field, condition: &Condition) -> Selection {
    mapped(
        table,
        field,
        |shared| shared_holds(names, field, shared, condition),
        |number| condition.holds_for_number(number),
        condition.holds_for_none(),
    )
}

/// What is said of each run's value, and of runs without one. Of a value that runs share it is asked once.
fn mapped(
    table: &Table,
    field: &Field,
    of_shared: impl Fn(&Shared) -> bool,
    of_number: impl Fn(f64) -> bool,
    of_missing: bool,
) -> Selection {
    match table.column(field) {
        None => vec![of_missing; table.runs.len()],
        Some(Column::Shared(column)) => {
            let mut truth = vec![of_missing];
            truth.extend(column.distinct.values().iter().map(of_shared));
            let at = |place: &u32| usize::try_from(*place).ok().and_then(|place| truth.get(place));
            column.places.iter().map(|place| at(place).copied().unwrap_or(of_missing)).collect()
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds until the year 9999 are exact in a double"
        )]
        Some(Column::Integers(column)) => {
            column.iter().map(|value| value.map_or(of_missing, |value| of_number(value as f64))).collect()
        }
        Some(Column::Metrics(column)) => {
            column.iter().map(|value| value.map_or(of_missing, &of_number)).collect()
        }
    }
}

fn shared_holds(names: &Names, field: &Field, shared: &Shared, condition: &Condition) -> bool {
    if let Shared::Several(ids) = shared {
        return condition.holds_for_several(names.of_several(field, ids));
    }
    match (shared, names.of(field, shared)) {
        (_, Some((id, name))) => id.parse().is_ok_and(|id| condition.holds_for_named(id, name)),
        (_, None) if names.know(field) => false,
        (Shared::Text(own), None) => condition.holds_for_text(own),
        (Shared::Id(id), None) => condition.holds_for_text(&id.simple().to_string()),
        (Shared::Number(number), None) => condition.holds_for_text(&number.to_string()),
        (Shared::Several(_), None) => false,
    }
}

/// The runs of a group. NaN counts as no value.
fn in_group(table: &Table, names: &Names, key: &GroupKey) -> Selection {
    let field = &key.field;
    let Some(text) = &key.value else {
        return mapped(table, field, |_| false, f64::is_nan, true);
    };
    let number = text.parse::<f64>().ok();
    let id = text.parse::<Uuid>().ok();
    mapped(
        table,
        field,
        |shared| match shared {
            Shared::Text(own) => own == text,
            Shared::Id(own) if !names.know(field) => id == Some(*own),
            Shared::Several(own) => id.is_some_and(|id| own.contains(&id)),
            Shared::Id(_) | Shared::Number(_) => {
                names.of(field, shared).is_some_and(|(own, _)| id.is_some_and(|id| id.to_string() == *own))
            }
        },
        |own| number == Some(own),
        false,
    )
}
