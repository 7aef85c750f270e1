//! Points in time as people give them, and as they read them.

use std::fmt;
use std::str::FromStr;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// A point in time: absolute, or so long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Milliseconds since the Unix epoch.
    At(i64),
    /// Milliseconds before now.
    Ago(i64),
}

/// A text that is no point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a time looks like `2026-05-01`, `2026-05-01T12:00:00Z`, `2026-05-01T20:00:00+08:00` or, for so long ago, `90s`, `15m`, `2h`, `7d`"
)]
pub(crate) struct NoMoment;

impl FromStr for Moment {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        if let Ok(at) = OffsetDateTime::parse(text, &Rfc3339) {
            return Ok(Self::At(milliseconds(at)));
        }
        if let Ok(date) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
            return Ok(Self::At(milliseconds(date.midnight().assume_utc())));
        }
        let unit = text.chars().last().ok_or(NoMoment)?;
        let factor = match unit {
            's' => 1_000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            'w' => 7 * 86_400_000,
            _ => return Err(NoMoment),
        };
        let number: i64 = text.strip_suffix(unit).and_then(|number| number.parse().ok()).ok_or(NoMoment)?;
        if number < 0 {
            return Err(NoMoment);
        }
        Ok(Self::Ago(number.saturating_mul(factor)))
    }
}

impl Moment {
    /// Milliseconds since the Unix epoch.
    pub(crate) fn resolve(self, now: i64) -> i64 {
        match self {
            Self::At(at) => at,
            Self::Ago(ago) => now.saturating_sub(ago),
        }
    }
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// `2026-05-01T12:00:00.123Z`; UTC, so that lines of several machines compare.
pub(super) struct Utc(pub(super) i64);

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000);
        match at.ok().and_then(|at| at.format(format).ok()) {
            Some(text) => f.write_str(&text),
            // Beyond the calendar: only a tampered log holds such a time.
            None => write!(f, "{} ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now = 1_777_636_800_000;
        for (text, expected) in [
            ("2026-05-01T12:00:00Z", 1_777_636_800_000),
            ("2026-05-01T20:00:00.5+08:00", 1_777_636_800_500),
            ("2026-05-01", 1_777_593_600_000),
            ("90s", now - 90_000),
            ("15m", now - 900_000),
            ("2h", now - 7_200_000),
            ("7d", now - 7 * 86_400_000),
            ("1w", now - 7 * 86_400_000),
            ("0s", now),
        ] {
            assert_eq!(text.parse::<Moment>().map(|moment| moment.resolve(now)), Ok(expected), "{text}");
        }
        for text in ["", "h", "2x", "-2h", "yesterday", "2026-13-01", "2026-05-01 12:00", "１h"] {
            assert_eq!(text.parse::<Moment>(), Err(NoMoment), "{text}");
        }
    }

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        assert_eq!(Utc(1_777_636_800_007).to_string(), "2026-05-01T12:00:00.007Z");
        assert_eq!(Utc(i64::MAX).to_string(), "9223372036854775807 ms");
    }
}
