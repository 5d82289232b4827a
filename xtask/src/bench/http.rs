//! A client for HTTP/1.1 that does nothing but ask: what is measured is the server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(120);

/// A connection that stays open.
pub(super) struct Client {
    stream: BufReader<TcpStream>,
    port: u16,
    authorization: Option<String>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// As sent: compressed, if the server does that.
    pub(super) body: Vec<u8>,
}

impl Client {
    /// Connects to a server on this machine.
    ///
    /// # Errors
    /// When nobody listens.
    pub(super) fn connect(port: u16, token: Option<&str>) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n"));
        Ok(Self { stream: BufReader::new(stream), port, authorization })
    }

    /// Asks, and reads the answer whole.
    ///
    /// # Errors
    /// When the connection breaks, or no answer comes in two minutes.
    pub(super) fn send(&mut self, question: &Question) -> Result<Answer> {
        let Question { method, path, body } = question;
        let body = body.as_ref().map(Value::to_string).unwrap_or_default();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Encoding: gzip\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{}\r\n",
            self.port,
            body.len(),
            self.authorization.as_deref().unwrap_or_default()
        );
        self.stream.get_mut().write_all(&[head.as_bytes(), body.as_bytes()].concat())?;
        self.receive()
    }

    /// Asks what must be answered well; gives the answer's body as sent.
    ///
    /// # Errors
    /// As [`Client::send`], and when the answer is a refusal.
    pub(super) fn ask(&mut self, question: &Question) -> Result<Vec<u8>> {
        let Answer { status, body } = self.send(question)?;
        if status >= 300 {
            let text = String::from_utf8_lossy(&body).chars().take(300).collect::<String>();
            bail!("{} {}: {status} {text}", question.method, question.path);
        }
        Ok(body)
    }

    fn receive(&mut self) -> Result<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.context("this is no answer of HTTP")?;
        let (mut length, mut is_chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => is_chunked = value.contains("chunked"),
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        if is_chunked {
            self.chunks(&mut body)?;
        } else {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
        }
        Ok(Answer { status, body })
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> Result<()> {
        loop {
            let line = self.line()?;
            let length = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16)?;
            let begin = body.len();
            body.resize(begin + length, 0);
            self.stream.read_exact(body.get_mut(begin..).unwrap_or_default())?;
            self.line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}

/// What is asked.
#[derive(Clone)]
pub(super) struct Question {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) body: Option<Value>,
}

impl Question {
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), body: None }
    }

    pub(super) fn post(path: impl Into<String>, body: Value) -> Self {
        Self { method: "POST", path: path.into(), body: Some(body) }
    }
}
