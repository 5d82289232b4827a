//! What MLflow logs of the machine, by the part that it is about. Pure.

use super::sections::Section;

/// All names of such metrics begin with this.
const PREFIX: &str = "system/";

/// What names begin with, and the part that they are about, in the order of the page.
const PARTS: [(&str, &str); 5] =
    [("cpu", "CPU"), ("system_memory", "Memory"), ("gpu", "GPU"), ("disk", "Disk"), ("network", "Network")];

/// How names end in a unit, and how it is written.
const UNITS: [(&str, &str); 3] = [("_percentage", "%"), ("_megabytes", "MB"), ("_watts", "W")];

/// Whether MLflow logged it about the machine.
pub(super) fn is_of_machine(key: &str) -> bool {
    key.starts_with(PREFIX)
}

/// The metrics whose names or titles hold `search`, whatever the case, by the part of the machine: each GPU by itself.
pub(super) fn parts<'k>(keys: impl Iterator<Item = &'k str>, search: &str) -> Vec<Section> {
    let wanted = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let mut keys: Vec<_> = keys.filter(|key| holds(key) || holds(&title(key))).collect();
    keys.sort_by_key(|key| (place(key), *key));
    let mut parts: Vec<Section> = Vec::new();
    for key in keys {
        let part = part(key);
        match parts.iter_mut().find(|known| known.prefix == part) {
            Some(known) => known.keys.push(key.to_owned()),
            None => parts.push(Section { prefix: part, keys: vec![key.to_owned()] }),
        }
    }
    parts
}

/// The name in words with its unit: `system/gpu_0_power_usage_watts` is `GPU 0 power usage (W)`.
pub(super) fn title(key: &str) -> String {
    let name = key.strip_prefix(PREFIX).unwrap_or(key);
    let unit = UNITS.iter().find_map(|(end, unit)| Some((name.strip_suffix(end)?, unit)));
    let (name, unit) = unit.map_or((name, String::new()), |(name, unit)| (name, format!(" ({unit})")));
    let words = name.replace('_', " ");
    let words = match words.split_once(' ') {
        Some((first @ ("cpu" | "gpu"), rest)) => format!("{} {rest}", first.to_uppercase()),
        Some(_) | None => {
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    };
    words + &unit
}

/// The part of the machine, such as `GPU 1`; `None` for what is not known.
fn part(key: &str) -> Option<String> {
    let (start, part) = PARTS.get(place(key))?;
    let rest = name(key).strip_prefix(start).unwrap_or_default();
    let number: String = rest.trim_start_matches('_').chars().take_while(char::is_ascii_digit).collect();
    Some(if number.is_empty() { (*part).to_owned() } else { format!("{part} {number}") })
}

fn place(key: &str) -> usize {
    PARTS.iter().position(|(start, _)| name(key).starts_with(start)).unwrap_or(PARTS.len())
}

fn name(key: &str) -> &str {
    key.strip_prefix(PREFIX).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 7] = [
        "system/network_receive_megabytes",
        "system/gpu_1_utilization_percentage",
        "system/gpu_0_power_usage_watts",
        "system/cpu_utilization_percentage",
        "system/system_memory_usage_megabytes",
        "system/disk_usage_percentage",
        "system/temperature",
    ];

    fn found(search: &str) -> Vec<(String, usize)> {
        let parts = parts(KEYS.into_iter(), search);
        parts.iter().map(|part| (part.title(false).to_owned(), part.keys.len())).collect()
    }

    #[test]
    fn each_part_of_the_machine_has_a_section() {
        let titles: Vec<_> = found("").into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, ["CPU", "Memory", "GPU 0", "GPU 1", "Disk", "Network", "Other"]);
    }

    #[test]
    fn names_are_read_as_words_with_units() {
        assert_eq!(title("system/cpu_utilization_percentage"), "CPU utilization (%)");
        assert_eq!(title("system/gpu_0_power_usage_watts"), "GPU 0 power usage (W)");
        assert_eq!(title("system/network_receive_megabytes"), "Network receive (MB)");
        assert_eq!(title("system/temperature"), "Temperature");
    }

    #[test]
    fn metrics_are_found_by_their_words() {
        assert_eq!(found("power usage"), [("GPU 0".to_owned(), 1)]);
        assert_eq!(found("GPU_1"), [("GPU 1".to_owned(), 1)]);
    }
}
