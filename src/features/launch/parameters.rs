//! How a parameter is asked for. Pure.

use models::code::{EntryPointParameter, ParameterInput};

use super::draft::spelled;

/// What the hint below a parameter says: its type, and the value without an answer.
pub(super) fn hint(parameter: &EntryPointParameter) -> String {
    let kind = match parameter.kind.input() {
        ParameterInput::Number => "A number, such as 0.5 or 1e-3".to_owned(),
        ParameterInput::Integer => "A whole number".to_owned(),
        ParameterInput::Switch => "True or false".to_owned(),
        ParameterInput::Text => match parameter.kind.to_string().as_str() {
            "path" => "A path, or an address that is downloaded".to_owned(),
            "uri" => "An address".to_owned(),
            _ => "Text".to_owned(),
        },
    };
    match &parameter.default {
        Some(default) if spelled(default).is_empty() => format!("{kind} · empty by default"),
        Some(default) => format!("{kind} · {} by default", spelled(default)),
        None => kind,
    }
}

/// Whether a switch is on: as it was typed, else as the default has it.
pub(super) fn is_on(parameter: &EntryPointParameter, text: &str) -> bool {
    let default = parameter.default.as_ref().map(spelled).unwrap_or_default();
    let text = if text.trim().is_empty() { default } else { text.trim().to_owned() };
    text.eq_ignore_ascii_case("true")
}

/// What stands for a switch that was turned; nothing where the default says the same.
pub(super) fn turned(parameter: &EntryPointParameter, on: bool) -> String {
    if is_on(parameter, "") == on { String::new() } else { on.to_string() }
}
