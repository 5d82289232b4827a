//! The JSON of `models::data`.

use models::data::{DataPlatform, DataRepository, DataRepositoryPatch, NewDataRepository};
use serde_json::{Value, json};

use crate::support::{ID, OTHER_ID, is_mended, read, travels, with};

pub(crate) fn data_repository() -> Value {
    json!({
        "dataRepositoryId": ID, "dataRepositoryName": "ERA5", "uri": "https://github.com/weather/era5", "platform": "GitHub",
        "connectionId": null, "isDvcEnabled": false, "dvcConnectionId": null, "versions": null, "description": "",
        "labels": [], "createdAt": 1, "updatedAt": 2, "version": 1,
    })
}

#[test]
fn a_data_repository_has_all_keys_that_the_client_reads() {
    travels::<DataRepository>(data_repository());
    travels::<DataRepository>(with(
        data_repository(),
        json!({
            "platform": "Zenodo", "connectionId": ID, "isDvcEnabled": true, "dvcConnectionId": OTHER_ID,
            "versions": {"2024": "4f5c6d7"},
        }),
    ));
}

#[test]
fn a_body_of_the_older_client_makes_a_data_repository() {
    let repository: NewDataRepository = read(json!({
        "dataRepositoryName": "ERA5", "uri": "s3://bucket/era5", "accessToken": null, "description": "",
    }));
    assert_eq!(repository.platform(), DataPlatform::S3);
    assert_eq!(repository.access_token, None);
}

#[test]
fn the_address_suggests_the_platform() {
    for (uri, expected) in [
        ("https://gitlab.com/a", DataPlatform::GitLab),
        ("https://github.com/a", DataPlatform::GitHub),
        ("remote:/data", DataPlatform::Other),
    ] {
        assert_eq!(DataPlatform::suggested_by(uri), expected, "{uri}");
    }
}

#[test]
fn a_new_data_repository_may_be_under_dvc() {
    travels::<NewDataRepository>(json!({
        "dataRepositoryName": "ERA5", "uri": "https://github.com/weather/era5", "platform": "GitHub", "connectionId": ID,
        "isDvcEnabled": true, "dvcConnectionId": OTHER_ID, "versions": {"2024": "main"}, "description": "d", "labels": [ID],
    }));
}

#[test]
fn a_patch_removes_what_is_null() {
    travels::<DataRepositoryPatch>(json!({"connectionId": null, "dvcConnectionId": ID, "versions": null}));
    is_mended::<DataRepositoryPatch>(
        data_repository(),
        json!({
            "dataRepositoryName": "ERA5", "uri": "https://github.com/weather/era5", "platform": "GitHub",
            "connectionId": null, "isDvcEnabled": false, "dvcConnectionId": null, "versions": null, "description": "",
            "labels": [],
        }),
    );
}
