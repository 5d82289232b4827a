//! A picture.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::file::Shown;
use super::picture_kind::media_type;
use super::words::NothingToSee;
use crate::features::runs::detail::known::Known;
use crate::queries::{self, runs::FilePart};
use crate::ui::form::{Choice, Segmented};
use crate::ui::format::{bytes, integer};

/// The largest picture that is shown, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The picture, fitted into the page or in its own size.
#[component]
pub(super) fn Picture(file: Shown) -> impl IntoView {
    if file.size > LARGEST {
        let text = format!("Pictures of up to {} are shown here.", bytes(LARGEST));
        return view! { <NothingToSee file title="This picture is too large" text/> }.into_any();
    }
    let query =
        queries::runs::file_part(move || Some((file.project, file.run, file.path.get_value(), LARGEST)));
    let shown = move |part: Signal<Arc<FilePart>>| {
        move || match Address::of(&part.read()) {
            Some(address) => view! { <Image file address/> }.into_any(),
            None => view! { <NotAPicture file/> }.into_any(),
        }
    };
    view! { <Known query children=shown/> }.into_any()
}

/// An address under which this page alone knows the bytes; it ends with this value.
struct Address(String);

impl Address {
    /// `None` when the bytes are no picture.
    fn of(part: &FilePart) -> Option<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type(&part.bytes)?);
        let bytes = js_sys::Uint8Array::from(part.bytes.as_slice());
        let blob =
            Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&bytes), &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        // An address that is not revoked costs memory until the page is left.
        let _ = Url::revoke_object_url(&self.0);
    }
}

#[component]
fn Image(file: Shown, address: Address) -> impl IntoView {
    let is_actual = RwSignal::new(false);
    let size = RwSignal::new(None::<(u32, u32)>);
    let is_broken = RwSignal::new(false);
    let name = file.path.with_value(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
    let choices = vec![Choice::new(false, "Fit"), Choice::new(true, "Actual size")];
    let dimensions = move || {
        size.get().map(|(width, height)| {
            format!("{} × {} pixels", integer(u64::from(width)), integer(u64::from(height)))
        })
    };
    let source = address.0.clone();
    // Kept as long as the picture is on the page.
    let _address = StoredValue::new(address);
    view! {
        <Show when=move || !is_broken.get() fallback=move || view! { <NotAPicture file/> }>
            <div class="preview-tools">
                <Segmented label="Size of the picture" value=is_actual choices=choices.clone()/>
                <span class="muted small" role="status">{dimensions}</span>
            </div>
            <div class="preview-picture" data-actual=move || is_actual.get().then_some("true") tabindex="0" role="region" aria-label="The picture">
                <img
                    src=source.clone()
                    alt=name.clone()
                    on:load:target=move |event| size.set(Some((event.target().natural_width(), event.target().natural_height())))
                    on:error=move |_| is_broken.set(true)
                />
            </div>
        </Show>
    }
}

#[component]
fn NotAPicture(file: Shown) -> impl IntoView {
    let text = "The bytes are not those of a PNG, JPEG, GIF or WebP picture, or some are missing.";
    view! { <NothingToSee file title="This picture cannot be shown" text/> }
}
