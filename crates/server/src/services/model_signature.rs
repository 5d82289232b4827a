//! What a saved model takes and gives, read from its file `MLmodel`:
//! <https://mlflow.org/docs/latest/ml/model/signatures/>.

use models::deployment::{PARAMETERS_KEY, PredictionRequest, SCORING_KEYS};
use models::id::ProjectId;
use models::lenient::JsonObject;
use models::model::{ModelSignature, SavedModel, SignatureField, SignatureParameter, SignatureType};
use serde::Deserialize;
use serde_json::Value;
use serde_saphyr::budget::Budget;
use tokio::io::AsyncReadExt as _;

use super::model_files;
use crate::blobs::Blobs;
use crate::error::Error;
use crate::store::{ArtifactRecord, Store, StoreError};

/// The file that makes a folder a model of MLflow.
const MODEL_FILE: &str = "MLmodel";
/// How large the file may be, in bytes; signatures of a thousand columns have some hundred thousand.
const MOST: u64 = 512 * 1024;
/// How many nodes of YAML it may have.
const MOST_NODES: usize = 50_000;
/// How large an example may be that is told, in bytes.
const MOST_OF_EXAMPLE: u64 = 64 * 1024;
/// How many columns and parameters are told.
const MOST_FIELDS: usize = 2_000;

/// What stands in the file. The words are MLflow's.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    signature: Option<Signature>,
    #[serde(default)]
    saved_input_example_info: Option<Example>,
}

/// Each is a text that holds JSON.
#[derive(Deserialize)]
struct Signature {
    #[serde(default)]
    inputs: Option<String>,
    #[serde(default)]
    outputs: Option<String>,
    #[serde(default)]
    params: Option<String>,
}

#[derive(Deserialize)]
struct Example {
    #[serde(default)]
    artifact_path: Option<String>,
    #[serde(default)]
    serving_input_path: Option<String>,
}

/// A column, a tensor or a parameter.
#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    name: Option<Value>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    required: Option<bool>,
    /// What older versions said in the place of `required`.
    #[serde(default)]
    optional: Option<bool>,
    #[serde(default, rename = "tensor-spec")]
    tensor: Option<Tensor>,
    #[serde(default)]
    default: Value,
    #[serde(default)]
    shape: Option<Vec<i64>>,
}

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<i64>,
}

/// What a saved model takes and gives, as far as the artifacts of this server say so.
///
/// # Errors
/// [`Error`] when the store cannot be read. What is wrong with the files is part of the answer.
pub async fn model_signature(
    store: &Store,
    blobs: &Blobs,
    project: ProjectId,
    model: &SavedModel,
) -> Result<ModelSignature, Error> {
    let unknown = |problem: String| ModelSignature { problem: Some(problem), ..Default::default() };
    let files = match model_files(store, project, model).await {
        Ok(files) => files,
        Err(StoreError::Conflict(problem)) => return Ok(unknown(problem)),
        Err(error) => return Err(error.into()),
    };
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let Some(file) = find(MODEL_FILE) else { return Err(Error::NotFound) };
    let text = small_file(blobs, file, MOST).await?;
    let found = text.ok_or_else(|| format!("The MLmodel file is larger than {} kB.", MOST / 1024));
    let (mut signature, example) = match found.and_then(|text| read(&text)) {
        Ok(read) => read,
        Err(problem) => return Ok(unknown(problem)),
    };
    if let Some(example) = example.and_then(|name| find(&name)) {
        let bytes = small_file(blobs, example, MOST_OF_EXAMPLE).await?;
        signature.input_example = bytes.and_then(|bytes| as_request(serde_json::from_slice(&bytes).ok()?));
    }
    Ok(signature)
}

/// The bytes of a file, if it has at most `most`.
async fn small_file(blobs: &Blobs, file: &ArtifactRecord, most: u64) -> Result<Option<Vec<u8>>, Error> {
    if file.size > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let opened = blobs.open(&file.sha256).await.map_err(Error::internal)?;
    opened.take(most).read_to_end(&mut bytes).await.map_err(Error::internal)?;
    Ok(Some(bytes))
}

/// What the file says, and the name of the file with an example.
///
/// # Errors
/// Why it cannot be read.
fn read(bytes: &[u8]) -> Result<(ModelSignature, Option<String>), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "The MLmodel file is no text in UTF-8.")?;
    let mut budget = Budget::default();
    budget.max_nodes = MOST_NODES;
    let options = serde_saphyr::options! { with_snippet: false, budget: Some(budget) };
    let file: File = serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| format!("The MLmodel file cannot be read: {error}."))?;
    let example =
        file.saved_input_example_info.and_then(|info| info.serving_input_path.or(info.artifact_path));
    let Some(signature) = file.signature else {
        let problem = "The model was logged without a signature, which would say what it takes.".to_owned();
        return Ok((ModelSignature { problem: Some(problem), ..Default::default() }, example));
    };
    let signature = ModelSignature {
        inputs: items("inputs", signature.inputs.as_deref())?.into_iter().map(field).collect(),
        outputs: items("outputs", signature.outputs.as_deref())?.into_iter().map(field).collect(),
        params: items("params", signature.params.as_deref())?.into_iter().filter_map(parameter).collect(),
        ..Default::default()
    };
    Ok((signature, example))
}

