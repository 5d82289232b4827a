//! The command of an entry point, put together as MLflow does.

use models::code::{EntryPoint, MlProject};
use models::run::KeyValue;
use serde_json::{Map, Value};

/// A command for a shell, and the parameters with their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) text: String,
    pub(super) parameters: Vec<KeyValue>,
}

/// The command of the entry point `name` with these values. Without a value the default applies; what the entry point does
/// not know is appended as `--key value`. A script's name will do, too.
///
/// # Errors
/// What is missing, and what to do.
pub(super) fn command(
    project: Option<&MlProject>,
    name: &str,
    given: &Map<String, Value>,
) -> Result<Command, String> {
    let known = project.map_or(&[][..], |project| &project.entry_points);
    let script =
        || script(name).map(|command| EntryPoint { name: name.to_owned(), command, parameters: Vec::new() });
    let found = known.iter().find(|entry_point| entry_point.name == name).cloned().or_else(script);
    let entry_point = found.ok_or_else(|| unknown(project, name))?;
    let mut values = Vec::new();
    let mut missing = Vec::new();
    for parameter in &entry_point.parameters {
        match given.get(&parameter.name).filter(|value| !value.is_null()).or(parameter.default.as_ref()) {
            Some(value) => values.push(KeyValue { key: parameter.name.clone(), value: text(value) }),
            None => missing.push(format!("`{}`", parameter.name)),
        }
    }
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(format!(
            "The entry point `{name}` needs values for {missing}. Give them, or give them defaults in the MLproject file."
        ));
    }
    let mut command = filled(&entry_point.command, &values).map_err(|reason| {
        format!("The command of the entry point `{name}` cannot be used: {reason}. Mend it and push.")
    })?;
    for (key, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        if !values.iter().any(|known| known.key == *key) {
            let value = text(value);
            command.push_str(&format!(" {} {}", quoted(&format!("--{key}")), quoted(&value)));
            values.push(KeyValue { key: key.clone(), value });
        }
    }
    Ok(Command { text: command, parameters: values })
}

fn script(name: &str) -> Option<String> {
    let is_inside = !name.starts_with('/') && !name.split('/').any(|part| part == "..");
    let interpreter = match name.rsplit_once('.')?.1 {
        "py" => "python",
        "sh" => "bash",
        "R" => "Rscript",
        _ => return None,
    };
    is_inside.then(|| format!("{interpreter} {}", quoted(name).replace('{', "{{").replace('}', "}}")))
}

fn unknown(project: Option<&MlProject>, name: &str) -> String {
    let Some(project) = project else {
        return format!(
            "The code has no MLproject file, and `{name}` is no script. Say in which folder the file lies, or add one and push."
        );
    };
    let names: Vec<String> = project.entry_points.iter().map(|own| format!("`{}`", own.name)).collect();
    let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    format!("The MLproject file has no entry point `{name}`; it has {known}.")
}

/// A value as Python prints it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null => "None".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// The template with a value for each name in braces; doubled braces are braces.
fn filled(template: &str, values: &[KeyValue]) -> Result<String, String> {
    let mut command = String::new();
    let mut rest = template;
    while let Some(place) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(place);
        command.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            command.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            command.push('}');
            rest = after;
        } else {
            let inner = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let (name, after) = inner.ok_or("a brace stands alone; double it if it is meant as such")?;
            let value = values.iter().find(|value| value.key == name);
            let value = value.ok_or_else(|| format!("it names `{name}`, which is none of its parameters"))?;
            command.push_str(&quoted(&value.value));
            rest = after;
        }
    }
    command.push_str(rest);
    Ok(command)
}

/// A text as a shell takes it for one word, as Python's `shlex.quote` writes it.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "@%+=:,./-_".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r#"'"'"'"#))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn project() -> MlProject {
        let main = json!({
            "name": "main", "command": "python train.py --alpha {alpha} --ratio {ratio} {{x}}",
            "parameters": {"alpha": "float", "ratio": {"type": "float", "default": 0.1}, "flag": {"default": true}},
        });
        serde_json::from_value(json!({"name": "wine", "environment": null, "entryPoints": [main]})).unwrap()
    }

    #[track_caller]
    fn check(name: &str, given: Value, expected: Result<&str, &str>) {
        let Value::Object(given) = given else { panic!("{given}") };
        match (command(Some(&project()), name, &given), expected) {
            (Ok(command), Ok(expected)) => assert_eq!(command.text, expected),
            (Err(error), Err(expected)) => assert!(error.contains(expected), "{error}"),
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn values_and_defaults_stand_in_the_command() {
        check("main", json!({"alpha": 0.5}), Ok("python train.py --alpha 0.5 --ratio 0.1 {x}"));
        check("main", json!({"alpha": 1, "ratio": null}), Ok("python train.py --alpha 1 --ratio 0.1 {x}"));
    }

    #[test]
    fn values_are_one_word_each_whatever_is_in_them() {
        check(
            "main",
            json!({"alpha": "1; rm -rf ~", "ratio": "it's {alpha}"}),
            Ok(r#"python train.py --alpha '1; rm -rf ~' --ratio 'it'"'"'s {alpha}' {x}"#),
        );
        check(
            "main",
            json!({"alpha": 1, "more": "", "$(id)": true}),
            Ok("python train.py --alpha 1 --ratio 0.1 {x} '--$(id)' True --more ''"),
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        check("main", json!({}), Err("needs values for `alpha`"));
        check("train", json!({}), Err("no entry point `train`; it has `main`"));
        check("../x.py", json!({}), Err("no entry point"));
        check("train.py", json!({"n": 3}), Ok("python train.py --n 3"));
        let none = command(None, "main", &Map::new()).unwrap_err();
        assert!(none.contains("no MLproject file"), "{none}");
    }

    #[test]
    fn a_command_that_is_no_template_is_refused() {
        for (template, expected) in [("x {beta}", "`beta`"), ("x {", "stands alone"), ("x }", "stands alone")]
        {
            let error = filled(template, &[]).unwrap_err();
            assert!(error.contains(expected), "{template}: {error}");
        }
    }

    #[test]
    fn all_values_are_told_as_parameters() {
        let command =
            command(Some(&project()), "main", json!({"alpha": 2, "n": 3}).as_object().unwrap()).unwrap();
        let told: Vec<_> =
            command.parameters.iter().map(|own| format!("{}={}", own.key, own.value)).collect();
        assert_eq!(told, ["alpha=2", "flag=True", "ratio=0.1", "n=3"]);
    }
}
