//! Connections that come too many, say too little or too much.

use crate::support::{TestApp, on_each_database};
use server::serve::{Limits, serve};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

const REQUEST: &str = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn a_connection_that_says_too_little_is_closed() {
    on_server(Limits::default(), |server| async move {
        // Each with the time after which it must be gone at the latest, in seconds.
        let cases =
            [("", 6), ("G", 11), ("GET /health HTTP/1.1\r\nHost: loc", 11), ("GET /health HTTP/1.1\r\n", 11)];
        let server = &server;
        let closings = cases.map(|(text, seconds)| async move {
            let start = Instant::now();
            let mut stream = server.say(text).await;
            let mut rest = Vec::new();
            timeout(Duration::from_secs(seconds), stream.read_to_end(&mut rest))
                .await
                .map(drop)
                .map_err(|_| text)?;
            Ok::<_, &str>((start.elapsed(), rest.is_empty() || rest.starts_with(b"HTTP/1.1 408")))
        });
        for closing in futures_util::future::join_all(closings).await {
            let (elapsed, silent) =
                closing.unwrap_or_else(|text| panic!("{text:?} keeps the connection open"));
            assert!(silent && elapsed >= Duration::from_secs(4), "{elapsed:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn dripping_headers_do_not_buy_time() {
    on_server(Limits::default(), |server| async move {
        let mut stream = server.say("GET /health HTTP/1.1\r\n").await;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(14) {
            sleep(Duration::from_millis(500)).await;
            if stream.write_all(b"X-Drip: 1\r\n").await.is_err() {
                return;
            }
        }
        panic!("the connection is still open");
    })
    .await;
}

#[tokio::test]
async fn headers_are_limited_in_size_and_number() {
    on_server(Limits::default(), |server| async move {
        let many = |n: usize| (0..n).map(|n| format!("X-{n}: 1\r\n")).collect::<String>();
        let with = |headers: &str| {
            format!("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
        };
        assert_eq!(server.ask(&with(&many(98))).await, "204");
        assert_eq!(server.ask(&with(&many(99))).await, "431");
        let long = |n: usize| format!("X-Long: {}\r\n", "x".repeat(n));
        assert_eq!(server.ask(&with(&long(15_000))).await, "204");
        assert_eq!(server.ask(&with(&long(17_000))).await, "431");
    })
    .await;
}

#[tokio::test]
async fn requests_that_two_readers_could_read_differently_are_refused() {
    on_server(Limits::default(), |server| async move {
        for request in [
            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n  folded\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX A: 1\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
            "\u{1}\u{2}\u{3}\r\n\r\n",
        ] {
            let status = server.ask(request).await;
            assert!(matches!(status.as_str(), "400" | "501" | ""), "{status} for {request:?}");
        }
        let status = server.ask("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
        assert!(matches!(status.as_str(), "404" | "405"), "{status}");
    })
    .await;
}

#[tokio::test]
async fn who_finds_no_place_is_hung_up_on() {
    on_server(Limits { connections: 2, per_address: 64 }, |server| async move {
        let (first, second) = (server.say("G").await, server.say("G").await);
        sleep(Duration::from_millis(100)).await;
        assert_eq!(server.ask(REQUEST).await, "");
        drop((first, second));
        for _ in 0..100 {
            if server.ask("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await
                == "204"
            {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("the places were not given back");
    })
    .await;
}

#[tokio::test]
async fn an_answer_under_way_is_given_before_the_server_ends() {
    on_server(Limits::default(), |mut server| async move {
        let head = "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
        let mut under_way = server.say(head).await;
        let mut idle = server.say(REQUEST).await;
        sleep(Duration::from_millis(200)).await;
        server.app.state.shutdown().cancel();
        sleep(Duration::from_millis(200)).await;
        assert!(TcpStream::connect(server.address).await.is_err(), "new connections are refused");
        under_way.write_all(b"{}").await.unwrap();
        assert_eq!(status(&mut under_way).await, "422");
        idle.read_to_end(&mut Vec::new()).await.unwrap();
        timeout(Duration::from_secs(5), server.task.take().unwrap()).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_server_answers_many_at_once() {
    on_server(Limits::default(), |server| async move {
        let request = "GET /api/setup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let statuses = futures_util::future::join_all((0..100).map(|_| server.ask(request))).await;
        assert!(statuses.iter().all(|status| status == "200"), "{statuses:?}");
    })
    .await;
}

/// A server on a port of its own.
struct Server {
    app: TestApp,
    address: SocketAddr,
    task: Option<JoinHandle<()>>,
}

impl Server {
    /// Opens a connection and says `text`.
    async fn say(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// The status of the answer to a request; nothing when there is none.
    async fn ask(&self, request: &str) -> String {
        status(&mut self.say(request).await).await
    }
}

async fn status(stream: &mut TcpStream) -> String {
    let mut answer = vec![0; 12];
    // Who is hung up on reads nothing, or an error.
    let read = timeout(Duration::from_secs(12), stream.read_exact(&mut answer)).await;
    if read.is_ok_and(|read| read.is_ok()) {
        String::from_utf8_lossy(&answer[9..]).into_owned()
    } else {
        String::new()
    }
}

async fn on_server<F: Future<Output = ()>>(limits: Limits, test: impl Fn(Server) -> F) {
    on_each_database(|store| async {
        let app = TestApp::new(store, |_| ());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(serve(listener, app.router.clone(), limits, app.state.shutdown().clone()));
        test(Server { app, address, task: Some(task) }).await;
    })
    .await;
}
