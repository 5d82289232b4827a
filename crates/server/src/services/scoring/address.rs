//! Where an endpoint takes what is to be predicted.

use std::borrow::Cow;

use url::Url;

/// The address of an endpoint that speaks MLflow: `/invocations` where only its host is named.
pub(super) fn invocations(address: &str) -> Cow<'_, str> {
    match Url::parse(address) {
        Ok(mut url) if url.path() == "/" => {
            url.set_path("invocations");
            String::from(url).into()
        }
        // What is no address is refused where it is asked.
        Ok(_) | Err(_) => address.into(),
    }
}

/// The address of a model that speaks KServe v2; what it lacks of `/v2/models/{name}/infer` is added.
///
/// # Errors
/// When nobody says what the endpoint calls the model.
pub(super) fn infer<'a>(address: &'a str, model_name: Option<&str>) -> Result<Cow<'a, str>, String> {
    let Ok(mut url) = Url::parse(address) else { return Ok(address.into()) };
    let parts: Vec<String> = url.path().split('/').map(str::to_owned).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if parts.last() == Some(&"infer") {
        return Ok(address.into());
    }
    let names_model = parts.iter().rev().skip(1).any(|part| *part == "models");
    let missing: Vec<&str> = match (names_model, model_name) {
        (true, _) => vec!["infer"],
        (false, Some(name)) => {
            let known = if parts.last() == Some(&"v2") { 1 } else { 0 };
            ["v2", "models", name, "infer"].into_iter().skip(known).collect()
        }
        (false, None) => {
            return Err(
                "A KServe v2 endpoint wants to be told which model is asked. Enter its name, or an address that ends with /v2/models/{name}/infer, under Edit.".to_owned(),
            );
        }
    };
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(missing);
    }
    Ok(String::from(url).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_alone_is_completed() {
        for (address, expected) in [
            ("http://example.org", "http://example.org/invocations"),
            ("http://example.org/?key=a", "http://example.org/invocations?key=a"),
            ("http://example.org/score", "http://example.org/score"),
            ("no address", "no address"),
        ] {
            assert_eq!(invocations(address), expected);
        }
    }

    #[test]
    fn a_model_is_named_in_its_address() {
        for (address, expected) in [
            ("http://example.org", "http://example.org/v2/models/a%2Fb/infer"),
            ("http://example.org/v2/?key=a", "http://example.org/v2/models/a%2Fb/infer?key=a"),
            ("http://example.org/v2/models/rain", "http://example.org/v2/models/rain/infer"),
            (
                "http://example.org/v2/models/rain/versions/2/",
                "http://example.org/v2/models/rain/versions/2/infer",
            ),
            ("http://example.org/v2/models/rain/infer", "http://example.org/v2/models/rain/infer"),
            ("http://example.org/gateway", "http://example.org/gateway/v2/models/a%2Fb/infer"),
        ] {
            assert_eq!(infer(address, Some("a/b")).unwrap(), expected);
        }
        assert!(infer("http://example.org", None).is_err());
    }
}
