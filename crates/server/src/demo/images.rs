//! A demonstration: image classification, trained on the GPUs of an HPC site.

use models::run::RunStatus;

use super::{
    chance::Chance,
    plan::{
        CodePlan, DataPlan, DeploymentPlan, ModelPlan, ProjectPlan, RunPlan, SavedPlan, SchedulePlan,
        TemplatePlan, WayPlan, WhatPlan,
    },
    timeline::{self, n_steps, span},
};

const N_RUNS: usize = 200;
const N_EPOCHS: usize = 40;

const DESCRIPTION: &str = "\
Land-cover classes from **Sentinel-2** patches, to be mapped over whole countries at 10 m.

- Training runs on `booster` with 4 GPUs a node; a run takes 40 minutes to 3 hours.
- The baseline is a ResNet-50 from random weights; transformers must beat it at the same cost.
- A model may be deployed when its validation accuracy is above 0.965 **and** the worst class is above 0.90.

```sh
mantik runs submit . --backend-config backend.yaml --entry-point train
```
";

pub(super) fn project() -> ProjectPlan {
    ProjectPlan {
        name: "Land cover from Sentinel-2",
        summary: "Classifies 64 × 64 pixel patches into ten land-cover classes; trained on the booster partition.",
        description: DESCRIPTION,
        public: false,
        labels: &[("problem-type", "Image classification"), ("model-type", "Vision transformer")],
        code: &[CodePlan {
            name: "landcover",
            uri: "https://github.com/earth-vision/landcover",
            description: "Training, evaluation and tiling. The entry points `train` and `predict` are in `MLproject`.",
            commits: &[
                "19d0c7e5b3a84f621e7d9c0b5a8f3e24d6b710c9",
                "6f2e8d4c0b7a915e3d8f6c2b4a0e7951d3c8f6b4",
                "c4a8e0f6d2b71935a7c9e1f3b5d70824f6a8c0e2",
                "f81b3d5c7e9024a6b8d0f2c4e6a81357b9d1f3e5",
            ],
        }],
        data: &[
            DataPlan {
                name: "eurosat",
                uri: "https://github.com/earth-vision/eurosat-data",
                description: "27,000 labelled patches in ten classes. `rgb` has three bands, `ms` all thirteen.",
                dvc: true,
                versions: &[
                    ("rgb-v1", "31c5e7a9b1d30f52847a6e0c8d15c9e7a2b4d1f8"),
                    ("ms-v1", "063e5a7c9b1d3f52847a6e0c8d15c9e7a2b4d1f8"),
                    ("ms-v2", "8d4f6a0c2e19375d7b9f1a3c5e70826f4d8b6a2b"),
                ],
            },
            DataPlan {
                name: "bigearthnet-subset",
                uri: "s3://earth-vision/bigearthnet-subset",
                description: "60,000 patches for pre-training.",
                dvc: false,
                versions: &[("2024-11", "2024-11")],
            },
        ],
        models: &[
            ModelPlan { name: "resnet50", description: "The baseline.", code: 0 },
            ModelPlan {
                name: "vit-small",
                description: "A vision transformer with patches of 8 pixels.",
                code: 0,
            },
            ModelPlan {
                name: "convnext-tiny",
                description: "A convolutional network of the transformers' age.",
                code: 0,
            },
        ],
        experiments: &["baseline", "transformers", "ablation of bands"],
        runs: runs(),
        saved: &[
            SavedPlan {
                name: "landcover-vit",
                run: "vit-small-0176",
                model: 1,
                image: Some("registry.example.org/earth-vision/landcover-vit:2"),
            },
            SavedPlan { name: "landcover-resnet", run: "resnet50-0058", model: 0, image: None },
            SavedPlan { name: "landcover-convnext", run: "convnext-tiny-0120", model: 2, image: None },
        ],
        deployments: &[
            DeploymentPlan {
                name: "Tiles of the week",
                saved: 0,
                cron: Some("0 2 * * 1"),
                way: WayPlan::Endpoint { protocol: "KServe v2", uri: "https://models.example.org/v2" },
                asked: &[],
            },
            DeploymentPlan {
                name: "Baseline for comparison",
                saved: 1,
                cron: None,
                way: WayPlan::Described,
                asked: &[],
            },
        ],
        templates: &[
            TemplatePlan {
                name: "Transformer on all bands",
                is_shared: true,
                person: 0,
                what: TRAINING,
                backend: BACKEND,
            },
            TemplatePlan {
                name: "Three bands, one node",
                is_shared: false,
                person: 0,
                what: ABLATION,
                backend: BACKEND,
            },
        ],
        schedules: &[
            SchedulePlan {
                name: "Training on the newest patches",
                cron: "0 1 1,15 * *",
                time_zone: "Europe/Berlin",
                is_paused: false,
                person: 1,
                what: TRAINING,
                n_past: 5,
            },
            SchedulePlan {
                name: "Ablation at the weekend",
                cron: "0 4 * * 6",
                time_zone: "Europe/Berlin",
                is_paused: true,
                person: 0,
                what: ABLATION,
                n_past: 4,
            },
        ],
        fires: Vec::new(),
    }
}

