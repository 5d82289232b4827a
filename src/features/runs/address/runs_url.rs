//! Reads and writes the query string of the table of runs.

use std::fmt;

use models::experiment::LifecycleStage;
use models::id::RunId;
use models::query::{Field, RunQuery, SortKey, parse};
use models::run_table::TableScope;
use models::run_view::RunTableSetup;
use models::sparkline::SparklinesRequest;

use super::list;
use crate::routes::{Route, percent};

/// How something is turned on.
const YES: &str = "1";

/// What the table of runs shows, as its URL tells it: only what differs from the usual is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RunsUrl {
    /// The filter as it was typed; it need not be readable.
    pub(crate) filter: String,
    /// The keys by which the runs are grouped, outermost first.
    pub(crate) group_by: Vec<Field>,
    /// The order; newest first when empty.
    pub(crate) sort: Vec<SortKey>,
    /// The columns, in order; `None` for the usual ones.
    pub(crate) columns: Option<Vec<Field>>,
    /// Whether columns that are the same in all runs that match are left out.
    pub(crate) only_differing: bool,
    /// Whether columns in which no run that matches has a value are left out.
    pub(crate) hide_empty: bool,
    /// Whether the runs in the bin are shown, and not those in use.
    pub(crate) in_bin: bool,
    /// The columns that stay in view at the left, beside the name.
    pub(crate) pinned: Vec<Field>,
    /// The widths that were chosen by hand, in CSS pixels.
    pub(crate) widths: Vec<(Field, u16)>,
    /// The metrics whose values are coloured by how good they are: each as the order that puts the best first.
    pub(crate) scales: Vec<SortKey>,
    /// The metrics whose course is drawn beside the last value, at most [`SparklinesRequest::MAX_KEYS`].
    pub(crate) sparklines: Vec<Field>,
    /// The runs that stay in view above the others, at most [`RunsUrl::MAX_KEPT`].
    pub(crate) kept: Vec<RunId>,
    /// The run by which others are measured.
    pub(crate) baseline: Option<RunId>,
}

impl RunsUrl {
    /// How many runs can stay in view, the baseline beside them.
    pub(crate) const MAX_KEPT: usize = RunTableSetup::MAX_KEPT;

    /// Reads what stands behind the `?`. A part that cannot be understood is as if it were not there.
    pub(crate) fn read(search: &str) -> Self {
        let mut url = Self::default();
        for pair in search.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(value) = percent::decode(value) else { continue };
            match name {
                "q" => url.filter = value,
                "group" => url.group_by = fields(&value, RunQuery::MAX_GROUPS),
                "sort" => url.sort = sort_keys(&value),
                "cols" => {
                    url.columns = Some(fields(&value, RunQuery::MAX_COLUMNS)).filter(|own| !own.is_empty())
                }
                "differ" => url.only_differing = value == YES,
                "filled" => url.hide_empty = value == YES,
                "bin" => url.in_bin = value == YES,
                "pin" => url.pinned = fields(&value, RunQuery::MAX_COLUMNS),
                "width" => url.widths = widths(&value),
                "scale" => url.scales = sort_keys(&value),
                "spark" => {
                    url.sparklines = fields(&value, SparklinesRequest::MAX_KEYS);
                    url.sparklines.retain(|field| matches!(field, Field::Metric(_)));
                }
                "keep" => url.kept = runs(&value),
                "base" => url.baseline = value.parse().ok(),
                _ => {}
            }
        }
        url
    }

    /// The filter that is applied: the empty one while what was typed cannot be read.
    pub(crate) fn readable_filter(&self) -> &str {
        if parse(&self.filter).is_ok() { self.filter.trim() } else { "" }
    }

    /// The runs that are shown.
    pub(crate) fn stage(&self) -> LifecycleStage {
        if self.in_bin { LifecycleStage::Deleted } else { LifecycleStage::Active }
    }

    /// The whole address, for links.
    pub(crate) fn href(&self, scope: TableScope) -> String {
        let query = self.to_string();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{query}", Route::table(scope))
    }
}

impl fmt::Display for RunsUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |fields: &[Field]| list::join(fields.iter().map(ToString::to_string));
        let yes = |is: bool| if is { YES.to_owned() } else { String::new() };
        let order = |key: &SortKey| format!("{}{}", if key.descending { "-" } else { "" }, key.field);
        let parts = [
            ("q", self.filter.clone()),
            ("group", names(&self.group_by)),
            ("sort", list::join(self.sort.iter().map(order))),
            ("cols", self.columns.as_deref().map(names).unwrap_or_default()),
            ("differ", yes(self.only_differing)),
            ("filled", yes(self.hide_empty)),
            ("bin", yes(self.in_bin)),
            ("pin", names(&self.pinned)),
            ("width", list::join(self.widths.iter().map(|(field, width)| format!("{field}:{width}")))),
            ("scale", list::join(self.scales.iter().map(order))),
            ("spark", names(&self.sparklines)),
            ("keep", list::join(self.kept.iter().map(|run| run.mlflow()))),
            ("base", self.baseline.map(RunId::mlflow).unwrap_or_default()),
        ];
        let written = parts.iter().filter(|(_, value)| !value.is_empty());
        for (place, (name, value)) in written.enumerate() {
            write!(formatter, "{}{name}={}", if place > 0 { "&" } else { "" }, percent::encode(value))?;
        }
        Ok(())
    }
}

/// The fields that can be understood, each once, at most `most`.
fn fields(text: &str, most: usize) -> Vec<Field> {
    let mut known = Vec::new();
    for field in list::split(text).iter().filter_map(|name| name.parse().ok()) {
        if !known.contains(&field) && known.len() < most {
            known.push(field);
        }
    }
    known
}

