//! The kinds of machines, and the fields of each: how the form says what a backend config says. Pure.

use models::connection::ConnectionProvider;
use serde_json::Value;

use super::yaml::Fields;

/// The kind of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    /// Behind UNICORE.
    Unicore,
    /// Behind firecREST.
    Firecrest,
    /// Reached over SSH.
    Ssh,
    /// The machine of the server itself.
    Local,
}

impl System {
    /// All kinds, in the order in which they are offered.
    pub(super) const ALL: [Self; 4] = [Self::Unicore, Self::Firecrest, Self::Ssh, Self::Local];

    /// What it is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Unicore => "UNICORE",
            Self::Firecrest => "firecREST",
            Self::Ssh => "SSH",
            Self::Local => "This server",
        }
    }

    /// What choosing it means.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Unicore => "A supercomputer with a UNICORE service.",
            Self::Firecrest => "A supercomputer with a firecREST service.",
            Self::Ssh => "A login node with Slurm.",
            Self::Local => "The machine that the console runs on, where its operator allows that.",
        }
    }

    /// The key of the config that says it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Unicore => "UnicoreApiUrl",
            Self::Firecrest => "Firecrest",
            Self::Ssh => "SSH",
            Self::Local => "Local",
        }
    }

    /// What a connection to it is for; `None` where none is needed.
    pub(super) fn provider(self) -> Option<ConnectionProvider> {
        match self {
            Self::Unicore => Some(ConnectionProvider::Unicore),
            Self::Firecrest => Some(ConnectionProvider::Firecrest),
            Self::Ssh => Some(ConnectionProvider::Ssh),
            Self::Local => None,
        }
    }

    /// The kind that a config names first.
    pub(super) fn of(config: &Fields) -> Option<Self> {
        Self::ALL.into_iter().find(|system| config.get(system.key()).is_some_and(|own| !own.is_null()))
    }

    /// What stands at its key before anybody has typed anything.
    pub(super) fn begin(self) -> Value {
        match self {
            Self::Unicore => Value::from(""),
            Self::Firecrest | Self::Ssh | Self::Local => Value::Object(Fields::new()),
        }
    }

    /// The fields that say where it is.
    pub(super) fn fields(self) -> &'static [About] {
        match self {
            Self::Unicore => UNICORE,
            Self::Firecrest => FIRECREST,
            Self::Ssh => SSH,
            Self::Local => &[],
        }
    }
}

/// How a value is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line of text that must be there.
    Required,
    /// A line of text.
    Text,
    /// A whole number.
    Count,
    /// Texts, one a line.
    Lines,
    /// Names and values, `NAME=value`, one a line.
    Pairs,
}

/// A field for a value of the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct About {
    /// What it is called.
    pub(super) label: &'static str,
    /// The keys that lead to it.
    pub(super) path: &'static [&'static str],
    /// An example.
    pub(super) example: &'static str,
    /// How it is typed.
    pub(super) shape: Shape,
}

impl About {
    const fn new(
        label: &'static str,
        path: &'static [&'static str],
        example: &'static str,
        shape: Shape,
    ) -> Self {
        Self { label, path, example, shape }
    }

    const fn required(label: &'static str, path: &'static [&'static str], example: &'static str) -> Self {
        Self::new(label, path, example, Shape::Required)
    }
}

impl System {
    /// What can be asked of it: what most want, and what few need.
    pub(super) fn resources(self) -> (&'static [About], &'static [About]) {
        match self {
            Self::Unicore | Self::Firecrest | Self::Ssh => (RESOURCES, MORE_RESOURCES),
            Self::Local => (OF_THIS_SERVER, &[]),
        }
    }

