//! The fields that say when a schedule acts.

use leptos::prelude::*;

use super::fields::Fields;
use super::timing::{LAST_DAY, Preset};
use crate::ui::time_zone::all_zones;
use crate::ui::{Choice, Field, Segmented, Select, SelectOption, TextInput, TextKind};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How often, at what time, and in which time zone.
#[component]
pub(super) fn TimingFields(
    fields: Fields,
    /// What is wrong with the time.
    wrong: Signal<Option<String>>,
    /// What is wrong with the time zone.
    zone_error: Signal<Option<String>>,
) -> impl IntoView {
    let presets = vec![
        Choice::new(Preset::Hourly, "Hourly"),
        Choice::new(Preset::Daily, "Daily"),
        Choice::new(Preset::Weekly, "Weekly"),
        Choice::new(Preset::Monthly, "Monthly"),
        Choice::new(Preset::Cron, "Cron"),
    ];
    // Whoever goes on to cron fields finds there what she has chosen so far.
    Effect::new(move |before: Option<Preset>| {
        let preset = fields.preset.get();
        let left = before.filter(|before| preset == Preset::Cron && *before != Preset::Cron);
        if let Some(preset) = left
            && let Ok(cron) = (super::timing::Timing { preset, ..untrack(|| fields.timing()) }).cron()
        {
            fields.cron.set(cron);
        }
        preset
    });
    let chosen = move || {
        match fields.preset.get() {
        Preset::Hourly => view! {
            <Field label="Minute of the hour" error=wrong><TextInput value=fields.minute/></Field>
        }
        .into_any(),
        Preset::Daily => view! { <TimeOfDay fields wrong/> }.into_any(),
        Preset::Weekly => view! {
            <Field label="Day of the week"><Select value=fields.weekday options=weekdays()/></Field>
            <TimeOfDay fields wrong/>
        }
        .into_any(),
        Preset::Monthly => view! {
            <Field label="Day of the month"><Select value=fields.day options=days()/></Field>
            <TimeOfDay fields wrong/>
        }
        .into_any(),
        Preset::Cron => view! {
            <Field label="Cron" hint=Some("Minute, hour, day of month, month, day of week.".to_owned()) error=wrong>
                <TextInput value=fields.cron kind=TextKind::Code/>
            </Field>
        }
        .into_any(),
    }
    };
    let zones: Vec<_> = all_zones().into_iter().map(|zone| SelectOption::new(zone.clone(), zone)).collect();
    let zones = Signal::derive(move || {
        let own = fields.time_zone.get();
        let mut zones = zones.clone();
        if zones.iter().all(|zone| zone.value != own) {
            zones.push(SelectOption::new(own.clone(), own));
        }
        zones
    });
    view! {
        <Segmented label="How often" value=fields.preset choices=presets/>
        <div class="schedule-times">{chosen}</div>
        <Field label="Time zone" error=zone_error><Select value=fields.time_zone options=zones/></Field>
    }
}

#[component]
fn TimeOfDay(fields: Fields, wrong: Signal<Option<String>>) -> impl IntoView {
    view! {
        <Field label="Time of day" error=wrong><TextInput value=fields.time placeholder="02:00"/></Field>
    }
}

fn weekdays() -> Vec<SelectOption> {
    WEEKDAYS.iter().zip(1..).map(|(name, day)| SelectOption::new(day.to_string(), *name)).collect()
}

fn days() -> Vec<SelectOption> {
    let day = |day: u8| {
        // Months without such a day are passed over.
        let note = if day > 28 { " (not in each month)" } else { "" };
        SelectOption::new(day.to_string(), format!("{day}{note}"))
    };
    let mut days: Vec<_> = (1..=31).map(day).collect();
    days.push(SelectOption::new(LAST_DAY, "The last day"));
    days
}
