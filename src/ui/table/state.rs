//! What a table knows of itself; all parts are handles.

use std::collections::HashMap;
use std::ops::Range;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::focus::{Bounds, Place};
use super::heads::{Head, heads};
use super::layout::{Content, Layout, Mounted};
use super::passing::Passing;
use super::window::Strip;
use super::{RowView, TableModel};
use crate::ui::id::unique_id;
use crate::ui::observe::{OnFrame, watch_size};

/// Assumed until the header is measured, in CSS pixels.
const ROW_HEIGHT: f64 = 32.0;

/// The measures of the element that scrolls, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measures {
    width: f64,
    height: f64,
    row_height: f64,
}

/// The state of one table.
#[derive(Clone, Copy)]
pub(super) struct TableState {
    pub(super) model: TableModel,
    pub(super) viewport: NodeRef<html::Div>,
    pub(super) top: RwSignal<f64>,
    pub(super) left: RwSignal<f64>,
    /// Whether rows are passing.
    pub(super) passing: Passing,
    pub(super) measures: RwSignal<Measures>,
    pub(super) widths: RwSignal<HashMap<String, f64>>,
    pub(super) active: RwSignal<Place>,
    /// Before which column, or behind the last, the one that is moved would come to stand.
    pub(super) drop_at: RwSignal<Option<usize>>,
    /// The place of the column whose menu was asked for last.
    pub(super) menu_of: RwSignal<Option<usize>>,
    pub(super) menu: NodeRef<html::Div>,
    menu_id: StoredValue<String>,
    pub(super) layout: Memo<Layout>,
    pub(super) strip: Memo<Strip>,
    pub(super) rows: Memo<Range<usize>>,
    pub(super) columns: Memo<Vec<Mounted>>,
    /// The heads of groups that are kept in view.
    pub(super) heads: Memo<Vec<Head>>,
    /// The row that each mounted row shows. They are signals one by one, so that scrolling by one row wakes
    /// what one row shows and not all that is mounted.
    pub(super) slots: RwSignal<Vec<ArcRwSignal<Option<usize>>>>,
}

impl TableState {
    pub(super) fn new(model: TableModel) -> Self {
        let (top, left) = (RwSignal::new(0.0), RwSignal::new(0.0));
        let measures = RwSignal::new(Measures { width: 0.0, height: 0.0, row_height: ROW_HEIGHT });
        let widths = RwSignal::new(HashMap::new());
        let layout =
            Memo::new(move |_| Layout::new(&model.columns.read(), &widths.read(), model.on_select.is_some()));
        let strip = Memo::new(move |_| {
            let Measures { height, row_height, .. } = measures.get();
            let kept = model.kept_rows.get();
            let view = (height - row_height * (kept + 1) as f64).max(0.0);
            Strip { rows: model.row_count.get().saturating_sub(kept), row_height, view }
        });
        Self {
            model,
            viewport: NodeRef::new(),
            top,
            left,
            passing: Passing::default(),
            measures,
            widths,
            active: RwSignal::new(Place { line: 1, column: usize::from(model.on_select.is_some()) }),
            drop_at: RwSignal::new(None),
            menu_of: RwSignal::new(None),
            menu: NodeRef::new(),
            menu_id: StoredValue::new(unique_id("column-menu")),
            layout,
            strip,
            rows: Memo::new(move |_| {
                let (kept, mounted) = (model.kept_rows.get(), strip.get().mounted(top.get()));
                mounted.start + kept..mounted.end + kept
            }),
            heads: Memo::new(move |_| {
                if !model.grouped.get() {
                    return Vec::new();
                }
                let kept = model.kept_rows.get();
                let within = |group: Range<usize>| group.start - kept..group.end - kept;
                let around = |row: usize| -> Vec<Range<usize>> {
                    model.groups_around.run(row + kept).into_iter().map(within).collect()
                };
                heads(&strip.get(), top.get(), around)
            }),
            columns: Memo::new(move |_| layout.read().mounted(left.get(), measures.get().width)),
            slots: RwSignal::new(Vec::new()),
        }
    }

    /// The id of the column at `place`, unless that is the one of the checkboxes.
    pub(super) fn column_id(self, place: usize) -> Option<String> {
        match &self.layout.read_untracked().columns.get(place)?.content {
            Content::Check => None,
            Content::Data { column, .. } => Some(column.id.clone()),
        }
    }

