//! A filter as a list of conditions that all must hold: what chips and facets show and change.

use super::{Comparison, Field, Filter, Operator, Value};

/// A side on which a field is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From below.
    Least,
    /// From above.
    Most,
}

impl Filter {
    /// The conditions that all must hold, brackets around some of them taken away; none for the filter that all pass.
    #[must_use]
    pub fn conditions(self) -> Vec<Self> {
        match self {
            Self::And(parts) => parts.into_iter().flat_map(Self::conditions).collect(),
            other @ (Self::Or(_) | Self::Not(_) | Self::Is(_)) => vec![other],
        }
    }

    /// The filter that demands all of these, as it is read from its text.
    #[must_use]
    pub fn demanding(conditions: Vec<Self>) -> Self {
        let mut flat = Self::And(conditions).conditions();
        match flat.pop() {
            Some(only) if flat.is_empty() => only,
            last => {
                flat.extend(last);
                Self::And(flat)
            }
        }
    }

    /// The filter with the condition at `place` taken away.
    #[must_use]
    pub fn without(self, place: usize) -> Self {
        let kept = self.conditions().into_iter().enumerate().filter(|(own, _)| *own != place);
        Self::demanding(kept.map(|(_, condition)| condition).collect())
    }

    /// The filter with another condition at `place`, or behind the last one where there is none.
    #[must_use]
    pub fn with(self, place: usize, condition: Self) -> Self {
        let mut conditions = self.conditions();
        match conditions.get_mut(place) {
            Some(own) => *own = condition,
            None => conditions.push(condition),
        }
        Self::demanding(conditions)
    }

    /// What asks for the others among the runs that have a value: `<` becomes `>=`, `IN` becomes `NOT IN`. A pattern,
    /// or what has several fields, gets a `NOT` in front, or loses it.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(part) => *part,
            Self::Is(Comparison::In { field, values, negated }) => {
                Self::Is(Comparison::In { field, values, negated: !negated })
            }
            Self::Is(Comparison::Set { field, negated }) => {
                Self::Is(Comparison::Set { field, negated: !negated })
            }
            Self::Is(Comparison::Value { field, operator, value }) => match operator.opposite() {
                Some(operator) => Self::Is(Comparison::Value { field, operator, value }),
                None => Self::Not(Box::new(Self::Is(Comparison::Value { field, operator, value }))),
            },
            other @ (Self::And(_) | Self::Or(_)) => Self::Not(Box::new(other)),
        }
    }

    /// The values of `field` that runs may have by the conditions that list them, `None` for no value; empty when no
    /// condition lists any.
    #[must_use]
    pub fn chosen(&self, field: &Field) -> Vec<Option<String>> {
        let mut chosen: Vec<Option<String>> = Vec::new();
        for value in
            self.clone().conditions().iter().filter_map(|condition| condition.choice(field)).flatten()
        {
            if !chosen.contains(&value) {
                chosen.push(value);
            }
        }
        chosen
    }

    /// The filter by which runs have one of these values of `field`, `None` for no value. The condition takes the place
    /// of those that listed values before; no values take them away.
    #[must_use]
    pub fn choosing(self, field: &Field, values: &[Option<String>]) -> Self {
        let condition = one_of(field, values);
        self.in_place_of(|own| own.choice(field).is_some(), condition.into_iter().collect())
    }

    /// The bound of `field` on one side; the first where there are several.
    #[must_use]
    pub fn bound(&self, field: &Field, side: Side) -> Option<Value> {
        let conditions = self.clone().conditions();
        conditions.iter().find_map(|own| own.bound_on(field, side).cloned())
    }

    /// The filter by which `field` is at least, or at most, so much. The condition takes the place of those that bounded
    /// it on that side before; `None` takes them away.
    #[must_use]
    pub fn bounded(self, field: &Field, side: Side, value: Option<Value>) -> Self {
        let operator = match side {
            Side::Least => Operator::GreaterOrEqual,
            Side::Most => Operator::LessOrEqual,
        };
        let condition =
            value.map(|value| Self::Is(Comparison::Value { field: field.clone(), operator, value }));
        self.in_place_of(|own| own.bound_on(field, side).is_some(), condition.into_iter().collect())
    }

    /// Puts conditions where the first of those stood that `is_old` tells, behind all where there was none.
    fn in_place_of(self, is_old: impl Fn(&Self) -> bool, new: Vec<Self>) -> Self {
        let before = self.conditions();
        let place = before.iter().position(&is_old).unwrap_or(before.len());
        let mut conditions: Vec<_> = before.into_iter().filter(|own| !is_old(own)).collect();
        conditions.splice(place..place, new);
        Self::demanding(conditions)
    }

    /// The values of `field` that this condition lists; `None` when it is another kind of condition.
    fn choice(&self, field: &Field) -> Option<Vec<Option<String>>> {
        match self {
            Self::Is(comparison) if comparison.field() == field => match comparison {
                Comparison::Value { operator: Operator::Equal, value, .. } => {
                    Some(vec![Some(value.text()?.to_owned())])
                }
                Comparison::In { values, negated: false, .. } => {
                    values.iter().map(|value| value.text().map(|text| Some(text.to_owned()))).collect()
                }
                Comparison::Set { negated: true, .. } => Some(vec![None]),
                Comparison::Value { .. } | Comparison::In { .. } | Comparison::Set { .. } => None,
            },
            Self::Or(parts) => {
                let parts: Option<Vec<_>> = parts.iter().map(|part| part.choice(field)).collect();
                parts.map(|parts| parts.concat())
            }
            Self::Is(_) | Self::And(_) | Self::Not(_) => None,
        }
    }

    /// How much `field` is at least, or at most, by this condition; `None` when it says nothing of that.
    fn bound_on(&self, field: &Field, side: Side) -> Option<&Value> {
        let Self::Is(Comparison::Value { field: own, operator, value }) = self else { return None };
        let is_on_side = match side {
            Side::Least => matches!(operator, Operator::Greater | Operator::GreaterOrEqual),
            Side::Most => matches!(operator, Operator::Less | Operator::LessOrEqual),
        };
        (own == field && is_on_side).then_some(value)
    }
}

impl Operator {
    /// The operator that holds of the other values; `None` for patterns with `%`, which have none.
    #[must_use]
    pub fn opposite(self) -> Option<Self> {
        Some(match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::GreaterOrEqual => Self::Less,
            Self::Greater => Self::LessOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Matches => Self::MatchesNot,
            Self::MatchesNot => Self::Matches,
            Self::Like | Self::LikeIgnoringCase => return None,
        })
    }
}

fn one_of(field: &Field, values: &[Option<String>]) -> Option<Filter> {
    let texts: Vec<_> = values.iter().flatten().cloned().collect();
    let listed = match <[String; 1]>::try_from(texts) {
        Ok([only]) => Some(Filter::equals(field.clone(), Some(only))),
        Err(texts) if texts.is_empty() => None,
        Err(texts) => {
            let values = texts.into_iter().map(Value::Text).collect();
            Some(Filter::Is(Comparison::In { field: field.clone(), values, negated: false }))
        }
    };
    let missing = values.contains(&None).then(|| Filter::equals(field.clone(), None));
    match (listed, missing) {
        (Some(listed), Some(missing)) => Some(Filter::Or(vec![listed, missing])),
        (listed, missing) => listed.or(missing),
    }
}
