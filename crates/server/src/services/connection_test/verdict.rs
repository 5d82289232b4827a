//! What an answer of another system means to its owner. Nothing of the answer itself is told.

use hyper::StatusCode;
use models::connection::TestOutcome::{Ok, Reached, Refused, Unreachable};
use serde_json::Value;

use super::question::Verdict;
use crate::egress::Reply;

const TAKEN: Verdict = (Ok, "The system takes the credentials.");
const REFUSED: Verdict = (
    Refused,
    "The system refuses the credentials. Enter login name, password or token again; a token may have run out, or lack a right.",
);
const ELSEWHERE: Verdict =
    (Unreachable, "The system says that it is elsewhere now. Enter the address at which it is in the end.");
const NOTHING: Verdict =
    (Unreachable, "There is a server, but not such a system at this address. Check the path of the address.");
const BUSY: Verdict = (Unreachable, "The system is there, but cannot answer just now. Try again later.");
const ODD: Verdict = (Unreachable, "The server answers, but not as such a system does. Check the address.");

/// By the status alone.
pub(super) fn by_status(reply: &Reply) -> Verdict {
    match reply.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => REFUSED,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE => NOTHING,
        StatusCode::TOO_MANY_REQUESTS => BUSY,
        status if status.is_success() => TAKEN,
        status if status.is_redirection() => ELSEWHERE,
        status if status.is_server_error() => BUSY,
        _ => ODD,
    }
}

/// UNICORE may answer those whom it does not know too, but calls them anonymous.
pub(super) fn of_unicore(reply: &Reply) -> Verdict {
    if !reply.status.is_success() {
        return by_status(reply);
    }
    let Result::Ok(core) = serde_json::from_slice::<Value>(&reply.body) else { return ODD };
    match core.pointer("/client/role/selected").and_then(Value::as_str) {
        Some("anonymous") => REFUSED,
        Some(_) => TAKEN,
        None => ODD,
    }
}

/// A token endpoint answers a wrong secret with 400 or 401 (RFC 6749, section 5.2).
pub(super) fn of_token_endpoint(reply: &Reply) -> Verdict {
    if reply.status == StatusCode::BAD_REQUEST { REFUSED } else { by_status(reply) }
}

/// A host of git does not say whether it hides a repository or has none.
pub(super) fn of_repository(reply: &Reply) -> Verdict {
    const HIDDEN: Verdict = (
        Refused,
        "There is no such repository, or these credentials may not read it. Check its address, and the rights of the token.",
    );
    if reply.status == StatusCode::NOT_FOUND { HIDDEN } else { by_status(reply) }
}

/// A store tells a bucket in another region by a redirection or a bad request.
pub(super) fn of_bucket(reply: &Reply) -> Verdict {
    const NO_BUCKET: Verdict = (
        Unreachable,
        "The store takes the request, but has no such bucket. Check the bucket in the address.",
    );
    const REGION: Verdict = (
        Reached,
        "The store answers, but the bucket is in another region, so the credentials were not tried. Enter the address as \
         https://s3.<region>.amazonaws.com/<bucket>.",
    );
    const DENIED: Verdict = (
        Refused,
        "The store refuses: the access key or its secret is wrong, or may not look at this bucket.",
    );
    match reply.status {
        StatusCode::NOT_FOUND => NO_BUCKET,
        StatusCode::BAD_REQUEST => REGION,
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => DENIED,
        status if status.is_redirection() => REGION,
        _ => by_status(reply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::connection::TestOutcome;

    #[test]
    fn a_status_says_whether_the_credentials_were_taken() {
        for (status, expected) in [
            (200, Ok),
            (204, Ok),
            (301, Unreachable),
            (307, Unreachable),
            (400, Unreachable),
            (401, Refused),
            (403, Refused),
            (404, Unreachable),
            (429, Unreachable),
            (500, Unreachable),
            (503, Unreachable),
        ] {
            check(by_status, status, "", expected);
        }
        check(of_repository, 404, "", Refused);
        check(of_token_endpoint, 400, "", Refused);
        check(of_bucket, 301, "", Reached);
        check(of_bucket, 403, "", Refused);
    }

    #[test]
    fn unicore_may_answer_whom_it_does_not_know() {
        check(of_unicore, 200, r#"{"client": {"role": {"selected": "user"}}}"#, Ok);
        check(of_unicore, 200, r#"{"client": {"role": {"selected": "anonymous"}}}"#, Refused);
        check(of_unicore, 200, "<html>", Unreachable);
        check(of_unicore, 401, "", Refused);
    }

    #[track_caller]
    fn check(judge: fn(&Reply) -> Verdict, status: u16, body: &'static str, expected: TestOutcome) {
        let status = StatusCode::from_u16(status).unwrap();
        let reply = Reply { status, headers: hyper::HeaderMap::new(), created: None, body: body.into() };
        assert_eq!(judge(&reply).0, expected, "{status} {body}");
    }
}
