//! Another server, as this one asks it.

use server::egress::HostPort;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server on this machine that answers each request in the same way, and remembers them.
#[derive(Clone)]
pub(crate) struct Upstream {
    pub(crate) place: HostPort,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Upstream {
    /// Answers with `answer` as it is, and closes the connection.
    pub(crate) async fn new(answer: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::on(listener, answer, Duration::ZERO)
    }

    /// Answers with an empty body and this status.
    pub(crate) async fn with_status(status: u16) -> Self {
        Self::new(&format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n")).await
    }

    /// Answers on a listener, with `pause` before each byte.
    pub(crate) fn on(listener: TcpListener, answer: &str, pause: Duration) -> Self {
        let place = listener.local_addr().unwrap().to_string().parse().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (answer.to_owned(), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer_one(stream, answer.clone(), Arc::clone(&seen), pause));
            }
        });
        Self { place, requests }
    }

    /// The address of a path here.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.place)
    }

    /// What was asked; a connection without a request counts as an empty one.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn answer_one(mut stream: TcpStream, answer: String, seen: Arc<Mutex<Vec<String>>>, pause: Duration) {
    let place = {
        let mut seen = seen.lock().unwrap();
        seen.push(String::new());
        seen.len() - 1
    };
    let mut request = Vec::new();
    while !is_whole(&request) {
        let mut bytes = [0; 4096];
        match stream.read(&mut bytes).await {
            Ok(n_bytes) if n_bytes > 0 => request.extend_from_slice(&bytes[..n_bytes]),
            Ok(_) | Err(_) => return,
        }
    }
    seen.lock().unwrap()[place] = String::from_utf8_lossy(&request).into_owned();
    if pause.is_zero() {
        let _ = stream.write_all(answer.as_bytes()).await;
        return;
    }
    for byte in answer.bytes() {
        tokio::time::sleep(pause).await;
        if stream.write_all(&[byte]).await.is_err() {
            return;
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