const TRAINING: WhatPlan = WhatPlan {
    entry_point: "train",
    experiment: 1,
    model: 1,
    data_version: "ms-v2",
    parameters: &[("learning_rate", "0.0003"), ("batch_size", "256"), ("bands", "13"), ("epochs", "40")],
};
const ABLATION: WhatPlan = WhatPlan {
    experiment: 2,
    data_version: "rgb-v1",
    parameters: &[("learning_rate", "0.0003"), ("batch_size", "128"), ("bands", "3"), ("epochs", "40")],
    ..TRAINING
};

const BACKEND: &str = "\
UnicoreApiUrl: https://unicore.example.org/SITE/rest/core
Environment:
  Apptainer:
    Path: landcover.sif
    Type: local
  Modules:
    - CUDA
Resources:
  Queue: booster
  Nodes: 2
  GPUsPerNode: 4
  Runtime: 6h
";

const MODELS: [&str; 3] = ["resnet50", "vit-small", "convnext-tiny"];

fn runs() -> Vec<RunPlan> {
    let mut chance = Chance::new(64);
    (0..N_RUNS).map(|place| run(&mut chance, place)).collect()
}

fn run(chance: &mut Chance, place: usize) -> RunPlan {
    let progress = place as f64 / N_RUNS as f64;
    let model = match place {
        58 => 0,
        120 => 2,
        176 => 1,
        _ if progress < 0.3 => 0,
        _ => chance.place(3),
    };
    let chosen = [58, 120, 176].contains(&place);
    let mut span = span(chance, place, N_RUNS, (40.0, 180.0));
    if chosen {
        span.status = RunStatus::Finished;
    }
    let rate = if chosen { 3e-4 } else { chance.pick(&[1e-4, 3e-4, 1e-3, 3e-3], 1e-3) };
    let bands = chance.pick(&[3, 13, 13], 13);
    let data = if chance.happens(0.12) {
        (1, 0)
    } else if bands == 3 {
        (0, 0)
    } else {
        (0, 1 + usize::from(progress > 0.5))
    };
    let n_epochs = n_steps(chance, &span, N_EPOCHS);
    let progress_said = timeline::progress(&span, n_epochs, N_EPOCHS);
    RunPlan {
        name: format!("{}-{place:04}", MODELS.get(model).copied().unwrap_or("run")),
        experiment: if bands == 3 { 2 } else { usize::from(model > 0) },
        code: (0, (progress * 3.99) as usize),
        data,
        model,
        person: chance.pick(&[0, 1, 1, 2], 1),
        status: span.status,
        age: span.age,
        wait: span.wait,
        duration: span.duration,
        parameters: vec![
            ("learning_rate", rate.to_string()),
            ("batch_size", chance.pick(&["128", "256", "512"], "256").to_owned()),
            ("optimizer", chance.pick(&["adamw", "adamw", "sgd"], "adamw").to_owned()),
            ("weight_decay", chance.pick(&["0.01", "0.05", "0.1"], "0.05").to_owned()),
            ("epochs", N_EPOCHS.to_string()),
            ("bands", bands.to_string()),
            ("augmentation", chance.pick(&["flip", "flip+mixup", "randaugment"], "flip").to_owned()),
            ("nodes", chance.pick(&["1", "2", "4"], "1").to_owned()),
        ],
        metrics: metrics(chance, model, rate, bands, n_epochs).into_iter().chain(progress_said).collect(),
        tags: tags(chance, span.status),
        artifacts: if span.status == RunStatus::Finished { artifacts() } else { Vec::new() },
    }
}

