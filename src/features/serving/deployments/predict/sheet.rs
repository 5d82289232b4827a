//! What a model takes as fields to type in, and the request that they become. Pure.

use std::collections::BTreeMap;

use models::deployment::{PARAMETERS_KEY, PredictionRequest, PredictionTable};
use models::lenient::JsonObject;
use models::model::{ModelSignature, SignatureField, SignatureParameter, SignatureType};
use serde_json::Value;

use super::cell::{text_of, value_of};

/// What is typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Typed {
    /// The cells of each row, in the order of the columns.
    pub(super) rows: Vec<Vec<String>>,
    /// What goes along once for all rows, in the order of the parameters.
    pub(super) parameters: Vec<String>,
}

/// What is wrong with what is typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wrong {
    /// By row and column.
    pub(super) cells: BTreeMap<(usize, usize), &'static str>,
    /// By parameter.
    pub(super) parameters: BTreeMap<usize, &'static str>,
}

/// The columns and parameters of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    pub(super) columns: Vec<SignatureField>,
    pub(super) parameters: Vec<SignatureParameter>,
}

impl Sheet {
    /// How many rows are shown as fields; more are written as JSON.
    pub(super) const MOST_ROWS: usize = 200;

    /// The fields of a model; none where it takes no table.
    pub(super) fn of(signature: &ModelSignature) -> Option<Self> {
        let columns = signature.inputs.clone();
        signature.takes_columns().then(|| Self { columns, parameters: signature.params.clone() })
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_deref().unwrap_or_default()).collect()
    }

    /// One row in which nothing is typed.
    pub(super) fn empty(&self) -> Typed {
        let rows = vec![vec![String::new(); self.columns.len()]];
        Typed { rows, parameters: vec![String::new(); self.parameters.len()] }
    }

    /// The request that asks for what is typed.
    ///
    /// # Errors
    /// What is wrong with it, where.
    pub(super) fn request(&self, typed: &Typed) -> Result<PredictionRequest, Wrong> {
        let mut wrong = Wrong::default();
        let mut rows = Vec::with_capacity(typed.rows.len());
        for (row, cells) in typed.rows.iter().enumerate() {
            let mut values = Vec::with_capacity(self.columns.len());
            for (place, column) in self.columns.iter().enumerate() {
                let text = cells.get(place).map(String::as_str).unwrap_or_default();
                let value = value_of(text, &column.kind, column.required);
                values.push(value.unwrap_or_else(|reason| {
                    wrong.cells.insert((row, place), reason);
                    Value::Null
                }));
            }
            rows.push(values);
        }
        let parameters = self.parameter_values(&typed.parameters, &mut wrong);
        if wrong != Wrong::default() {
            return Err(wrong);
        }
        let columns = self.names().into_iter().map(str::to_owned).collect();
        let table = PredictionTable { columns, index: Vec::new(), rows };
        let mut request = JsonObject::from_iter([("dataframe_split".to_owned(), table.split())]);
        if !parameters.is_empty() {
            request.insert(PARAMETERS_KEY.to_owned(), parameters.into());
        }
        Ok(PredictionRequest(request))
    }

    fn parameter_values(&self, typed: &[String], wrong: &mut Wrong) -> JsonObject {
        let mut values = JsonObject::new();
        for (place, (parameter, text)) in self.parameters.iter().zip(typed).enumerate() {
            match value_of(text, &kind_of(parameter), false) {
                Ok(Value::Null) => {}
                Ok(value) => {
                    values.insert(parameter.name.clone(), value);
                }
                Err(reason) => {
                    wrong.parameters.insert(place, reason);
                }
            }
        }
        values
    }

    /// What would be typed for a request.
    ///
    /// # Errors
    /// Why it cannot be shown as fields.
    pub(super) fn typed(&self, request: &PredictionRequest) -> Result<Typed, String> {
        let table = PredictionTable::read(&request.0)?;
        let table = table.ok_or("It is no table, so it has no fields.")?;
        if table.rows.len() > Self::MOST_ROWS {
            return Err(format!("It has more than {} rows, which are not shown as fields.", Self::MOST_ROWS));
        }
        let names = self.names();
        if let Some(other) = table.columns.iter().find(|name| !names.contains(&name.as_str())) {
            return Err(format!("The model takes no column `{other}`."));
        }
        let place = |name: &&str| table.columns.iter().position(|column| column == name);
        let places: Vec<Option<usize>> = names.iter().map(place).collect();
        let row = |cells: &Vec<Value>| {
            let cell = |(place, column): (&Option<usize>, &SignatureField)| {
                let value = place.and_then(|place| cells.get(place));
                value.map(|value| text_of(value, &column.kind)).unwrap_or_default()
            };
            places.iter().zip(&self.columns).map(cell).collect()
        };
        let mut rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
        if rows.is_empty() {
            rows = self.empty().rows;
        }
        let given = request.0.get(PARAMETERS_KEY);
        let parameter = |parameter: &SignatureParameter| {
            let value = given.and_then(|given| given.get(&parameter.name));
            value.map(|value| text_of(value, &kind_of(parameter))).unwrap_or_default()
        };
        Ok(Typed { rows, parameters: self.parameters.iter().map(parameter).collect() })
    }
}

