//! What of a run can be edited in its row, as text and back.

use models::id::LabelId;
use models::label::{Label, LabelReference};
use models::query::{Attribute, Field};
use models::run::{Run, RunPatch};
use models::text::{Markdown, Name};

use crate::widgets::{label_lines, read_labels};

/// What of a run can be edited in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// Its name.
    Name,
    /// Its labels, one a line.
    Labels,
    /// Its note, in Markdown.
    Note,
}

impl Part {
    /// What the field shows, if that can be edited.
    pub(crate) fn of(field: &Field) -> Option<Self> {
        match field {
            Field::Attribute(Attribute::Name) => Some(Self::Name),
            Field::Attribute(Attribute::Label) => Some(Self::Labels),
            _ if field.is_note() => Some(Self::Note),
            Field::Attribute(_) | Field::Metric(_) | Field::Parameter(_) | Field::Tag(_) => None,
        }
    }

    /// The field that shows it.
    pub(crate) fn field(self) -> Field {
        match self {
            Self::Name => Field::Attribute(Attribute::Name),
            Self::Labels => Field::Attribute(Attribute::Label),
            Self::Note => Field::note(),
        }
    }

    /// What it is called within a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Labels => "labels",
            Self::Note => "note",
        }
    }

    /// What a run has of it.
    pub(crate) fn text_of(self, run: &Run) -> String {
        match self {
            Self::Name => run.name.clone(),
            Self::Labels => label_lines(&run.labels),
            Self::Note => run.note.clone(),
        }
    }

    /// The change that makes it read so.
    ///
    /// # Errors
    /// What is wrong with the text, as a sentence.
    pub(crate) fn patch(self, text: &str) -> Result<RunPatch, String> {
        let nothing = RunPatch::default();
        match self {
            Self::Name => {
                let name: Name = text.parse().map_err(|error| sentence(&format!("{error}")))?;
                Ok(RunPatch { name: Some(name), ..nothing })
            }
            Self::Labels => {
                let labels = read_labels(text).map_err(|error| sentence(&error))?;
                if labels.len() > LabelReference::MAX_PER_OBJECT {
                    return Err(format!("Use at most {} labels.", LabelReference::MAX_PER_OBJECT));
                }
                Ok(RunPatch { labels: Some(labels), ..nothing })
            }
            Self::Note => {
                let text = if text.trim().is_empty() { "" } else { text };
                let note: Markdown = text.parse().map_err(|error| sentence(&format!("{error}")))?;
                Ok(RunPatch { note: Some(note), ..nothing })
            }
        }
    }
}

/// The contract words errors as parts of a sentence.
fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// The labels that lines of text name, as they look until the server has answered; `known` lends their colours.
pub(crate) fn labels_of(lines: &str, known: &[Label]) -> Vec<Label> {
    let labels = read_labels(lines).unwrap_or_default().into_iter().filter_map(|label| match label {
        LabelReference::Named(label) => Some(label),
        LabelReference::Id(_) => None,
    });
    labels
        .map(|new| {
            let label = Label {
                label_id: LabelId(uuid::Uuid::nil()),
                scope: new.scope.as_str().to_owned(),
                name: new.name.as_str().to_owned(),
                value: new.value.map(|value| value.as_str().to_owned()),
                color: None,
                version: 0,
                usage: None,
            };
            let same = known.iter().find(|own| own.text() == label.text());
            same.cloned().unwrap_or(label)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_change_or_says_what_is_wrong() {
        assert_eq!(Part::Name.patch("best").unwrap().name.unwrap().as_str(), "best");
        assert_eq!(Part::Labels.patch("a: b\nc: d = e").unwrap().labels.unwrap().len(), 2);
        assert_eq!(Part::Note.patch(" \n").unwrap().note.unwrap().as_str(), "");
        let wrong = Part::Name.patch(" ").unwrap_err();
        assert!(wrong.starts_with(char::is_uppercase) && wrong.ends_with('.'), "{wrong}");
        assert!(Part::Labels.patch("b").unwrap_err().contains("a colon and a name"));
    }

    #[test]
    fn typed_labels_look_like_those_that_are_known() {
        let known = labels_of("a: b", &[]);
        let coloured = vec![Label { color: Some("#1f77b4".to_owned()), ..known[0].clone() }];
        let shown = labels_of("a: b\nc: d = e", &coloured);
        assert_eq!((shown[0].color.as_deref(), shown[1].value.as_deref()), (Some("#1f77b4"), Some("e")));
    }
}
