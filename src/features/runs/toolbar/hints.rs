//! What the words of the language of filters mean, in few words.

use models::query::{Field, Suggestion, SuggestionKind};

/// What a suggestion is; empty for values.
pub(super) fn hint(suggestion: &Suggestion) -> &'static str {
    match suggestion.kind {
        SuggestionKind::Property => property(&suggestion.text),
        SuggestionKind::Operator => operator(&suggestion.text),
        SuggestionKind::Keyword => keyword(&suggestion.text),
        SuggestionKind::Value => "",
    }
}

/// What an operator asks.
pub(super) fn operator(operator: &str) -> &'static str {
    match operator {
        "=" => "is",
        "!=" => "is not",
        "<" => "is less than",
        "<=" => "is at most",
        ">" => "is greater than",
        ">=" => "is at least",
        "~" => "matches the expression",
        "!~" => "does not match it",
        "LIKE" => "is like; % is any text",
        "ILIKE" => "is like, whatever the case",
        "IN" => "is one of",
        "NOT IN" => "is none of",
        "SET" | "IS SET" => "has a value",
        "NOT SET" | "IS NOT SET" => "has no value",
        _ => "",
    }
}

fn keyword(keyword: &str) -> &'static str {
    match keyword {
        "AND" => "both hold",
        "OR" => "one of both holds",
        "NOT" => "does not hold",
        "(" => "begins a bracket",
        ")" => "ends it",
        "," => "one more value",
        _ => "",
    }
}

fn property(written: &str) -> &'static str {
    match written.parse() {
        Ok(Field::Metric(_)) => "metric",
        Ok(Field::Parameter(_)) => "parameter",
        Ok(field) if field.is_note() => "property",
        Ok(Field::Tag(_)) => "tag",
        Ok(Field::Attribute(_)) | Err(_) => "property",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::query::{KnownNames, suggest};
    use models::run_table::RunKeys;

    #[test]
    fn all_that_is_no_value_has_a_hint() {
        let known = KnownNames { keys: &RunKeys::default(), tags: &[], values: None };
        let texts =
            ["", "name ", "duration ", "name IS ", "name NOT ", "name IN ", "name IN ('a' ", "(name = 'a' "];
        for text in texts {
            let found = suggest(text, text.len(), &known).list;
            assert!(!found.is_empty(), "{text}");
            for suggestion in found {
                assert_ne!(hint(&suggestion), "", "{text}{}", suggestion.text);
            }
        }
    }
}
