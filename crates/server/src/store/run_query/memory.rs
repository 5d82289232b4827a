//! Asks the columns in memory.

use models::query::Field;

use super::Projects;
use crate::store::{
    Store, StoreError,
    run_columns::{Budget, Names, Table},
};

impl Store {
    /// What `work` says of the runs of these projects, by the columns of these fields, with the names of what the values of
    /// some of them refer to. It holds up nobody: not who answers others, and no connection. So who asks must hold none
    /// either.
    pub(in crate::store) async fn ask_memory<T: Send + 'static>(
        &self,
        projects: &Projects,
        fields: &[Field],
        named: &[Field],
        work: impl FnOnce(&Table, &Names, &mut Budget) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let table = self.run_columns().open(self, projects, fields).await?;
        let names = Names::read(self, &table, named).await?;
        let work = move || work(&table, &names, &mut Budget::new());
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Unavailable)?
    }
}