    /// Names the popover of the menu of columns.
    pub(super) fn menu_id(self) -> String {
        self.menu_id.try_get_value().unwrap_or_default()
    }

    /// Follows the size of the element that scrolls, the rows in view and the focused cell.
    pub(super) fn watch(self) {
        Effect::new(move || {
            if let Some(viewport) = self.viewport.get() {
                watch_size(&viewport, move || self.measure());
                // Rows are as high as the header, and that as people prefer.
                if let Some(header) = header(&viewport) {
                    watch_size(&header, move || self.measure());
                }
            }
        });
        Effect::new(move || self.fill_slots(&self.rows.read()));
        let tell = OnFrame::new(move || {
            let (rows, kept) = (self.rows.get_untracked(), self.model.kept_rows.get_untracked());
            self.model.on_visible.run(rows.start.saturating_sub(kept)..rows.end.saturating_sub(kept));
        });
        let refocus = OnFrame::new(move || self.place_focus());
        Effect::new(move || {
            self.rows.track();
            tell.ask();
        });
        Effect::new(move |before: Option<Option<usize>>| {
            let row = self.active.get().row();
            if let (Some(on_active), Some(row)) = (self.model.on_active, row)
                && before.is_some_and(|before| before != Some(row))
            {
                on_active.run(row);
            }
            row
        });
        Effect::new(move || {
            self.rows.track();
            self.columns.track();
            self.active.track();
            refocus.ask();
        });
    }

    /// Gives each row in `rows` to the slot whose number is what is left of its index when it is divided by
    /// the number of slots.
    fn fill_slots(self, rows: &Range<usize>) {
        let present = self.slots.read_untracked().len();
        if present < rows.len() {
            self.slots.update(|slots| slots.resize_with(rows.len(), || ArcRwSignal::new(None)));
        }
        let slots = self.slots.read_untracked();
        for (number, slot) in slots.iter().enumerate() {
            let index = rows.start + (number + slots.len() - rows.start % slots.len()) % slots.len();
            let index = rows.contains(&index).then_some(index);
            if *slot.read_untracked() != index {
                slot.set(index);
            }
        }
    }

    /// The row at `index` as it is now.
    pub(super) fn row(self, index: usize) -> RowView {
        untrack(|| self.model.row.run(index))
    }

    /// How far the focus may go now.
    pub(super) fn bounds(self) -> Bounds {
        let strip = self.strip.get_untracked();
        let page = strip.page().saturating_sub(self.heads.with_untracked(Vec::len)).max(1);
        let rows = strip.rows + self.model.kept_rows.get_untracked();
        Bounds { rows, columns: self.layout.read_untracked().columns.len(), page }
    }

    /// Takes over where the element is scrolled to.
    pub(super) fn follow_scroll(self) {
        if let Some(viewport) = self.viewport.get_untracked() {
            let (top, left) = (f64::from(viewport.scroll_top()), f64::from(viewport.scroll_left()));
            if self.top.get_untracked() != top {
                self.top.set(top);
                self.passing.note(left);
            }
            if self.left.get_untracked() != left {
                self.save_focus(&viewport, left);
                self.left.set(left);
                self.passing.note(left);
            }
        }
    }

    /// Makes `place` the focused cell and scrolls it into view.
    pub(super) fn go_to(self, place: Place) {
        let place = place.within(self.bounds());
        let Some(viewport) = self.viewport.get_untracked() else { return };
        let covered = |row: usize| untrack(|| self.model.groups_around.run(row)).len();
        let covered = place.row().map_or(0, covered);
        if let Some(row) = place.row().and_then(|row| row.checked_sub(self.model.kept_rows.get_untracked()))
            && let Some(top) =
                self.strip.get_untracked().scroll_to_show_below(covered, row, self.top.get_untracked())
        {
            viewport.set_scroll_top(top.round() as i32);
        }
        let width = self.measures.get_untracked().width;
        let left = self.left.get_untracked();
        if let Some(left) = self.layout.read_untracked().scroll_to_show(place.column, left, width) {
            viewport.set_scroll_left(left.round() as i32);
        }
        self.follow_scroll();
        self.active.set(place);
    }

