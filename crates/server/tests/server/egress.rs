//! The way out to other servers.

use crate::support::Upstream;
use hyper::{HeaderMap, Method};
use server::egress::{Egress, EgressError, HostPort, Limits, Outbound, Reply};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const LIMITS: Limits = Limits { total: Duration::from_secs(5), body: 1000 };

#[tokio::test]
async fn this_machine_is_not_asked_however_it_is_spelled() {
    let (listener, port) = listen_on_a_usual_port().await;
    let upstream = Upstream::on(listener, "HTTP/1.1 200 OK\r\n\r\n", Duration::ZERO);
    let egress = Egress::new(Vec::new());
    let hosts = [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.0.0.1.",
        "127.8.9.10",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:0:0:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "１２７.０.０.１",
        "127。0。0。1",
        "%31%32%37.0.0.1",
        "ｌｏｃａｌｈｏｓｔ",
    ];
    let asked = hosts.iter().map(|host| {
        let egress = egress.clone();
        async move {
            let result = get(&egress, &format!("http://{host}:{port}/")).await;
            assert_eq!(result, Err(EgressError::Failed), "{host}");
        }
    });
    futures_util::future::join_all(asked).await;
    assert_eq!(upstream.requests().len(), 0, "connections");
    let place: HostPort = format!("127.0.0.1:{port}").parse().unwrap();
    assert_eq!(egress.banner(&place).await, Err(EgressError::Failed));
    assert_eq!(upstream.requests().len(), 0, "connections");
    // The listener does answer who may ask.
    assert!(get(&Egress::new(vec![place]), &format!("http://127.1:{port}/")).await.is_ok());
}

#[tokio::test]
async fn networks_of_their_own_are_not_asked() {
    let egress = Egress::new(Vec::new());
    let asked =
        ["10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[fe80::1]", "100.64.0.1"];
    for host in asked {
        let start = Instant::now();
        assert_eq!(get(&egress, &format!("http://{host}/")).await, Err(EgressError::Failed), "{host}");
        assert!(start.elapsed() < Duration::from_secs(1), "{host} was tried");
    }
}

#[tokio::test]
async fn a_redirection_is_not_followed_and_its_place_not_told() {
    let inner = Upstream::with_status(200).await;
    for status in [301, 302, 303, 307, 308] {
        let answer =
            format!("HTTP/1.1 {status} X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", inner.url("/"));
        let upstream = Upstream::new(&answer).await;
        let egress = Egress::new(vec![upstream.place.clone(), inner.place.clone()]);
        let reply = get(&egress, &upstream.url("/")).await.unwrap();
        assert_eq!((reply.status.as_u16(), reply.headers.contains_key("location")), (status, false));
    }
    assert_eq!(inner.requests().len(), 0);
}

#[tokio::test]
async fn an_answer_that_drips_or_swells_is_given_up() {
    let drip = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = Upstream::on(listener, drip, Duration::from_millis(50));
    let limits = Limits { total: Duration::from_millis(400), ..LIMITS };
    let start = Instant::now();
    assert_eq!(fetch(&upstream, limits).await, Err(EgressError::Failed));
    assert!(start.elapsed() < Duration::from_secs(2));
    for head in ["", "Content-Length: 1001\r\n", "Transfer-Encoding: chunked\r\n"] {
        let body = if head.starts_with("Transfer") {
            format!("3e9\r\n{}\r\n0\r\n\r\n", "x".repeat(1001))
        } else {
            "x".repeat(1001)
        };
        let upstream = Upstream::new(&format!("HTTP/1.1 200 OK\r\n{head}\r\n{body}")).await;
        assert_eq!(fetch(&upstream, LIMITS).await, Err(EgressError::Failed), "{head}");
        assert!(fetch(&upstream, Limits { body: 1001, ..LIMITS }).await.is_ok(), "{head}");
        let unread = fetch(&upstream, Limits { body: 0, ..LIMITS }).await.unwrap();
        assert!(unread.body.is_empty(), "{head}");
    }
    for bomb in [format!("X: {}\r\n", "x".repeat(100_000)), "X: y\r\n".repeat(1000)] {
        let upstream = Upstream::new(&format!("HTTP/1.1 200 OK\r\n{bomb}\r\n")).await;
        assert_eq!(fetch(&upstream, LIMITS).await, Err(EgressError::Failed));
    }
}

#[tokio::test]
async fn only_what_is_meant_goes_out_and_comes_in() {
    let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nLink: x\r\nRefresh: 0\r\nContent-Security-Policy: x\r\n\
         Access-Control-Allow-Origin: *\r\nClear-Site-Data: *\r\nService-Worker-Allowed: /\r\nServer: x\r\n\
         Content-Type: text/html\r\nContent-Length: 2\r\n\r\nhi";
    let upstream = Upstream::new(answer).await;
    let reply = fetch(&upstream, LIMITS).await.unwrap();
    assert_eq!((&reply.body[..], reply.headers.len()), (b"hi".as_slice(), 1), "{:?}", reply.headers);
    let sent = &upstream.requests()[0];
    let expected = format!(
        "POST /path?a=b HTTP/1.1\r\nx-own: 1\r\nhost: {}\r\ncontent-length: 4\r\n\r\nbody",
        upstream.place
    );
    assert_eq!(sent, &expected);
}

#[tokio::test]
async fn all_failures_sound_alike() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let garbage = Upstream::new("SSH-2.0-x\r\n").await;
    let egress = Egress::new(vec![closed.to_string().parse().unwrap(), garbage.place.clone()]);
    for url in [
        format!("http://{closed}/"),
        garbage.url("/"),
        format!("https://{}/", garbage.place),
        "http://127.0.0.1/".to_owned(),
        "https://there-is-no-such-host.invalid/".to_owned(),
    ] {
        let error = get(&egress, &url).await.unwrap_err();
        assert_eq!(error.to_string(), "connection failed", "{url}");
    }
}

async fn get(egress: &Egress, url: &str) -> Result<Reply, EgressError> {
    let target = egress.target(url).unwrap_or_else(|error| panic!("{url}: {error}"));
    let (method, headers, body) = (Method::GET, HeaderMap::new(), "".into());
    egress.fetch(Outbound { method, target, headers, body }, LIMITS).await
}

async fn fetch(upstream: &Upstream, limits: Limits) -> Result<Reply, EgressError> {
    let egress = Egress::new(vec![upstream.place.clone()]);
    let target = egress.target(&upstream.url("/path?a=b#c")).unwrap();
    let headers = HeaderMap::from_iter([("x-own".parse().unwrap(), "1".parse().unwrap())]);
    egress.fetch(Outbound { method: Method::POST, target, headers, body: "body".into() }, limits).await
}

/// A listener on a port that may be asked, so that only its address keeps requests away.
async fn listen_on_a_usual_port() -> (TcpListener, u16) {
    for port in [9112, 9000, 8443, 8080] {
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
            return (listener, port);
        }
    }
    panic!("no usual port is free");
}
