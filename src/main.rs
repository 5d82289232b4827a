//! Starts the console in the browser.

use console::app::App;

fn main() {
    std::panic::set_hook(Box::new(|panic| report(&panic.to_string())));
    leptos::mount::mount_to_body(App);
}

/// Tells boot.js, which shows a page that needs no app: after a panic there is none.
fn report(message: &str) {
    leptos::logging::error!("{message}");
    let event = web_sys::CustomEvent::new("console:panic");
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        event.init_custom_event_with_can_bubble_and_cancelable_and_detail(
            "console:panic",
            false,
            false,
            &message.into(),
        );
        // Nobody can hear of a failure here.
        let _ = window.dispatch_event(&event);
    }
}