/// Fields with their widths, each once.
fn widths(text: &str) -> Vec<(Field, u16)> {
    let mut known: Vec<(Field, u16)> = Vec::new();
    for text in list::split(text) {
        if let Some((name, width)) = text.rsplit_once(':')
            && let (Ok(field), Ok(width)) = (name.parse(), width.parse())
            && known.iter().all(|(own, _)| *own != field)
            && known.len() < RunQuery::MAX_COLUMNS
        {
            known.push((field, width));
        }
    }
    known
}

/// Runs that can be understood, each once.
fn runs(text: &str) -> Vec<RunId> {
    let mut known = Vec::new();
    for run in list::split(text).iter().filter_map(|run| run.parse().ok()) {
        if !known.contains(&run) && known.len() < RunsUrl::MAX_KEPT {
            known.push(run);
        }
    }
    known
}

fn sort_keys(text: &str) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = Vec::new();
    for text in list::split(text) {
        let (name, descending) = text.strip_prefix('-').map_or((text.as_str(), false), |name| (name, true));
        if let Ok(field) = name.parse()
            && keys.iter().all(|key| key.field != field)
            && keys.len() < RunQuery::MAX_SORT_KEYS
        {
            keys.push(SortKey { field, descending });
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::query::Attribute;
    use proptest::prelude::*;

    #[test]
    fn the_usual_table_has_a_bare_url() {
        assert_eq!(RunsUrl::default().to_string(), "");
        assert_eq!(RunsUrl::read("").columns, None);
    }

    #[test]
    fn a_table_is_written_readably() {
        let url = RunsUrl {
            filter: "metrics.loss < 0.2".to_owned(),
            group_by: vec![Field::Attribute(Attribute::Data), Field::Attribute(Attribute::Code)],
            sort: vec![
                SortKey { field: Field::Metric("loss".to_owned()), descending: true },
                SortKey { field: Field::Attribute(Attribute::Name), descending: false },
            ],
            columns: Some(vec![
                Field::Attribute(Attribute::Status),
                Field::Parameter("batch size".to_owned()),
            ]),
            pinned: vec![Field::Attribute(Attribute::Status)],
            widths: vec![(Field::Metric("a:b".to_owned()), 90)],
            ..RunsUrl::default()
        };
        let text = "q=metrics.loss%20%3C%200.2&group=data,code&sort=-metrics.loss,name&cols=status,params.batch%20size&pin=status&width=metrics.a:b:90";
        assert_eq!(url.to_string(), text);
        assert_eq!(RunsUrl::read(text), url);
        assert_eq!(RunsUrl::read(&format!("?{text}")), url);
    }

    #[test]
    fn each_part_that_cannot_be_read_defaults_alone() {
        let url = RunsUrl::read("q=%FF&group=colour,data&sort=-,-duration,,duration&cols=&other=1&cols");
        assert_eq!(url.filter, "");
        assert_eq!(url.group_by, [Field::Attribute(Attribute::Data)]);
        assert_eq!(url.sort, [SortKey { field: Field::Attribute(Attribute::Duration), descending: true }]);
        assert_eq!(url.columns, None);
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_kept_but_not_applied() {
        let url = RunsUrl::read("q=metrics.loss%20%3C");
        assert_eq!((url.filter.as_str(), url.readable_filter()), ("metrics.loss <", ""));
    }

    #[test]
    fn a_url_with_too_many_keys_keeps_the_first() {
        let many: Vec<_> = (0..20).map(|n| format!("params.{n}")).collect();
        assert_eq!(RunsUrl::read(&format!("group={}", many.join(","))).group_by.len(), RunQuery::MAX_GROUPS);
    }

    fn field() -> impl Strategy<Value = Field> {
        prop_oneof![
            prop::sample::select(Attribute::all().collect::<Vec<_>>()).prop_map(Field::Attribute),
            ".{1,20}".prop_map(Field::Metric),
            ".{1,20}".prop_map(Field::Parameter),
            ".{1,20}".prop_map(Field::Tag),
        ]
    }

    fn distinct(most: usize) -> impl Strategy<Value = Vec<Field>> {
        prop::collection::btree_set(field(), 0..most).prop_map(|fields| fields.into_iter().collect())
    }

    proptest! {
        #[test]
        fn every_table_survives_its_url(
            filter: String,
            group_by in distinct(8),
            sort in distinct(8),
            descending: bool,
            columns in distinct(20),
            width: u16,
            kept in prop::collection::btree_set(any::<u128>(), 0..RunsUrl::MAX_KEPT),
        ) {
            let sort: Vec<_> = sort.into_iter().map(|field| SortKey { field, descending }).collect();
            let columns = Some(columns).filter(|columns| !columns.is_empty());
            let url = RunsUrl {
                filter,
                group_by,
                columns,
                only_differing: descending,
                hide_empty: !descending,
                in_bin: descending,
                pinned: sort.iter().map(|key: &SortKey| key.field.clone()).collect(),
                widths: sort.iter().map(|key: &SortKey| (key.field.clone(), width)).collect(),
                scales: sort.clone(),
                sparklines: sort.iter().map(|key| key.field.clone()).filter(|field| matches!(field, Field::Metric(_))).collect(),
                kept: kept.iter().map(|run| RunId(uuid::Uuid::from_u128(*run))).collect(),
                baseline: kept.iter().next().map(|run| RunId(uuid::Uuid::from_u128(*run))),
                sort,
            };
            prop_assert_eq!(RunsUrl::read(&url.to_string()), url);
        }

        #[test]
        fn any_text_can_be_read(search: String) {
            let url = RunsUrl::read(&search);
            prop_assert_eq!(RunsUrl::read(&url.to_string()), url);
        }
    }
}
