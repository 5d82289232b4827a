//! Links by which something is downloaded without signing in.

use serde::{Deserialize, Serialize};

/// Where something can be downloaded for a while. Whoever has the link may, as long as the person who asked for it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DownloadLink {
    /// An absolute address, good for ten minutes. It ends in the name of the file.
    pub url: String,
}