    /// What may surround the command there, besides where it is executed.
    pub(super) fn environment(self) -> &'static [About] {
        match self {
            Self::Unicore => ENVIRONMENT,
            // Commands on the login node are for UNICORE alone.
            Self::Firecrest | Self::Ssh => ENVIRONMENT_WITHOUT_LOGIN,
            Self::Local => &[VARIABLES],
        }
    }

    /// The section of the config that says what it must offer.
    pub(super) fn resources_key(self) -> &'static str {
        match self {
            Self::Unicore | Self::Firecrest | Self::Ssh => "Resources",
            Self::Local => "Local",
        }
    }

    /// Where the command may be executed there.
    pub(super) fn surroundings(self) -> &'static [Surrounding] {
        match self {
            Self::Unicore | Self::Firecrest | Self::Ssh => &Surrounding::ALL,
            Self::Local => &[Surrounding::Plain, Surrounding::Python],
        }
    }
}

const UNICORE: &[About] = &[About::required("API address", &["UnicoreApiUrl"], "https://…/JUWELS/rest/core")];

const FIRECREST: &[About] = &[
    About::required("API address", &["Firecrest", "ApiUrl"], "https://firecrest.example.org"),
    About::required("Token address", &["Firecrest", "TokenUrl"], "https://auth.example.org/token"),
    About::required("Machine", &["Firecrest", "Machine"], "daint"),
];

const SSH: &[About] = &[
    About::required("Host", &["SSH", "Hostname"], "login.example.org"),
    About::new("Port", &["SSH", "Port"], "22", Shape::Text),
];

const OF_THIS_SERVER: &[About] = &[
    About::new("Runtime", &["Local", "Runtime"], "30m, 12h or 1d", Shape::Text),
    About::new("CPUs", &["Local", "CPUsPerNode"], "2", Shape::Count),
    About::new("Memory", &["Local", "MemoryPerNode"], "10GiB", Shape::Text),
];

/// What is asked for first.
const RESOURCES: &[About] = &[
    About::required("Queue", &["Resources", "Queue"], "devel"),
    About::new("Runtime", &["Resources", "Runtime"], "30m, 12h or 1d", Shape::Text),
    About::new("Nodes", &["Resources", "Nodes"], "1", Shape::Count),
    About::new("CPUs on each node", &["Resources", "CPUsPerNode"], "8", Shape::Count),
    About::new("GPUs on each node", &["Resources", "GPUsPerNode"], "4", Shape::Count),
    About::new("Memory on each node", &["Resources", "MemoryPerNode"], "10GiB", Shape::Text),
];

/// What few need.
const MORE_RESOURCES: &[About] = &[
    About::new("CPUs in all", &["Resources", "TotalCPUs"], "32", Shape::Count),
    About::new("Reservation", &["Resources", "Reservation"], "", Shape::Text),
    About::new("Node constraints", &["Resources", "NodeConstraints"], "", Shape::Text),
    About::new("Quality of service", &["Resources", "QoS"], "", Shape::Text),
];

const MODULES: About =
    About::new("Modules, one a line", &["Environment", "Modules"], "Stages/2024", Shape::Lines);
const VARIABLES: About =
    About::new("Variables, one a line", &["Environment", "Variables"], "OMP_NUM_THREADS=8", Shape::Pairs);
const BEFORE: About = About::new(
    "Before the run, on the compute node",
    &["Environment", "PreRunCommandOnComputeNode"],
    "",
    Shape::Lines,
);
const AFTER: About = About::new(
    "After the run, on the compute node",
    &["Environment", "PostRunCommandOnComputeNode"],
    "",
    Shape::Lines,
);
const BEFORE_AT_LOGIN: About = About::new(
    "Before the run, on the login node",
    &["Environment", "PreRunCommandOnLoginNode"],
    "",
    Shape::Lines,
);
const AFTER_AT_LOGIN: About = About::new(
    "After the run, on the login node",
    &["Environment", "PostRunCommandOnLoginNode"],
    "",
    Shape::Lines,
);
const EXCLUDE: About =
    About::new("Files that stay behind, a pattern a line", &["Exclude"], "data/", Shape::Lines);

const ENVIRONMENT: &[About] = &[MODULES, VARIABLES, BEFORE, AFTER, BEFORE_AT_LOGIN, AFTER_AT_LOGIN, EXCLUDE];
const ENVIRONMENT_WITHOUT_LOGIN: &[About] = &[MODULES, VARIABLES, BEFORE, AFTER, EXCLUDE];

