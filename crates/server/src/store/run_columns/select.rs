//! Which runs of a table a question is about.

use models::{
    id::ProjectId,
    query::{Attribute, Condition, Field, Filter, ReadyFilter},
    run_table::GroupKey,
};
use uuid::Uuid;

use super::{
    budget::Budget,
    column::{Column, Shared},
    names::Names,
    table::{Base, Table},
};
use crate::{
    clock,
    store::{StoreError, run_query::RunScope},
};

/// For each run whether it is meant.
pub(in crate::store) type Selection = Vec<bool>;

/// What a value costs to be looked at, besides its bytes.
const COST: usize = 16;

/// The runs of a scope that are in all of these groups and pass the filter.
///
/// # Errors
/// [`StoreError::Invalid`] when that takes too long.
pub(in crate::store) fn select(
    table: &Table,
    names: &Names,
    scope: &RunScope,
    within: &[GroupKey],
    filter: &Filter,
    budget: &mut Budget,
) -> Result<Selection, StoreError> {
    let mut asked = Asked { table, names, budget };
    let is_in_stage = |run: &Base| scope.stage.is_none_or(|stage| run.stage == stage);
    let mut selected: Selection = table.runs.iter().map(is_in_stage).collect();
    if scope.projects.only().is_none() {
        // The table holds what others may see, too.
        let projects = scope.projects.set();
        let is_one =
            |shared: &Shared| matches!(shared, Shared::Id(own) if projects.contains(&ProjectId(*own)));
        asked.and(&mut selected, &Field::Attribute(Attribute::Project), is_one)?;
    }
    if let Some(experiments) = &scope.experiments {
        let is_one = |shared: &Shared| matches!(shared, Shared::Number(own) if experiments.contains(own));
        asked.and(&mut selected, &Field::Attribute(Attribute::Experiment), is_one)?;
    }
    for key in within {
        and(&mut selected, &asked.in_group(key)?);
    }
    if *filter != Filter::all() {
        asked.narrow(&mut selected, &filter.ready(clock::now()))?;
    }
    Ok(selected)
}

fn and(selected: &mut Selection, other: &Selection) {
    selected.iter_mut().zip(other).for_each(|(own, other)| *own &= *other);
}

/// What is asked, and how much work that may make.
struct Asked<'a> {
    table: &'a Table,
    names: &'a Names,
    budget: &'a mut Budget,
}

impl Asked<'_> {
    /// Leaves of the selected runs those that share a value that is meant.
    fn and(
        &mut self,
        selected: &mut Selection,
        field: &Field,
        is_meant: impl Fn(&Shared) -> bool,
    ) -> Result<(), StoreError> {
        and(selected, &self.mapped(field, is_meant, |_| false, false)?);
        Ok(())
    }

    /// Leaves of the selected runs those that pass the filter.
    fn narrow(&mut self, selected: &mut Selection, filter: &ReadyFilter) -> Result<(), StoreError> {
        match filter {
            ReadyFilter::And(parts) => {
                parts.iter().try_for_each(|part| self.narrow(selected, part))?;
            }
            ReadyFilter::Or(parts) => {
                let mut any = vec![false; selected.len()];
                for part in parts {
                    let mut passing = selected.clone();
                    self.narrow(&mut passing, part)?;
                    any.iter_mut().zip(passing).for_each(|(own, other)| *own |= other);
                }
                *selected = any;
            }
            ReadyFilter::Not(part) => {
                let mut passing = selected.clone();
                self.narrow(&mut passing, part)?;
                selected.iter_mut().zip(passing).for_each(|(own, passes)| *own &= !passes);
            }
            ReadyFilter::Is(field, condition) => and(selected, &self.compared(field, condition)?),
        }
        Ok(())
    }

    fn compared(&mut self, field: &Field, condition: &Condition) -> Result<Selection, StoreError> {
        let names = self.names;
        self.mapped(
            field,
            |shared| shared_holds(names, field, shared, condition),
            |number| condition.holds_for_number(number),
            condition.holds_for_none(),
        )
    }

    /// What is said of each run's value, and of runs without one. Of a value that runs share it is asked once.
    fn mapped(
        &mut self,
        field: &Field,
        of_shared: impl Fn(&Shared) -> bool,
        of_number: impl Fn(f64) -> bool,
        of_missing: bool,
    ) -> Result<Selection, StoreError> {
        self.budget.spend(self.table.runs.len())?;
        Ok(match self.table.column(field) {
            None => vec![of_missing; self.table.runs.len()],
            Some(Column::Shared(column)) => {
                let mut truth = vec![of_missing];
                for shared in column.distinct.values() {
                    self.budget.spend(COST + length(shared))?;
                    truth.push(of_shared(shared));
                }
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
        })
    }

    /// The runs of a group. NaN counts as no value.
    fn in_group(&mut self, key: &GroupKey) -> Result<Selection, StoreError> {
        let (field, names) = (&key.field, self.names);
        let Some(text) = &key.value else {
            return self.mapped(field, |_| false, f64::is_nan, true);
        };
        let number = text.parse::<f64>().ok();
        let id = text.parse::<Uuid>().ok();
        self.mapped(
            field,
            |shared| match shared {
                Shared::Text(own) => own == text,
                Shared::Id(own) if !names.know(field) => id == Some(*own),
                Shared::Several(own) => id.is_some_and(|id| own.contains(&id)),
                Shared::Id(_) | Shared::Number(_) => names
                    .of(field, shared)
                    .is_some_and(|(own, _)| id.is_some_and(|id| id.to_string() == *own)),
            },
            |own| number == Some(own),
            false,
        )
    }
}

fn length(shared: &Shared) -> usize {
    match shared {
        Shared::Text(text) => text.len(),
        Shared::Several(ids) => size_of_val(ids.as_slice()),
        Shared::Id(_) | Shared::Number(_) => 0,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Projects, run_columns::budget::spent};
    use models::{experiment::LifecycleStage, run::RunStatus};

    #[test]
    fn a_question_that_takes_too_long_is_refused() {
        let scope =
            RunScope { projects: Projects::One(ProjectId(Uuid::nil())), experiments: None, stage: None };
        let filter = models::query::parse("name ~ '(a*)*b'").unwrap();
        let (stage, status) = (LifecycleStage::Active, RunStatus::Finished);
        let table = Table::of(vec![Base { number: 1, stage, status, start_time: None }]);
        let ask = |budget: &mut Budget| select(&table, &Names::default(), &scope, &[], &filter, budget);
        assert_eq!(ask(&mut Budget::new()).unwrap(), [false]);
        assert!(matches!(ask(&mut spent()), Err(StoreError::Invalid { field: "query.filter", .. })));
    }
}
