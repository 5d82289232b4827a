//! Container images of saved models.

use std::collections::HashMap;
use std::fmt::Write as _;

use models::{
    id::{ProjectId, SavedModelId},
    model::{ImageArchive, ModelStatus, SavedModel},
    time::UnixMillis,
};

use super::{Connection, Sql, Store, StoreError, owned};
use crate::blobs::Blob;

impl Store {
    /// Notes that an image of a saved model is wanted anew, and who is asked to build it waits for.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when it cannot be asked for now.
    pub async fn request_image(&self, project: ProjectId, model: SavedModelId) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let found = owned::without_runs::<SavedModel>(connection, project, model).await?;
                if let Some(reason) = found.status.why_not_build() {
                    return Err(StoreError::Conflict(reason.to_owned()));
                }
                set_status(connection, project, model, &ModelStatus::Pending).await
            })
        })
        .await
    }

    /// Keeps what was uploaded as the image of a saved model, in place of what was there before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]
    pub async fn put_image(
        &self,
        project: ProjectId,
        model: SavedModelId,
        image: Blob,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                owned::without_runs::<SavedModel>(connection, project, model).await?;
                let sql = Sql::new(
                    "INSERT INTO model_images (saved_model_id, sha256, size, uploaded_at) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (saved_model_id) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, \
                     uploaded_at = excluded.uploaded_at",
                )
                .with(model)
                .with(image.sha256)
                .with(i64::try_from(image.size).unwrap_or(i64::MAX))
                .with(crate::clock::now());
                connection.execute(sql).await?;
                set_status(connection, project, model, &ModelStatus::Successful).await
            })
        })
        .await
    }

    /// The image of a saved model.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when there is no image yet.
    pub async fn image(
        &self,
        project: ProjectId,
        model: SavedModelId,
    ) -> Result<(SavedModel, Blob), StoreError> {
        let found: SavedModel = self.owned(project, model).await?;
        if let Some(reason) = found.status.why_not_download() {
            return Err(StoreError::Conflict(reason.to_owned()));
        }
        let sql = Sql::new("SELECT sha256, size FROM model_images WHERE saved_model_id = $1").with(model);
        let row = self.read().await?.fetch_one(sql).await?;
        let size = row.get::<i64>("size")?;
        Ok((found, Blob { sha256: row.get("sha256")?, size: size.unsigned_abs() }))
    }
}

/// An image as it was uploaded.
pub(super) struct Uploaded {
    image: Blob,
    at: UnixMillis,
}

impl Uploaded {
    /// The image as that of a model of this name.
    pub(super) fn named(&self, model: &str) -> ImageArchive {
        let mut sha256 = String::with_capacity(64);
        for byte in &self.image.sha256 {
            // Writing to a text cannot fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        ImageArchive {
            file_name: ImageArchive::name_for(model),
            size: self.image.size,
            sha256,
            uploaded_at: self.at,
        }
    }
}

/// What was uploaded last as the image of each of these models.
pub(super) async fn of_models(
    connection: &mut Connection,
    models: Vec<SavedModelId>,
) -> Result<HashMap<SavedModelId, Uploaded>, StoreError> {
    let mut found = HashMap::new();
    if models.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(
        "SELECT saved_model_id, sha256, size, uploaded_at FROM model_images WHERE saved_model_id IN (",
    );
    sql.push_list(models).push(")");
    for row in connection.fetch_all(sql).await? {
        let size = row.get::<i64>("size")?.unsigned_abs();
        let image = Blob { sha256: row.get("sha256")?, size };
        found.insert(row.get("saved_model_id")?, Uploaded { image, at: row.get("uploaded_at")? });
    }
    Ok(found)
}

async fn set_status(
    connection: &mut Connection,
    project: ProjectId,
    model: SavedModelId,
    status: &ModelStatus,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE saved_models SET status = $1, updated_at = $2, version = version + 1 WHERE saved_model_id = $3",
    )
    .with(status.as_str())
    .with(crate::clock::now())
    .with(model);
    connection.execute(sql).await?;
    owned::publish(connection, project);
    Ok(())
}