/// Where the command is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surrounding {
    /// On the machine as it is.
    Plain,
    /// In a virtual environment of Python.
    Python,
    /// In a container.
    Apptainer,
}

impl Surrounding {
    /// All of them, in order.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Python, Self::Apptainer];

    /// What it is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Plain => "As it is",
            Self::Python => "Python environment",
            Self::Apptainer => "Container",
        }
    }

    /// The key within `Environment`.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Python => Some("Python"),
            Self::Apptainer => Some("Apptainer"),
        }
    }

    /// What a config says.
    pub(super) fn of(config: &Fields) -> Self {
        let environment = config.get("Environment").and_then(Value::as_object);
        let has = |key: &str| environment.is_some_and(|own| own.get(key).is_some_and(|own| !own.is_null()));
        let named = Self::ALL.into_iter().find(|own| own.key().is_some_and(has));
        named.unwrap_or(Self::Plain)
    }

    /// What stands at its key before anybody has typed anything.
    pub(super) fn begin(self) -> Value {
        match self {
            Self::Plain | Self::Python => Value::from(""),
            Self::Apptainer => Value::Object(Fields::new()),
        }
    }

    /// The fields of it. The path of a Python environment may also be written as a section; then that is the place.
    pub(super) fn fields(self, config: &Fields) -> &'static [About] {
        const PYTHON: &[About] =
            &[About::required("Folder of the environment", &["Environment", "Python"], "/p/project/venv")];
        const NESTED: &[About] = &[About::required(
            "Folder of the environment",
            &["Environment", "Python", "Path"],
            "/p/project/venv",
        )];
        const APPTAINER: &[About] = &[
            About::required("Image", &["Environment", "Apptainer", "Path"], "image.sif"),
            About::new(
                "Where the image is",
                &["Environment", "Apptainer", "Type"],
                "local or remote",
                Shape::Text,
            ),
            About::new("Options, one a line", &["Environment", "Apptainer", "Options"], "--nv", Shape::Lines),
        ];
        match self {
            Self::Plain => &[],
            Self::Python if at(config, &["Environment", "Python"]).is_some_and(Value::is_object) => NESTED,
            Self::Python => PYTHON,
            Self::Apptainer => APPTAINER,
        }
    }
}

/// The value at a path.
pub(super) fn at<'a>(config: &'a Fields, path: &[&str]) -> Option<&'a Value> {
    let (last, sections) = path.split_last()?;
    let mut fields = config;
    for name in sections {
        fields = fields.get(*name)?.as_object()?;
    }
    fields.get(*last).filter(|value| !value.is_null())
}

/// A value as it is typed.
pub(super) fn to_text(value: Option<&Value>, shape: Shape) -> String {
    let word = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    match (shape, value) {
        (_, None) => String::new(),
        (Shape::Lines, Some(Value::Array(items))) => items.iter().map(word).collect::<Vec<_>>().join("\n"),
        (Shape::Pairs, Some(Value::Object(fields))) => {
            let pairs: Vec<_> =
                fields.iter().map(|(name, value)| format!("{name}={}", word(value))).collect();
            pairs.join("\n")
        }
        (Shape::Required | Shape::Text | Shape::Count | Shape::Lines | Shape::Pairs, Some(value)) => {
            word(value)
        }
    }
}

/// What was typed as a value; `None` takes it out.
pub(super) fn from_text(text: &str, shape: Shape) -> Option<Value> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    match shape {
        Shape::Required => Some(text.into()),
        Shape::Text => (!text.is_empty()).then(|| text.into()),
        Shape::Count => {
            // What is no number stays as it was typed, and the rules say so.
            let number = text.parse::<u32>().ok().filter(|number| number.to_string() == text);
            (!text.is_empty()).then(|| number.map_or_else(|| text.into(), Value::from))
        }
        Shape::Lines => {
            let items: Vec<Value> = lines().map(Value::from).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Shape::Pairs => {
            let pair = |line: &str| {
                let (name, value) = line.split_once('=').unwrap_or((line, ""));
                (name.trim().to_owned(), Value::from(value))
            };
            let fields: Fields = lines().map(pair).collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
    }
}
