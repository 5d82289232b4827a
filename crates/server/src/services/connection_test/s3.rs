//! S3 stores: whether the owner may look at a bucket. The request is signed (AWS signature version 4).

use std::time::Duration;

use hyper::Method;
use models::connection::ConnectionWithSecrets;
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use url::Url;

use super::question::Question;
use super::verdict;

/// How long the signature holds.
const LIFETIME: Duration = Duration::from_secs(60);

/// Asks for the head of the bucket that the address names: `https://<host>/<bucket>/…`.
pub(super) fn question(connection: &ConnectionWithSecrets, address: &Url) -> Result<Question, &'static str> {
    let login = connection.login_name.as_deref();
    let (Some(key), Some(secret)) = (login, &connection.password) else {
        return Err(
            "Enter the access key as login name and its secret as password, then try again: they are not stored.",
        );
    };
    let name = address.path_segments().and_then(|mut path| path.next()).filter(|name| !name.is_empty());
    let name = name
        .ok_or("Say which bucket to look at: enter its address, such as https://s3.example.org/weather.")?;
    let mut endpoint = address.clone();
    endpoint.set_path("/");
    endpoint.set_query(None);
    endpoint.set_fragment(None);
    let bucket = Bucket::new(endpoint, UrlStyle::Path, name.to_owned(), region(address).to_owned());
    let bucket = bucket.map_err(|_| "Enter an address such as https://s3.example.org/weather.")?;
    let credentials = Credentials::new(key, secret.expose());
    let url = bucket.head_bucket(Some(&credentials)).sign(LIFETIME);
    Ok(Question { method: Method::HEAD, judge: verdict::of_bucket, ..Question::get(url, None) })
}

/// The region that Amazon's hosts name; other stores know but one.
fn region(address: &Url) -> &str {
    let host = address.host_str().and_then(|host| host.strip_suffix(".amazonaws.com"));
    host.and_then(|host| host.strip_prefix("s3.")).filter(|region| !region.is_empty()).unwrap_or("us-east-1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_in_amazons_names() {
        let of = |address: &str| region(&Url::parse(address).unwrap()).to_owned();
        assert_eq!(of("https://s3.eu-central-1.amazonaws.com/weather"), "eu-central-1");
        assert_eq!(of("https://s3.amazonaws.com/weather"), "us-east-1");
        assert_eq!(of("https://minio.example.org:9000/weather"), "us-east-1");
    }
}
