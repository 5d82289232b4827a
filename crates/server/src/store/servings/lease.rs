//! Which server sees to a serving.

use models::id::DeploymentId;
use uuid::Uuid;

use super::record::{SELECT, ServingRecord, read};
use crate::store::jobs::lease_end;
use crate::store::{Sql, Store, StoreError, Tender};

impl Store {
    /// Ends the leases of earlier starts, where no other server can be at work: SQLite admits one at a time.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn void_serving_leases(&self, tender: Tender) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if connection.is_postgres() {
                    return Ok(());
                }
                let sql = Sql::new(
                    "UPDATE servings SET lease_until = 0 WHERE state <> 'ended' AND lease_owner <> $1",
                );
                connection.execute(sql.with(tender.owner)).await.map(drop)
            })
        })
        .await
    }

    /// What a server is to see to: what it was asked to serve, and takes over what nobody sees to of its place.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn servings_to_tend(&self, tender: Tender) -> Result<Vec<ServingRecord>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE s.state <> 'ended' AND s.place = ").bind(tender.place);
        sql.push(" AND (s.lease_owner = ").bind(tender.owner);
        sql.push(" OR s.lease_until < ").bind(crate::clock::now()).push(") ORDER BY s.deployment_id");
        let rows = self.read().await?.fetch_all(sql).await?;
        let found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if found.iter().all(|serving| serving.lease_owner == tender.owner) {
            return Ok(found);
        }
        self.write(move |connection| {
            Box::pin(async move {
                let mut own = Vec::new();
                for serving in found {
                    let sql = Sql::new(
                        "UPDATE servings SET lease_owner = $1, lease_until = $2 WHERE deployment_id = $3 \
                         AND lease_owner = $4 AND (lease_owner = $1 OR lease_until < $5) AND state <> 'ended'",
                    );
                    let sql = sql.with(tender.owner).with(lease_end()).with(serving.deployment_id);
                    let sql = sql.with(serving.lease_owner).with(crate::clock::now());
                    if connection.execute(sql).await? == 1 {
                        own.push(ServingRecord { lease_owner: tender.owner, ..serving });
                    }
                }
                Ok(own)
            })
        })
        .await
    }

    /// Makes the leases of a server last for these deployments.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn renew_serving_leases(
        &self,
        owner: Uuid,
        deployments: Vec<DeploymentId>,
    ) -> Result<(), StoreError> {
        if deployments.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new("UPDATE servings SET lease_until = ");
        sql.bind(lease_end()).push(" WHERE lease_owner = ").bind(owner);
        sql.push(" AND deployment_id IN (").push_list(deployments).push(")");
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// Ends the leases of a server that goes.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn release_serving_leases(&self, owner: Uuid) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE servings SET lease_until = 0 WHERE lease_owner = $1").with(owner);
        self.write(|connection| Box::pin(async move { connection.execute(sql).await.map(drop) })).await
    }

    /// The attempts in a place that are not over: the deployment of each, and its number.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn live_servings(&self, place: Uuid) -> Result<Vec<(DeploymentId, u64)>, StoreError> {
        let mut sql = Sql::new(SELECT);
        sql.push(" WHERE s.state <> 'ended' AND s.place = ").bind(place);
        let rows = self.read().await?.fetch_all(sql).await?;
        rows.iter().map(|row| read(row).map(|serving| (serving.deployment_id, serving.attempt))).collect()
    }
}
