//! Adding one thing and seeing it, for programs that fill a server.

use models::code::{CodeRepository, NewCodeRepository};
use models::data::{DataRepository, NewDataRepository};
use models::deployment::{DeploymentInformation, NewDeployment};
use models::id::ProjectId;
use models::model::{ModelRepository, NewModelRepository, NewSavedModel, SavedModel};

use super::{Owned, read::without_runs};
use crate::store::{Store, StoreError};

macro_rules! creations {
    ($($(#[$doc:meta])* $function:ident($new:ident) -> $thing:ident;)+) => {
        impl Store {$(
            $(#[$doc])*
            ///
            /// # Errors
            /// As [`Store::add_owned`].
            pub async fn $function(&self, project: ProjectId, new: $new) -> Result<$thing, StoreError> {
                self.create_owned(project, new).await
            }
        )+}
    };
}

creations! {
    /// Adds a code repository to a project. Its `accessToken` is not looked at; it became a connection before.
    create_code_repository(NewCodeRepository) -> CodeRepository;
    /// Adds a data repository to a project. Its `accessToken` is not looked at; it became a connection before.
    create_data_repository(NewDataRepository) -> DataRepository;
    /// Adds the definition of a model to a project.
    create_model_repository(NewModelRepository) -> ModelRepository;
    /// Adds a saved model to a project. One that comes from a run lies in the run's artifacts.
    create_saved_model(NewSavedModel) -> SavedModel;
    /// Describes a deployment of a saved model. One whose machine answers already is running.
    create_deployment(NewDeployment) -> DeploymentInformation;
}

impl Store {
    async fn create_owned<T: Owned>(&self, project: ProjectId, new: T::New) -> Result<T, StoreError> {
        let ids = self.add_owned::<T>(project, None, vec![new], None).await?;
        let id = ids.first().copied().ok_or(StoreError::NotFound)?;
        without_runs(&mut self.read().await?, project, id).await
    }
}