/// Curves that fall and rise as they do; too high a learning rate ends in NaN now and then.
fn metrics(
    chance: &mut Chance,
    model: usize,
    rate: f64,
    bands: usize,
    n_epochs: usize,
) -> Vec<(&'static str, Vec<f64>)> {
    if n_epochs == 0 {
        return Vec::new();
    }
    let best = 0.955 + [0.0, 0.016, 0.012].get(model).copied().unwrap_or(0.0)
        - if bands == 3 { 0.02 } else { 0.0 }
        - 0.01 * (rate / 3e-4).log10().abs()
        + 0.003 * chance.noise();
    let speed = chance.between(4.0, 9.0);
    let diverges_at = (rate >= 3e-3 && chance.happens(0.25)).then(|| 5 + chance.place(20));
    let mut train_loss = Vec::new();
    let mut validation_loss = Vec::new();
    let mut accuracy = Vec::new();
    let mut gpu = Vec::new();
    for epoch in 0..n_epochs {
        let learned = 1.0 - (-(epoch as f64 + 1.0) / speed).exp();
        let lost = diverges_at.is_some_and(|at| epoch >= at);
        let loss = 2.3 * (1.0 - learned) + 0.06 + 0.02 * chance.noise() * (1.2 - learned);
        train_loss.push(if lost { f64::NAN } else { loss });
        validation_loss.push(if lost {
            f64::NAN
        } else {
            loss + 0.05 + 0.04 * learned + 0.02 * chance.noise()
        });
        accuracy.push(if lost {
            0.1
        } else {
            (best * (0.35 + 0.65 * learned) + 0.006 * chance.noise()).min(0.999)
        });
        gpu.push((91.0 + 4.0 * chance.noise()).clamp(0.0, 100.0));
    }
    let images = chance.between(900.0, 1500.0) / (1.0 + model as f64 * 0.4);
    let throughput = (0..n_epochs).map(|_| images + 30.0 * chance.noise()).collect();
    vec![
        ("train/loss", train_loss),
        ("val/loss", validation_loss),
        ("val/accuracy", accuracy),
        ("train/images_per_second", throughput),
        ("system/gpu_0_utilization_percentage", gpu),
    ]
}

fn tags(chance: &mut Chance, status: RunStatus) -> Vec<(&'static str, String)> {
    let mut tags = vec![
        ("mlflow.source.name", "landcover/train.py".to_owned()),
        ("mlflow.project.backend", "unicore".to_owned()),
        ("mlflow.project.entryPoint", "train".to_owned()),
    ];
    if status == RunStatus::Failed {
        let reason = chance.pick(
            &[
                "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.12 GiB",
                "slurmstepd: error: *** STEP 9041337.0 CANCELLED DUE TO TIME LIMIT ***",
                "RuntimeError: NCCL communicator was aborted on rank 2",
            ],
            "exit code 1",
        );
        tags.push(("failure.reason", reason.to_owned()));
    }
    tags
}

fn artifacts() -> Vec<(&'static str, String)> {
    vec![
        (
            "evaluation/per_class.csv",
            "class,precision,recall\nAnnualCrop,0.962,0.958\nForest,0.991,0.994\nHerbaceousVegetation,0.951,0.957\n\
             Highway,0.948,0.939\nIndustrial,0.982,0.979\nPasture,0.955,0.948\nPermanentCrop,0.934,0.931\n\
             Residential,0.988,0.992\nRiver,0.957,0.961\nSeaLake,0.995,0.993\n"
                .to_owned(),
        ),
        ("model/MLmodel", "flavors:\n  pytorch:\n    pytorch_version: 2.8.0\n    model_data: data\n".to_owned()),
        ("requirements.txt", "torch==2.8.0\ntimm==1.0.19\nmlflow==3.17.2\n".to_owned()),
    ]
}
