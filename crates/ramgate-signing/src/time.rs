//! Points in time as the wire writes them.
//!
//! Two forms exist: `2026-01-02T03:04:05Z` (V3 header `x-acs-date`, RPC parameter `Timestamp`) and
//! `Fri, 02 Jan 2026 03:04:05 GMT` (ROA version 1 header `Date`). Nothing else is accepted: no fractions, no offsets.
//! The current time is always an argument; nothing here reads a clock.

use std::fmt;

use time::{Date, Month, OffsetDateTime, Time};

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// A point in time from seconds since the epoch; negative values lie before 1970.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs)
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn as_secs(self) -> i64 {
        self.0
    }

    /// This point moved by `secs`, stopping at the ends of the range.
    #[must_use]
    pub const fn saturating_add(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs))
    }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`; anything else is `None`.
    #[must_use]
    pub fn parse_iso8601(text: &str) -> Option<Self> {
        let mut cursor = Cursor(text.as_bytes());
        let year = cursor.number(4)?;
        cursor.literal(b"-")?;
        let month = cursor.number(2)?;
        cursor.literal(b"-")?;
        let day = cursor.number(2)?;
        cursor.literal(b"T")?;
        let time = cursor.time()?;
        cursor.literal(b"Z")?;
        cursor.end()?;
        let date = date(year, Month::try_from(u8::try_from(month).ok()?).ok()?, day)?;
        Some(Self(date.with_time(time).assume_utc().unix_timestamp()))
    }

    /// Reads `Www, DD Mmm YYYY HH:MM:SS GMT` (RFC 1123); anything else, also a wrong day of the week, is `None`.
    #[must_use]
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let mut cursor = Cursor(text.as_bytes());
        let weekday = cursor.take(3)?;
        cursor.literal(b", ")?;
        let day = cursor.number(2)?;
        cursor.literal(b" ")?;
        let month_name = cursor.take(3)?;
        cursor.literal(b" ")?;
        let year = cursor.number(4)?;
        cursor.literal(b" ")?;
        let time = cursor.time()?;
        cursor.literal(b" GMT")?;
        cursor.end()?;
        let month = (1..=12).filter_map(|n| Month::try_from(n).ok()).find(|m| starts_with(*m, month_name))?;
        let date = date(year, month, day)?;
        starts_with(date.weekday(), weekday).then(|| Self(date.with_time(time).assume_utc().unix_timestamp()))
    }

    /// Writes `YYYY-MM-DDTHH:MM:SSZ`. Points outside the years 0 to 9999 are written as the nearest one inside.
    #[must_use]
    pub fn to_iso8601(self) -> String {
        let at = self.date_time();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }

    /// Writes `Www, DD Mmm YYYY HH:MM:SS GMT`. Points outside the years 0 to 9999 are written as the nearest one inside.
    #[must_use]
    pub fn to_http_date(self) -> String {
        let at = self.date_time();
        format!(
            "{:.3}, {:02} {:.3} {:04} {:02}:{:02}:{:02} GMT",
            at.weekday().to_string(),
            at.day(),
            at.month().to_string(),
            at.year(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }

    fn date_time(self) -> OffsetDateTime {
        const YEAR_0: i64 = -62_167_219_200;
        const YEAR_9999_END: i64 = 253_402_300_799;
        OffsetDateTime::from_unix_timestamp(self.0.clamp(YEAR_0, YEAR_9999_END)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_iso8601())
    }
}

fn starts_with(name: impl fmt::Display, prefix: &[u8]) -> bool {
    name.to_string().as_bytes().starts_with(prefix)
}

fn date(year: u32, month: Month, day: u32) -> Option<Date> {
    Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    fn literal(&mut self, text: &[u8]) -> Option<()> {
        (self.take(text.len())? == text).then_some(())
    }

    fn number(&mut self, digits: usize) -> Option<u32> {
        self.take(digits)?.iter().try_fold(0u32, |value, byte| {
            let digit = char::from(*byte).to_digit(10)?;
            value.checked_mul(10)?.checked_add(digit)
        })
    }

    fn time(&mut self) -> Option<Time> {
        let hour = self.number(2)?;
        self.literal(b":")?;
        let minute = self.number(2)?;
        self.literal(b":")?;
        let second = self.number(2)?;
        Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second).ok()?).ok()
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: UnixTime = UnixTime::from_secs(1_767_323_045);

    #[test]
    fn both_forms_read_and_write_the_same_second() {
        assert_eq!(UnixTime::parse_iso8601("2026-01-02T03:04:05Z"), Some(SAMPLE));
        assert_eq!(UnixTime::parse_http_date("Fri, 02 Jan 2026 03:04:05 GMT"), Some(SAMPLE));
        assert_eq!(SAMPLE.to_iso8601(), "2026-01-02T03:04:05Z");
        assert_eq!(SAMPLE.to_http_date(), "Fri, 02 Jan 2026 03:04:05 GMT");
        assert_eq!(UnixTime::parse_iso8601("1970-01-01T00:00:00Z"), Some(UnixTime::from_secs(0)));
        assert_eq!(UnixTime::parse_iso8601("2024-02-29T23:59:59Z").map(UnixTime::to_iso8601).as_deref(), {
            Some("2024-02-29T23:59:59Z")
        });
    }

    #[test]
    fn anything_but_the_two_exact_forms_is_refused() {
        for text in [
            "",
            "2026-01-02T03:04:05",
            "2026-01-02T03:04:05.0Z",
            "2026-01-02T03:04:05+00:00",
            "2026-01-02 03:04:05Z",
            "2026-1-2T03:04:05Z",
            "2026-02-30T03:04:05Z",
            "2025-02-29T03:04:05Z",
            "2026-13-02T03:04:05Z",
            "2026-01-02T24:00:00Z",
            "2026-01-02T03:04:60Z",
            " 2026-01-02T03:04:05Z",
            "2026-01-02T03:04:05Z ",
            "+026-01-02T03:04:05Z",
            "2026-01-02T03:04:05z",
            "２026-01-02T03:04:05Z",
        ] {
            assert_eq!(UnixTime::parse_iso8601(text), None, "{text}");
        }
        for text in [
            "",
            "Thu, 02 Jan 2026 03:04:05 GMT",
            "Fri, 2 Jan 2026 03:04:05 GMT",
            "Fri, 02 Jan 26 03:04:05 GMT",
            "Fri, 02 Jan 2026 03:04:05 UTC",
            "Fri, 02 Jan 2026 03:04:05 +0000",
            "Fri, 02 jan 2026 03:04:05 GMT",
            "Friday, 02-Jan-26 03:04:05 GMT",
            "2026-01-02T03:04:05Z",
        ] {
            assert_eq!(UnixTime::parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn times_outside_the_calendar_are_written_as_its_nearest_end() {
        assert_eq!(UnixTime::from_secs(i64::MAX).to_iso8601(), "9999-12-31T23:59:59Z");
        assert_eq!(UnixTime::from_secs(i64::MIN).to_iso8601(), "0000-01-01T00:00:00Z");
    }
}
