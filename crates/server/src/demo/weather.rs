//! A demonstration: weather regimes over Europe, found by principal components and clustering.

use models::run::RunStatus;

use super::{
    chance::Chance,
    plan::{
        AskedPlan, CodePlan, DataPlan, DeploymentPlan, ModelPlan, ProjectPlan, RunPlan, SavedPlan,
        SchedulePlan, TemplatePlan, WayPlan, WhatPlan,
    },
    timeline::{self, n_steps, span},
};

const N_RUNS: usize = 200;
/// How often the clustering of a run is repeated.
const N_BOOTSTRAPS: usize = 50;

const DESCRIPTION: &str = "\
## Question

How many large-scale **weather regimes** does the Euro-Atlantic sector have in winter, and how stable are they
against the choice of reanalysis, domain and clustering?

## Method

1. Daily 500 hPa geopotential height, 30°–90° N, 80° W–40° E, from ERA5; anomalies against a 31-day running climatology.
2. Principal components until 85–95 % of the variance is kept.
3. *k*-means, Gaussian mixtures or agglomerative clustering with 4 to 8 regimes.
4. Stability: adjusted Rand index between bootstrap samples; silhouette for compactness.

| Regimes | Literature | Ours so far |
| --- | --- | --- |
| 4 | NAO+, NAO−, blocking, ridge | stable, silhouette 0.31 |
| 6 | adds Greenland blocking in two phases | unstable below 12 components |
| 7 | year-round set | best trade-off with `era5-z500-v3` |

## Conventions

- One experiment for each clustering method; the data version names the reanalysis.
- Runs that only test the pipeline are tagged `purpose = smoke`.
- [x] Bootstrap on the full record
- [ ] Repeat with the ensemble members

