//! Numbers, sizes and times as text. Pure; the one function that asks the browser is in `local_time`.

/// Shown where there is no value. Never a zero.
pub const NOTHING: &str = "–";

/// A count, in groups of three digits: `12,408`.
pub fn integer(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A measurement to four significant figures; in powers of ten below 1e-4 and from 1e6 on: `0.1235`,
/// `1.235e-5`, `2.5e6`. Values that are no numbers are named: `NaN`, `∞`, `−∞`.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let (mantissa, exponent) = scientific(value.abs());
    let text = if !(-4..6).contains(&exponent) {
        format!("{}e{exponent}", without_trailing_zeros(mantissa))
    } else {
        let decimals = usize::try_from(3 - exponent).unwrap_or(0);
        grouped(&format!("{:.decimals$}", value.abs()))
    };
    if value < 0.0 { format!("−{text}") } else { text }
}

/// A fraction as a percentage of at most one decimal: `0.1234` is `12.3 %`.
pub fn percent(fraction: f64) -> String {
    if !fraction.is_finite() {
        return NOTHING.to_owned();
    }
    format!("{} %", without_trailing_zeros(format!("{:.1}", fraction * 100.0)))
}

/// A size in bytes, in powers of 1024 to three significant figures: `1.5 GiB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if count < 1024 {
        return format!("{count} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "three figures are shown")]
    let mut size = count as f64 / 1024.0;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        if size < 999.5 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    let decimals = if size < 9.995 {
        2
    } else if size < 99.95 {
        1
    } else {
        0
    };
    format!("{} {unit}", without_trailing_zeros(format!("{size:.decimals$}")))
}

/// The first seven characters of a hash, as version control shows it.
pub fn short_hash(hash: &str) -> &str {
    hash.char_indices().nth(7).map_or(hash, |(end, _)| &hash[..end])
}

/// A version where there is little room: commits are cut, names of branches and versions are not.
pub fn short_version(version: &str) -> &str {
    let is_commit = version.len() >= 12 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_commit { short_hash(version) } else { version }
}

/// The mantissa to four figures and the power of ten, after rounding: 9.9996 is 1.000 and 1.
fn scientific(value: f64) -> (String, i32) {
    let text = format!("{value:.3e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa.to_owned(), exponent.parse().unwrap_or(0)),
        None => (text, 0),
    }
}

fn without_trailing_zeros(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Groups the digits before the point, and drops zeros at the end of those after it.
fn grouped(text: &str) -> String {
    let text = without_trailing_zeros(text.to_owned());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), integer);
    fraction.map_or(whole.clone(), |fraction| format!("{whole}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::{bytes, integer, number, percent, short_hash, short_version};

    #[test]
    fn commits_are_cut_and_names_are_not() {
        assert_eq!(short_version("0123456789abcdef0123456789abcdef01234567"), "0123456");
        assert_eq!(short_version("release-candidate"), "release-candidate");
        assert_eq!(short_version("v1.2"), "v1.2");
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        for (value, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_408, "12,408"), (1_234_567, "1,234,567")]
        {
            assert_eq!(integer(value), text);
        }
    }

    #[test]
    fn measurements_have_four_significant_figures() {
        check(0.123_456, "0.1235");
        check(1.0, "1");
        check(-12.345_67, "−12.35");
        check(12_345.67, "12,346");
        check(0.999_96, "1");
        check(0.0, "0");
    }

    #[test]
    fn the_very_small_and_the_very_large_are_powers_of_ten() {
        check(0.000_1, "0.0001");
        check(0.000_099_99, "9.999e-5");
        check(999_999.0, "1e6");
        check(999_900.0, "999,900");
        check(-2_500_000.0, "−2.5e6");
        check(5e-324, "4.941e-324");
    }

    #[test]
    fn what_is_no_number_is_named() {
        check(f64::NAN, "NaN");
        check(f64::INFINITY, "∞");
        check(f64::NEG_INFINITY, "−∞");
    }

    #[test]
    fn sizes_are_in_powers_of_1024() {
        for (count, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1536, "1.5 KiB"),
            (1_048_575, "1 MiB"),
            (123_456_789, "118 MiB"),
            (u64::MAX, "16 EiB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }

    #[test]
    fn fractions_are_percentages() {
        assert_eq!(percent(0.1234), "12.3 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(f64::NAN), "–");
    }

    #[test]
    fn hashes_are_cut_to_seven_characters() {
        assert_eq!(short_hash("0123456789abcdef"), "0123456");
        assert_eq!(short_hash("abc"), "abc");
    }

    #[track_caller]
    fn check(value: f64, text: &str) {
        assert_eq!(number(value), text);
    }
}
