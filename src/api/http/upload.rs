//! Files that are sent. `fetch` does not tell how much has gone, so this asks by the older `XMLHttpRequest`.

use futures::channel::oneshot;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::address::on_server;
use crate::api::ApiError;

/// Ends the request when nobody waits for it any more.
struct EndOnDrop(XmlHttpRequest);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.set_onloadend(None);
        if let Ok(upload) = self.0.upload() {
            upload.set_onprogress(None);
        }
        // What has ended is not broken off by this.
        let _ = self.0.abort();
    }
}

/// Puts a file at `path`, however long that takes. `on_sent` hears how many of its bytes have gone.
///
/// # Errors
/// [`ApiError::Offline`] when the connection breaks; else as the server answers.
pub(crate) async fn upload(
    path: &str,
    kind: &str,
    file: &Blob,
    on_sent: impl Fn(u64) + 'static,
) -> Result<(), ApiError> {
    let request = EndOnDrop(XmlHttpRequest::new().map_err(|_| ApiError::Offline)?);
    let (ended, end) = oneshot::channel::<()>();
    let ended = Closure::once(move || {
        // Who waited may have gone.
        let _ = ended.send(());
    });
    let progress =
        Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| on_sent(whole(event.loaded())));
    send(&request.0, path, kind, file, &ended, &progress).map_err(|_| ApiError::Offline)?;
    end.await.map_err(|_| ApiError::Offline)?;
    outcome(&request.0)
}

fn send(
    request: &XmlHttpRequest,
    path: &str,
    kind: &str,
    file: &Blob,
    ended: &Closure<dyn FnMut()>,
    progress: &Closure<dyn Fn(ProgressEvent)>,
) -> Result<(), wasm_bindgen::JsValue> {
    request.open("PUT", &on_server(path))?;
    request.set_request_header("Accept", "application/json")?;
    request.set_request_header("Content-Type", kind)?;
    request.set_request_header("X-Requested-By", "console")?;
    request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
    request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    request.send_with_opt_blob(Some(file))
}

/// Without a status nothing was answered.
fn outcome(request: &XmlHttpRequest) -> Result<(), ApiError> {
    let text = || request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or_default() {
        0 => Err(ApiError::Offline),
        status @ 400.. => {
            let retry_after = request.get_response_header("retry-after").ok().flatten();
            let seconds = retry_after.and_then(|text| text.trim().parse().ok());
            Err(ApiError::from_answer(status, seconds, &text()))
        }
        _ => Ok(()),
    }
}

/// Counts of bytes come as doubles, and are below 2^53.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number that is not negative"
)]
fn whole(count: f64) -> u64 {
    count as u64
}