See [the ERA5 documentation](https://confluence.ecmwf.int/display/CKB/ERA5) for the fields.
";

pub(super) fn project() -> ProjectPlan {
    ProjectPlan {
        name: "Weather regimes over Europe",
        summary: "How many winter weather regimes does the Euro-Atlantic sector have, and how stable are they?",
        description: DESCRIPTION,
        public: true,
        labels: &[
            ("problem-type", "Clustering"),
            ("problem-type", "Dimensionality reduction"),
            ("weather-model", "ERA5"),
        ],
        code: &[
            CodePlan {
                name: "regime-clustering",
                uri: "https://gitlab.com/atmos-lab/regime-clustering",
                description: "Anomalies, principal components, clustering and the bootstrap, as one MLproject.",
                commits: &[
                    "4be1c0d92f7a6b35e8810c4d7f9a2e61b3c5d708",
                    "a90f3e7d15c84b26f0d7e3a9b8c1425f6e7d0a93",
                    "e27b6a41f8d09c53b7e4f1a2d6c8039e5b4f7a10",
                ],
            },
            CodePlan {
                name: "regime-plots",
                uri: "https://gitlab.com/atmos-lab/regime-plots",
                description: "Composite maps of each regime.",
                commits: &["77c1d5e0a3b94f682e0d9c7b5a1f8e34d6b20c59"],
            },
        ],
        data: &[
            DataPlan {
                name: "era5-z500",
                uri: "https://gitlab.com/atmos-lab/data/era5-z500",
                description: "Daily 500 hPa geopotential height on a 1° grid, 1979–2024.",
                dvc: true,
                versions: &[
                    ("v1", "0f3d8b1c6a594e7720d1b8f4c3e5a697d8b2014e"),
                    ("v2", "5c9e7a2b4d1f8063e5a7c9b1d3f52847a6e0c8d1"),
                    ("v3", "b8d4f6a0c2e19375d7b9f1a3c5e70826f4d8b6a2"),
                ],
            },
            DataPlan {
                name: "jra55-z500",
                uri: "https://gitlab.com/atmos-lab/data/jra55-z500",
                description: "The same field from JRA-55, to test the choice of reanalysis.",
                dvc: true,
                versions: &[("v1", "d1a3c5e7092846b8f0d2c4a6e8197355b7f9d0c2")],
            },
        ],
        models: &[
            ModelPlan { name: "pca-kmeans", description: "Principal components, then *k*-means.", code: 0 },
            ModelPlan {
                name: "pca-gmm",
                description: "Principal components, then a Gaussian mixture.",
                code: 0,
            },
            ModelPlan {
                name: "pca-agglomerative",
                description: "Principal components, then Ward's linkage.",
                code: 0,
            },
        ],
        experiments: &["k-means", "gaussian mixture", "agglomerative"],
        runs: runs(),
        saved: &[
            SavedPlan { name: "regimes-7-kmeans", run: "kmeans-k7-pc14-0141", model: 0, image: None },
            SavedPlan { name: "regimes-4-baseline", run: "kmeans-k4-pc12-0033", model: 0, image: None },
        ],
        deployments: &[
            DeploymentPlan {
                name: "Daily regime of the forecast",
                saved: 1,
                cron: Some("30 6 * * *"),
                way: WayPlan::Endpoint { protocol: "MLflow", uri: "https://models.example.org/regimes" },
                asked: ASKED,
            },
            DeploymentPlan {
                name: "Seven regimes, to try out",
                saved: 0,
                cron: None,
                way: WayPlan::Stopped,
                asked: &[],
            },
        ],
        templates: &[
            TemplatePlan {
                name: "Clustering of the full record",
                is_shared: true,
                person: 0,
                what: FULL,
                backend: BACKEND,
            },
            TemplatePlan {
                name: "Mixture with eight regimes",
                is_shared: true,
                person: 1,
                what: MIXTURE,
                backend: BACKEND,
            },
            TemplatePlan {
                name: "Smoke test",
                is_shared: false,
                person: 0,
                what: SMOKE,
                backend: "# Nothing is reserved: it ends within a minute.\nEnvironment:\n  Python: .venv\n",
            },
        ],
        schedules: &[
            SchedulePlan {
                name: "Clustering of the week",
                cron: "0 2 * * 1",
                time_zone: "Europe/Berlin",
                is_paused: false,
                person: 0,
                what: FULL,
                n_past: 9,
            },
            SchedulePlan {
                name: "Nightly smoke test",
                cron: "30 3 * * *",
                time_zone: "UTC",
                is_paused: true,
                person: 1,
                what: SMOKE,
                n_past: 12,
            },
        ],
        fires: Vec::new(),
    }
}

const FULL: WhatPlan = WhatPlan {
    entry_point: "main",
    experiment: 0,
    model: 0,
    data_version: "v3",
    parameters: &[("n_regimes", "7"), ("n_components", "14"), ("season", "DJF"), ("low_pass_days", "10")],
};
const MIXTURE: WhatPlan = WhatPlan {
    experiment: 1,
    model: 1,
    parameters: &[("n_regimes", "8"), ("n_components", "16"), ("season", "NDJFM")],
    ..FULL
};
const SMOKE: WhatPlan =
    WhatPlan { data_version: "v1", parameters: &[("n_regimes", "4"), ("n_components", "8")], ..FULL };

const BACKEND: &str = "\
UnicoreApiUrl: https://unicore.example.org/SITE/rest/core
Environment:
  Apptainer:
    Path: regimes.sif
    Type: local
Resources:
  Queue: batch  # up to 24 hours
  Nodes: 1
  Runtime: 1h
";

/// What the deployment of the forecast was asked: a column for each principal component.
const ASKED: &[AskedPlan] = &[
    asked(LAST_WEEK, Ok("{\"predictions\": [2, 2]}"), 78, 184, true),
    asked(LAST_WEEK, Ok("{\"predictions\": [2, 0]}"), 54, 171, true),
    asked(
        "{\"dataframe_split\": {\"columns\": [\"pc01\"], \"data\": [[0.4]]}}",
        Err(
            "The endpoint answered with status 400: Model is missing inputs ['pc02', 'pc03', 'pc04', 'pc05', 'pc06'].",
        ),
        31,
        38,
        false,
    ),
    asked(LAST_WEEK, Ok("{\"predictions\": [3, 3]}"), 30, 168, true),
    asked(LAST_WEEK, Err("The endpoint did not answer within 60 seconds."), 6, 60_000, true),
    asked(LAST_WEEK, Ok("{\"predictions\": [0, 3]}"), 5, 212, false),
];
const LAST_WEEK: &str = "{\"dataframe_split\": {\"columns\": [\"pc01\", \"pc02\", \"pc03\", \"pc04\", \"pc05\", \"pc06\", \
    \"pc07\", \"pc08\", \"pc09\", \"pc10\", \"pc11\", \"pc12\"], \"data\": [[1.31, -0.42, 0.08, 0.77, -1.12, 0.29, 0.05, -0.31, \
    0.62, -0.08, 0.17, -0.44], [0.94, -0.51, 0.22, 0.69, -0.87, 0.41, -0.02, -0.36, 0.48, 0.11, 0.09, -0.27]]}}";

const fn asked(
    request: &'static str,
    answer: Result<&'static str, &'static str>,
    age: i64,
    duration: u64,
    is_scheduled: bool,
) -> AskedPlan {
    AskedPlan { request, answer, age, duration, is_scheduled }
}

fn runs() -> Vec<RunPlan> {
    let mut chance = Chance::new(500);
    (0..N_RUNS).map(|place| run(&mut chance, place)).collect()
}

fn run(chance: &mut Chance, place: usize) -> RunPlan {
    let (mut n_regimes, mut n_components) = (4 + chance.place(5), 8 + 2 * chance.place(7));
    let mut method = chance.place(3);
    match place {
        33 => (method, n_regimes, n_components) = (0, 4, 12),
        141 => (method, n_regimes, n_components) = (0, 7, 14),
        _ => {}
    }
    let progress = place as f64 / N_RUNS as f64;
    let code = (0, usize::from(progress > 0.3) + usize::from(progress > 0.65));
    let data = if chance.happens(0.2) {
        (1, 0)
    } else {
        (0, usize::from(progress > 0.25) + usize::from(progress > 0.6))
    };
    let mut span = span(chance, place, N_RUNS, (3.0, 18.0));
    if [33, 141].contains(&place) {
        span.status = RunStatus::Finished;
    }
    let n_bootstraps = n_steps(chance, &span, N_BOOTSTRAPS);
    let method_name = ["kmeans", "gmm", "ward"].get(method).copied().unwrap_or("kmeans");
    let progress_said = timeline::progress(&span, n_bootstraps, N_BOOTSTRAPS);
    RunPlan {
        name: format!("{method_name}-k{n_regimes}-pc{n_components}-{place:04}"),
        experiment: method,
        code,
        data,
        model: method,
        person: chance.pick(&[0, 0, 1, 2], 0),
        status: span.status,
        age: span.age,
        wait: span.wait,
        duration: span.duration,
        parameters: vec![
            ("n_regimes", n_regimes.to_string()),
            ("n_components", n_components.to_string()),
            ("season", chance.pick(&["DJF", "DJF", "NDJFM"], "DJF").to_owned()),
            ("domain", "80W-40E,30N-90N".to_owned()),
            ("low_pass_days", chance.pick(&["5", "10"], "10").to_owned()),
            ("seed", (1 + place % 5).to_string()),
        ],
        metrics: metrics(chance, n_regimes, n_components, data, n_bootstraps)
            .into_iter()
            .chain(progress_said)
            .collect(),
        tags: tags(chance, span.status),
        artifacts: if span.status == RunStatus::Finished {
            artifacts(n_regimes, n_components)
        } else {
            Vec::new()
        },
    }
}

/// Seven regimes from about 14 components of the newest data do best, as far as the noise allows.
fn metrics(
    chance: &mut Chance,
    n_regimes: usize,
    n_components: usize,
    data: (usize, usize),
    n_bootstraps: usize,
) -> Vec<(&'static str, Vec<f64>)> {
    if n_bootstraps == 0 {
        return Vec::new();
    }
    let fit = 0.36 - 0.012 * (n_regimes as f64 - 7.0).abs() - 0.004 * (n_components as f64 - 14.0).abs();
    let silhouette = fit + if data == (0, 2) { 0.02 } else { 0.0 } + 0.008 * chance.noise();
    let mut rand_index = 0.0;
    let stability = (1..=n_bootstraps).map(|n| {
        let sample = 0.55 + 0.9 * silhouette + 0.06 * chance.noise();
        rand_index += (sample - rand_index) / n as f64;
        rand_index
    });
    let stability: Vec<f64> = stability.collect();
    let mut left = 1.0;
    let variance = (0..n_components).map(|component| {
        left *= 1.0 - 0.26 / (1.0 + 0.28 * component as f64) - 0.004 * chance.unit();
        1.0 - left
    });
    let variance: Vec<f64> = variance.collect();
    vec![
        ("silhouette", vec![silhouette]),
        ("stability/adjusted_rand_index", stability),
        ("pca/explained_variance", variance),
        ("davies_bouldin", vec![1.9 - 2.2 * silhouette + 0.03 * chance.noise()]),
        ("calinski_harabasz", vec![900.0 + 2400.0 * silhouette + 40.0 * chance.noise()]),
    ]
}

fn tags(chance: &mut Chance, status: RunStatus) -> Vec<(&'static str, String)> {
    let mut tags = vec![("mlflow.source.name", "regimes/cluster.py".to_owned())];
    if chance.happens(0.08) {
        tags.push(("purpose", "smoke".to_owned()));
    }
    if status == RunStatus::Failed {
        let reason = chance.pick(
            &[
                "ValueError: n_components=20 must be between 0 and min(n_samples, n_features)=18",
                "numpy.linalg.LinAlgError: SVD did not converge",
                "OSError: [Errno 5] Input/output error: 'z500_1987.nc'",
            ],
            "Killed",
        );
        tags.push(("failure.reason", reason.to_owned()));
    }
    tags
}

fn artifacts(n_regimes: usize, n_components: usize) -> Vec<(&'static str, String)> {
    let rows: String = (1..=n_regimes).map(|regime| format!("{regime},{}\n", 1400 / regime + 37)).collect();
    vec![
        ("regimes/occurrence.csv", format!("regime,days\n{rows}")),
        (
            "regimes/README.md",
            format!("# {n_regimes} regimes\n\nDays of the record that belong to each regime.\n"),
        ),
        ("model/MLmodel", description(n_components)),
    ]
}

/// What MLflow says of the model: a column for each principal component, and the number of a regime.
fn description(n_components: usize) -> String {
    let column = |n| format!(r#"{{"type": "double", "name": "pc{n:02}", "required": true}}"#);
    let inputs = (1..=n_components).map(column).collect::<Vec<_>>().join(", ");
    format!(
        "flavors:\n  sklearn:\n    sklearn_version: 1.7.2\n    pickled_model: model.pkl\nsignature:\n  \
         inputs: '[{inputs}]'\n  outputs: '[{{\"type\": \"long\", \"required\": true}}]'\n  params: null\n"
    )
}
