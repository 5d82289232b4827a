//! Saves a chart as a file.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement,
    Url,
};

use super::inks::{Inks, clear};
use super::line_file;
use super::paint::{broken, picture};
use super::rows;
use super::scene::Scene;
use super::state::ChartState;
use super::svg::Picture;
use super::tools::tool;

/// The room for the title and for each line of names, in CSS pixels.
const TITLE: f64 = 28.0;
const NAME: f64 = 18.0;

/// Every sample as comma-separated values.
pub(super) fn csv(state: ChartState) {
    let text = rows::csv(&state.gathered.get_untracked(), &state.axis.read_untracked().label);
    self::text(&text, "text/csv", &state.title.get_untracked(), "csv");
}

/// Gives `text` of a media type to the person as `<title>.<extension>`.
pub(super) fn text(text: &str, media_type: &str, title: &str, extension: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("{media_type};charset=utf-8"));
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options) {
        save(&blob, title, extension);
    }
}

/// The buttons that download a picture, drawn anew each time, as `<title>.svg` and as `<title>.png`.
pub(super) fn picture_tools(
    drawn: impl Fn() -> Option<Picture> + Clone + 'static,
    title: impl Fn() -> String + Clone + 'static,
) -> impl IntoView {
    let (again, named) = (drawn.clone(), title.clone());
    let svg = move || {
        if let Some(picture) = drawn() {
            text(&picture.text_of(), "image/svg+xml", &title(), "svg");
        }
    };
    let png = move || {
        if let Some(picture) = again() {
            // A picture that the browser cannot read is not saved.
            let _ = raster(&picture, named());
        }
    };
    view! {
        {tool("SVG", "Download the picture", svg)}
        {tool("PNG", "Download the picture in pixels", png)}
    }
}

/// Has the browser paint a picture, twice as fine as on a usual screen, and saves it.
fn raster(picture: &Picture, title: String) -> Result<(), JsValue> {
    const FINE: f64 = 2.0;
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let text = js_sys::Array::of1(&picture.text_of().into());
    let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&text, &options)?)?;
    let image = HtmlImageElement::new()?;
    let (width, height) = (picture.width * FINE, picture.height * FINE);
    let (loaded, address) = (image.clone(), url.clone());
    let paint = move || -> Result<(), JsValue> {
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
        let context =
            canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into::<CanvasRenderingContext2d>()?;
        context.draw_image_with_html_image_element_and_dw_and_dh(&loaded, 0.0, 0.0, width, height)?;
        save_canvas(&canvas, title);
        Url::revoke_object_url(&address)
    };
    // What cannot be painted is not saved.
    let ready = Closure::once_into_js(move || drop(paint()));
    image.set_onload(Some(ready.unchecked_ref()));
    image.set_src(&url);
    Ok(())
}

fn save_canvas(canvas: &HtmlCanvasElement, title: String) {
    let done = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save(&blob, &title, "png");
        }
    });
    // A picture that the browser cannot encode is not saved.
    let _ = canvas.to_blob(done.unchecked_ref());
}

/// The picture as lines and letters, whatever the theme.
pub(super) fn svg(state: ChartState) {
    let Some(scene) = state.scene.get_untracked() else { return };
    let (title, label) = (state.title.get_untracked(), state.axis.read_untracked().label.clone());
    let picture = line_file::svg(&scene, &state.gathered.get_untracked(), &title, &label);
    text(&picture.text_of(), "image/svg+xml", &title, "svg");
}

/// The picture as shown, with its title and the names of its lines.
pub(super) fn png(state: ChartState) {
    let (Some(shown), Some(scene)) = (state.lines.get_untracked(), state.scene.get_untracked()) else {
        return;
    };
    let canvas = document().create_element("canvas").ok().and_then(|element| element.dyn_into().ok());
    let Some(canvas): Option<HtmlCanvasElement> = canvas else { return };
    let names = state.gathered.read_untracked().series.len() as f64 * NAME;
    let (width, height) = (scene.sight.width, scene.sight.height + TITLE + names + NAME);
    let Some(context) = clear(&canvas, width, height) else { return };
    let inks = Inks::of(&shown);
    context.set_fill_style_str(&inks.ground);
    context.fill_rect(0.0, 0.0, width, height);
    if compose(state, &context, &scene, &inks).is_ok() {
        save_canvas(&canvas, state.title.get_untracked());
    }
}

fn compose(
    state: ChartState,
    context: &CanvasRenderingContext2d,
    scene: &Scene,
    inks: &Inks,
) -> Result<(), JsValue> {
    let gathered = state.gathered.get_untracked();
    context.set_font(&inks.font);
    context.set_fill_style_str(&inks.text);
    context.set_text_baseline("middle");
    context.fill_text(&state.title.get_untracked(), 12.0, TITLE / 2.0)?;
    context.save();
    context.translate(0.0, TITLE)?;
    picture(context, scene, &gathered, inks, None);
    context.restore();
    let below = TITLE + scene.sight.height;
    context.set_font(&inks.font);
    context.set_text_baseline("middle");
    context.set_text_align("right");
    context.set_fill_style_str(&inks.text);
    context.fill_text(&state.axis.read_untracked().label, scene.area.right, below + NAME / 2.0)?;
    context.set_text_align("left");
    for (number, series) in gathered.series.iter().enumerate() {
        let y = below + (number as f64 + 0.5) * NAME;
        context.set_stroke_style_str(series.colour.on(inks.dark));
        context.set_line_width(3.0);
        broken(context, series.dash);
        context.begin_path();
        context.move_to(12.0, y);
        context.line_to(26.0, y);
        context.stroke();
        context.set_fill_style_str(&inks.text);
        context.fill_text(&series.name, 32.0, y)?;
    }
    Ok(())
}

/// Gives `blob` to the person as `<title>.<extension>`.
fn save(blob: &Blob, title: &str, extension: &str) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&url);
        link.set_download(&format!("{}.{extension}", title.replace(['/', '\\', ':'], "-")));
        link.click();
    }
    // An address that is not revoked costs memory until the page is left.
    let _ = Url::revoke_object_url(&url);
}
