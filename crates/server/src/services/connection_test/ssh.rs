//! SSH: whether there is such a server. Key and password are not tried: that would need a client of SSH.

use models::connection::{ConnectionTest, TestOutcome};
use url::Url;

use super::ask::{told, unreached};
use crate::egress::{Egress, HostPort};
use crate::error::Error;

/// The ports at which SSH is looked for.
const PORTS: [u16; 2] = [22, 2222];

/// Connects, and looks at the first words of the other end.
pub(super) async fn test(egress: &Egress, address: Option<&str>) -> Result<ConnectionTest, Error> {
    let Some(address) = address else {
        let reason =
            "Say where the machine is: enter an address such as ssh://login.example.org, then try again.";
        return Ok(told(TestOutcome::NotSupported, reason, None));
    };
    let place = place(address)
        .ok_or_else(|| Error::invalid("uri", "enter an address such as ssh://login.example.org"))?;
    if !PORTS.contains(&place.port) && !egress.is_allowed(&place) {
        return Err(Error::invalid(
            "uri",
            "this port is not asked; the operator of this server can allow it with --allow-egress",
        ));
    }
    let host = Some(place.to_string());
    match egress.banner(&place).await {
        Ok(words) if words.starts_with(b"SSH-") => Ok(told(
            TestOutcome::Reached,
            "There is an SSH server. Whether it takes the credentials was not tried: this server only knocks at the door.",
            host,
        )),
        Ok(_) => Ok(told(
            TestOutcome::Unreachable,
            "Something answers, but it is no SSH server. Check the port.",
            host,
        )),
        Err(error) => unreached(error, host),
    }
}

fn place(address: &str) -> Option<HostPort> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == "ssh")?;
    format!("{}:{}", url.host_str()?, url.port().unwrap_or(22)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_usual_port() {
        let check = |address, expected: Option<&str>| {
            assert_eq!(place(address).map(|place| place.to_string()).as_deref(), expected, "{address}");
        };
        check("ssh://login.example.org", Some("login.example.org:22"));
        check("ssh://ann@login.example.org:2222/home", Some("login.example.org:2222"));
        check("ssh://127.1", Some("127.0.0.1:22"));
        check("ssh://[::1]:22", Some("[::1]:22"));
        check("https://login.example.org", None);
    }
}