/// A parameter that is a list is typed as JSON.
pub(super) fn kind_of(parameter: &SignatureParameter) -> SignatureType {
    if parameter.shape.is_empty() { parameter.kind.clone() } else { SignatureType::Array }
}

/// A request as it is shown.
pub(super) fn pretty(request: &PredictionRequest) -> String {
    serde_json::to_string_pretty(request).unwrap_or_default()
}

/// The request in a text.
///
/// # Errors
/// Where it is no JSON, or no object.
pub(super) fn read(text: &str) -> Result<PredictionRequest, String> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(request)) => Ok(PredictionRequest(request)),
        Ok(_) => Err("Write a JSON object, such as {\"x\": {\"0\": 1.5}}.".to_owned()),
        Err(error) => Err(format!("This is no JSON: see line {}, column {}.", error.line(), error.column())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sheet() -> Sheet {
        let column = |name: &str, kind: SignatureType, required: bool| SignatureField {
            name: Some(name.to_owned()),
            kind,
            required,
            dtype: None,
            shape: Vec::new(),
        };
        let parameter = |name: &str, shape: Vec<i64>| SignatureParameter {
            name: name.to_owned(),
            kind: SignatureType::Integer,
            default: json!(3),
            shape,
        };
        Sheet {
            columns: vec![
                column("wet", SignatureType::Boolean, true),
                column("age", SignatureType::Long, true),
                column("name", SignatureType::Text, false),
            ],
            parameters: vec![parameter("top", Vec::new()), parameter("all", vec![-1])],
        }
    }

    fn typed(rows: &[[&str; 3]], parameters: [&str; 2]) -> Typed {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Typed { rows: rows.iter().map(|row| texts(row)).collect(), parameters: texts(&parameters) }
    }

    fn request(json: Value) -> PredictionRequest {
        serde_json::from_value(json).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn what_is_typed_and_what_is_sent_are_the_same() {
        let typed = typed(&[["true", "7", "ann"], ["false", "8", ""]], ["", "[1, 2]"]);
        let split = json!({"columns": ["wet", "age", "name"], "data": [[true, 7, "ann"], [false, 8, null]]});
        let expected = request(json!({"dataframe_split": split, "params": {"all": [1, 2]}}));
        assert_eq!(sheet().request(&typed), Ok(expected.clone()));
        let shown = Typed { parameters: vec![String::new(), "[1,2]".to_owned()], ..typed };
        assert_eq!(sheet().typed(&expected), Ok(shown));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let wrong = sheet().request(&typed(&[["true", "7", ""], ["", "x", ""]], ["x", ""])).unwrap_err();
        let places: Vec<_> = wrong.cells.keys().copied().collect();
        assert_eq!((places, wrong.cells[&(1, 1)]), (vec![(1, 0), (1, 1)], "use a whole number"));
        assert_eq!(wrong.parameters.keys().collect::<Vec<_>>(), [&0]);
    }

    #[test]
    fn every_form_of_a_table_fills_the_fields() {
        let expected = typed(&[["true", "7", ""], ["false", "8", "ben"]], ["5", ""]).rows;
        for (table, parameters) in [
            (json!({"age": {"0": 7, "1": 8}, "name": {"1": "ben"}, "wet": {"0": true, "1": false}}), false),
            (
                json!({"dataframe_records": [{"age": 7, "wet": true}, {"age": 8, "wet": false, "name": "ben"}]}),
                true,
            ),
            (json!({"inputs": {"name": [null, "ben"], "age": [7, 8], "wet": [true, false]}}), true),
        ] {
            let mut table = request(table);
            if parameters {
                table.0.insert("params".to_owned(), json!({"top": 5}));
            }
            let found = sheet().typed(&table);
            let top = if parameters { "5" } else { "" };
            assert_eq!(
                found,
                Ok(Typed { rows: expected.clone(), parameters: vec![top.to_owned(), String::new()] })
            );
        }
    }

    #[test]
    fn what_has_no_fields_stays_json() {
        for (asked, expected) in [
            (json!({"instances": [[1]]}), "It is no table, so it has no fields."),
            (json!({"other": {"0": 1}}), "The model takes no column `other`."),
            (json!({"dataframe_split": 1}), "`dataframe_split` needs a list `columns`"),
        ] {
            assert_eq!(sheet().typed(&request(asked)), Err(expected.to_owned()));
        }
        let many = json!({"inputs": {"age": vec![1; 201]}});
        assert!(sheet().typed(&request(many)).is_err());
    }

    #[test]
    fn text_that_is_no_request_says_where() {
        assert_eq!(read("{\n \"x\": }"), Err("This is no JSON: see line 2, column 7.".to_owned()));
        assert!(read("[1]").is_err());
        assert_eq!(read(" {} "), Ok(PredictionRequest::from_empty()));
    }

    trait Empty {
        fn from_empty() -> Self;
    }

    impl Empty for PredictionRequest {
        fn from_empty() -> Self {
            Self(JsonObject::new())
        }
    }
}
