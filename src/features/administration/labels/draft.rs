//! A label as it is typed in.

use models::label::{Label, LabelPatch, NewLabel};
use models::problem::FieldErrors;

use crate::widgets::optional;

/// A label as it was typed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) scope: String,
    pub(super) name: String,
    /// Empty for a plain label.
    pub(super) value: String,
    /// `#rrggbb`; empty when the console is to choose.
    pub(super) color: String,
}

impl From<&Label> for Draft {
    fn from(label: &Label) -> Self {
        Self {
            scope: label.scope.clone(),
            name: label.name.clone(),
            value: label.value.clone().unwrap_or_default(),
            color: label.color.clone().unwrap_or_default(),
        }
    }
}

impl TryFrom<Draft> for NewLabel {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let scope = errors.keep("scope", draft.scope.trim().parse());
        let name = errors.keep("name", draft.name.trim().parse());
        let value = errors.keep("value", optional(&draft.value));
        let color = errors.keep("color", optional(&draft.color));
        match (scope, name, value, color) {
            (Some(scope), Some(name), Some(value), Some(color)) => Ok(Self { scope, name, value, color }),
            _ => Err(errors),
        }
    }
}

impl TryFrom<Draft> for LabelPatch {
    type Error = FieldErrors;

    fn try_from(draft: Draft) -> Result<Self, FieldErrors> {
        let new = NewLabel::try_from(draft)?;
        Ok(Self {
            scope: Some(new.scope),
            name: Some(new.name),
            value: Some(new.value),
            color: Some(new.color),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_needs_scope_and_name_and_its_colour_is_six_digits() {
        let fields = |draft: Draft| {
            let errors = NewLabel::try_from(draft).unwrap_err();
            errors.iter().map(|(field, _)| field.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(fields(Draft::default()), ["name", "scope"]);
        let red = Draft {
            scope: "kind".to_owned(),
            name: "x".to_owned(),
            color: "red".to_owned(),
            ..Draft::default()
        };
        assert_eq!(fields(red.clone()), ["color"]);
        assert!(NewLabel::try_from(Draft { color: "#1f77b4".to_owned(), ..red }).is_ok());
    }
}
