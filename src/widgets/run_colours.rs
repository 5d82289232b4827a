//! The colour by which a run is known: the same in tables, on its page and in charts.

use std::fmt;
use std::str::FromStr;

use leptos::prelude::*;
use models::id::RunId;

use crate::ui::chart::{Colour, Dash, colour_of};
use crate::ui::{ColourPicker, Told, keep, kept};

/// Where the choices are kept.
const KEY: &str = "run-colours";
/// How many choices are kept; those of long ago make room for new ones.
const MOST: usize = 500;

/// The colours of runs. Each has one by its id; what somebody chose instead is kept by the browser. A handle.
#[derive(Clone, Copy)]
pub struct RunColours(Told<Chosen>);

impl RunColours {
    /// Takes up the choices of earlier visits.
    pub fn provide() {
        provide_context(Self(Told::new(read())));
    }

    /// Forgets who read them and is gone: to be called when a page is left.
    pub fn renew(self) {
        self.0.renew();
    }

    /// Those of the console.
    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self(Told::new(read())))
    }

    /// The colour of a run.
    pub fn of(self, run: RunId) -> Colour {
        self.chosen().colour(run)
    }

    /// What was chosen, to be read once for many runs.
    pub fn chosen(self) -> Chosen {
        self.0.get().unwrap_or_default()
    }

    /// Whether the colour of a run was chosen.
    pub fn is_chosen(self, run: RunId) -> bool {
        self.chosen().of(run).is_some()
    }

    /// Gives a run a colour, or back its own.
    pub fn choose(self, run: RunId, colour: Option<Colour>) {
        // Another tab may have chosen in the meantime.
        let chosen = read().with(run, colour);
        keep(KEY, Some(chosen.to_string()).as_deref().filter(|text| !text.is_empty()));
        self.0.set(chosen);
    }
}

/// The swatch of a run, with which its colour is chosen.
#[component]
pub fn RunColour(
    /// The run.
    run: RunId,
    /// What it is called.
    #[prop(into)]
    name: String,
    /// How its lines are broken.
    #[prop(optional, into)]
    dash: Signal<Dash>,
) -> impl IntoView {
    let colours = RunColours::current();
    view! {
        <ColourPicker
            of=name
            colour=Signal::derive(move || colours.of(run))
            dash
            is_chosen=Signal::derive(move || colours.is_chosen(run))
            on_choose=Callback::new(move |colour| colours.choose(run, colour))
        />
    }
}

fn own(run: RunId) -> Colour {
    let (high, low) = run.0.as_u64_pair();
    colour_of(high ^ low)
}

fn read() -> Chosen {
    kept(KEY).and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Which colours were chosen, the oldest choice first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen(Vec<(RunId, Colour)>);

impl Chosen {
    fn of(&self, run: RunId) -> Option<Colour> {
        self.0.iter().find(|(own, _)| *own == run).map(|(_, colour)| *colour)
    }

    /// The colour of a run.
    #[must_use]
    pub fn colour(&self, run: RunId) -> Colour {
        self.of(run).unwrap_or_else(|| own(run))
    }

    fn with(mut self, run: RunId, colour: Option<Colour>) -> Self {
        self.0.retain(|(other, _)| *other != run);
        self.0.extend(colour.map(|colour| (run, colour)));
        let too_many = self.0.len().saturating_sub(MOST);
        self.0.drain(..too_many);
        self
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (run, colour)) in self.0.iter().enumerate() {
            write!(formatter, "{}{}:{}", if place > 0 { "," } else { "" }, run.mlflow(), colour.number())?;
        }
        Ok(())
    }
}

impl FromStr for Chosen {
    type Err = std::convert::Infallible;

    /// What cannot be understood is as if it had not been chosen.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let choice = |part: &str| {
            let (run, number) = part.split_once(':')?;
            let number = number.parse::<usize>().ok()?;
            let colour = Colour::all().find(|colour| colour.number() == number)?;
            Some((run.parse().ok()?, colour))
        };
        Ok(Self(text.split(',').filter_map(choice).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(id: u128) -> RunId {
        format!("{id:032x}").parse().unwrap()
    }

    #[test]
    fn choices_are_read_as_they_were_written() {
        let chosen = Chosen::default().with(run(1), Some(Colour::nth(3))).with(run(2), Some(Colour::nth(11)));
        let again: Chosen = chosen.to_string().parse().unwrap();
        assert_eq!(again, chosen);
        assert_eq!((again.of(run(2)), again.of(run(3))), (Some(Colour::nth(11)), None));
        assert_eq!(again.with(run(2), None).of(run(2)), None);
    }

    #[test]
    fn what_means_nothing_was_not_chosen() {
        let text = format!("{}:12,nothing,{}:x,:1,{}:2", run(1).mlflow(), run(2).mlflow(), run(3).mlflow());
        let chosen: Chosen = text.parse().unwrap();
        assert_eq!(chosen, Chosen(vec![(run(3), Colour::nth(2))]));
    }

    #[test]
    fn old_choices_make_room() {
        let many = (0..=MOST as u128)
            .fold(Chosen::default(), |chosen, id| chosen.with(run(id), Some(Colour::nth(1))));
        assert_eq!(many.0.len(), MOST);
        assert_eq!((many.of(run(0)), many.of(run(1))), (None, Some(Colour::nth(1))));
    }
}
