//! Counts and times what happens, for Prometheus.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder as _};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};

const SECONDS: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 30.0];
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];
const METADATA: Metadata<'static> = Metadata::new("server", Level::INFO, None);

/// Counts and times what happens. All clones are one.
#[derive(Clone)]
pub struct Measures(Arc<PrometheusRecorder>);

impl fmt::Debug for Measures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Measures")
    }
}

impl Default for Measures {
    fn default() -> Self {
        // `set_buckets` refuses an empty list alone.
        let builder = PrometheusBuilder::new().set_buckets(SECONDS).unwrap_or_default();
        Self(Arc::new(builder.build_recorder()))
    }
}

impl Measures {
    /// Counts a request that was answered.
    pub fn count_request(&self, method: &str, path: &str, status: u16, elapsed: Duration) {
        // A client may invent methods; they must not become ever more labels.
        let method = if METHODS.contains(&method) { method } else { "other" }.to_owned();
        let labels = vec![Label::new("method", method), Label::new("path", path.to_owned())];
        let mut counted = labels.clone();
        counted.push(Label::new("status", status.to_string()));
        self.0.register_counter(&Key::from_parts("http_requests_total", counted), &METADATA).increment(1);
        let key = Key::from_parts("http_request_duration_seconds", labels);
        self.0.register_histogram(&key, &METADATA).record(elapsed.as_secs_f64());
    }

    /// Counts one more of something, such as `sign_in_failures_total`.
    pub fn count(&self, name: &'static str) {
        self.0.register_counter(&Key::from_name(KeyName::from(name)), &METADATA).increment(1);
    }

    /// Says how many of something there are, such as `connections`.
    pub fn set(&self, name: &'static str, n: usize) {
        #[allow(
            clippy::cast_precision_loss,
            reason = "a gauge is a double; nothing here counts beyond 2^53"
        )]
        self.0.register_gauge(&Key::from_name(KeyName::from(name)), &METADATA).set(n as f64);
    }

    /// Everything, in the text format of Prometheus.
    #[must_use]
    pub fn render(&self) -> String {
        let handle = self.0.handle();
        handle.run_upkeep();
        handle.render()
    }
}