    /// Goes to `place` and gives it the focus, wherever that was.
    pub(super) fn focus_on(self, place: Place) {
        self.go_to(place);
        if let Some(viewport) = self.viewport.get_untracked() {
            // The cell takes it over once it is mounted.
            focus(&viewport);
            request_animation_frame(move || self.place_focus());
        }
    }

    /// The mounted cell at `place`.
    pub(super) fn cell(self, place: Place) -> Option<HtmlElement> {
        let Place { line, column } = place;
        let selector = format!("[data-line=\"{line}\"] > [data-column=\"{column}\"]");
        self.viewport.get_untracked()?.query_selector(&selector).ok().flatten()?.dyn_into().ok()
    }

    /// Columns that leave the view leave the page; the browser's focus waits on the table meanwhile.
    fn save_focus(self, viewport: &HtmlElement, left: f64) {
        let focused = document().active_element().filter(|focused| viewport.contains(Some(focused)));
        let column = focused.and_then(|focused| focused.get_attribute("data-column")?.parse::<usize>().ok());
        let mounted = self.layout.read_untracked().mounted(left, self.measures.get_untracked().width);
        if column.is_some_and(|column| mounted.iter().all(|mounted| mounted.place != column)) {
            focus(viewport);
        }
    }

    fn measure(self) {
        let Some(viewport) = self.viewport.try_get_untracked().flatten() else { return };
        let row_height = header(&viewport).map_or(0.0, |header| header.get_bounding_client_rect().height());
        let measures = Measures {
            width: f64::from(viewport.client_width()),
            height: f64::from(viewport.client_height()),
            row_height: if row_height > 0.0 { row_height } else { ROW_HEIGHT },
        };
        let before = self.measures.get_untracked();
        if before == measures {
            return;
        }
        let row = self.strip.get_untracked().row_at(self.top.get_untracked());
        self.measures.set(measures);
        if before.row_height != measures.row_height {
            self.stay_at(&viewport, row);
        }
    }

    /// Scrolls back to the row at the top, counted with what is hidden of it, after rows have got another height.
    fn stay_at(self, viewport: &HtmlElement, row: f64) {
        let strip = self.strip.get_untracked();
        let body = viewport.query_selector(".table-body").ok().flatten();
        if let Some(body) = body.and_then(|body| body.dyn_into::<HtmlElement>().ok()) {
            // It gets this height by itself a moment later, which is too late to scroll there unseen.
            let _ = body.style().set_property("height", &format!("{}px", strip.body_height()));
        }
        viewport.set_scroll_top(strip.scroll_of_row(row).round() as i32);
        self.follow_scroll();
    }

    /// Keeps exactly one tab stop: the focused cell, or the whole table while that cell is not mounted.
    /// Rows are recycled, so the browser's focus is taken along to the element that shows the cell now.
    fn place_focus(self) {
        let Some(viewport) = self.viewport.try_get_untracked().flatten() else { return };
        let had_focus = document().active_element().is_some_and(|focused| {
            focused.is_same_node(Some(&viewport)) || is_cell(&focused) && viewport.contains(Some(&focused))
        });
        let place = self.active.get_untracked().within(self.bounds());
        let kept = self.model.kept_rows.get_untracked();
        let is_mounted = |row: usize| row < kept || self.rows.read_untracked().contains(&row);
        let cell = if place.row().is_none_or(is_mounted) { self.cell(place) } else { None };
        let stop: &HtmlElement = cell.as_ref().unwrap_or(&viewport);
        if stop.tab_index() != 0 {
            if let Ok(Some(old)) = viewport.query_selector("[data-column][tabindex=\"0\"]") {
                // Changing an attribute of an element that we hold cannot fail.
                let _ = old.set_attribute("tabindex", "-1");
            }
            viewport.set_tab_index(-1);
            stop.set_tab_index(0);
        }
        if had_focus && !document().active_element().is_some_and(|focused| focused.is_same_node(Some(stop))) {
            focus(stop);
        }
    }
}

fn header(viewport: &HtmlElement) -> Option<Element> {
    viewport.query_selector(".table-header").ok().flatten()
}

fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Focusing can only fail for an element without a document.
    let _ = element.focus_with_options(&options);
}

/// Whether the element is a cell itself, not something in it.
pub(super) fn is_cell(element: &Element) -> bool {
    element.has_attribute("data-column")
}