fn items(what: &str, json: Option<&str>) -> Result<Vec<Item>, String> {
    let Some(json) = json else { return Ok(Vec::new()) };
    let items: Option<Vec<Item>> = serde_json::from_str(json).map_err(|error| {
        format!("The `{what}` of the signature in the MLmodel file cannot be read: {error}.")
    })?;
    let items = items.unwrap_or_default();
    if items.len() > MOST_FIELDS {
        return Err(format!("The signature in the MLmodel file has more than {MOST_FIELDS} `{what}`."));
    }
    Ok(items)
}

fn field(item: Item) -> SignatureField {
    let required = item.required.unwrap_or(!item.optional.unwrap_or(false));
    let (dtype, shape) = item.tensor.map(|tensor| (tensor.dtype, tensor.shape)).unzip();
    let name = item.name.filter(|name| !name.is_null()).map(|name| match name {
        Value::String(name) => name,
        // Columns of pandas may be named by numbers.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            name.to_string()
        }
    });
    SignatureField {
        name,
        kind: SignatureType::from(item.kind),
        required,
        dtype,
        shape: shape.unwrap_or_default(),
    }
}

fn parameter(item: Item) -> Option<SignatureParameter> {
    Some(SignatureParameter {
        name: item.name?.as_str()?.to_owned(),
        kind: SignatureType::from(item.kind),
        default: item.default,
        shape: item.shape.unwrap_or_default(),
    })
}

/// An example as a request. Newer versions of MLflow keep requests; older ones keep the table alone, or the array.
fn as_request(example: Value) -> Option<PredictionRequest> {
    let wrapped = |key: &str, value: Value| JsonObject::from_iter([(key.to_owned(), value)]);
    let request = match example {
        Value::Object(example) if SCORING_KEYS.iter().any(|key| example.contains_key(*key)) => example,
        Value::Object(example) if example.contains_key("columns") && example.contains_key("data") => {
            wrapped("dataframe_split", Value::Object(example))
        }
        Value::Object(mut example) if example.contains_key("inputs") || example.contains_key("data") => {
            let parameters = example.remove(PARAMETERS_KEY);
            let mut request = wrapped("inputs", example.remove("data").or_else(|| example.remove("inputs"))?);
            request.extend(parameters.map(|parameters| (PARAMETERS_KEY.to_owned(), parameters)));
            request
        }
        Value::Object(example) => example,
        Value::Array(rows) => wrapped("instances", rows.into()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    Some(PredictionRequest(request))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r#"
artifact_path: model
flavors:
  python_function: {loader_module: mlflow.sklearn, python_version: 3.11.2}
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  serving_input_path: serving_input_example.json
  type: dataframe
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "double", "name": "depth", "required":
    false}, {"type": "string", "name": 3, "optional": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'
  params: '[{"name": "top", "type": "integer", "default": 3, "shape": null}, {"name": "stop", "type": "string",
    "default": ["a"], "shape": [-1]}]'
"#;

    #[test]
    fn a_file_says_what_a_model_takes_and_gives() {
        let (signature, example) = read(FILE.as_bytes()).unwrap();
        let column = |name: &str, kind: &str, required: bool| json!({"name": name, "type": kind, "required": required, "dtype": null, "shape": []});
        let expected = json!({
            "problem": null, "inputExample": null,
            "inputs": [column("age", "long", true), column("depth", "double", false), column("3", "string", false)],
            "outputs": [{"name": null, "type": "tensor", "required": true, "dtype": "float32", "shape": [-1, 2]}],
            "params": [{"name": "top", "type": "integer", "default": 3, "shape": []},
                {"name": "stop", "type": "string", "default": ["a"], "shape": [-1]}],
        });
        assert_eq!(serde_json::to_value(signature).unwrap(), expected);
        assert_eq!(example.as_deref(), Some("serving_input_example.json"));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let problem = |text: &str| match read(text.as_bytes()) {
            Ok((signature, _)) => signature.problem.unwrap(),
            Err(problem) => problem,
        };
        assert!(problem("flavors: {}").contains("without a signature"));
        assert!(problem("signature: [").starts_with("The MLmodel file cannot be read"));
        assert!(problem("signature: {inputs: 'x'}").starts_with("The `inputs` of the signature"));
        assert!(
            problem("a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b").starts_with("The MLmodel file cannot be read")
        );
        let many = format!("[{}]", vec![r#"{"type": "long", "name": "x"}"#; MOST_FIELDS + 1].join(","));
        assert!(problem(&format!("signature: {{inputs: '{many}'}}")).contains("more than 2000"));
        assert!(read(&[0xff]).is_err());
    }

    #[test]
    fn examples_of_all_versions_are_requests() {
        for (example, expected) in [
            (
                json!({"dataframe_split": {"columns": [], "data": []}}),
                json!({"dataframe_split": {"columns": [], "data": []}}),
            ),
            (
                json!({"columns": ["x"], "data": [[1]]}),
                json!({"dataframe_split": {"columns": ["x"], "data": [[1]]}}),
            ),
            (json!({"inputs": [[1]]}), json!({"inputs": [[1]]})),
            (json!([{"x": 1}]), json!({"instances": [{"x": 1}]})),
            (json!({"data": [[1]], "params": {"a": 1}}), json!({"inputs": [[1]], "params": {"a": 1}})),
            (json!({"messages": []}), json!({"messages": []})),
        ] {
            assert_eq!(as_request(example).map(|request| Value::Object(request.0)), Some(expected));
        }
        assert_eq!(as_request(json!("text")), None);
    }
}
