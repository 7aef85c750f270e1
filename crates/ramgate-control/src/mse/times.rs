//! Times as MSE writes them: some lists in local time, everything else in UTC with an offset.

use ramgate_model::Timestamp;
use time::macros::{format_description, offset};
use time::{OffsetDateTime, UtcOffset};

fn at(time: Timestamp, offset: UtcOffset) -> Option<OffsetDateTime> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(time) * 1_000_000).ok()?;
    Some(time.to_offset(offset))
}

/// `2022-01-07 18:07:57`, in the time of the regions that MSE calls local (UTC+8).
pub(super) fn local(time: Timestamp) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    at(time, offset!(+8)).and_then(|t| t.format(&format).ok()).unwrap_or_default()
}

/// `2022-01-07T10:07:57.000+0000`.
pub(super) fn zoned(time: Timestamp) -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]+0000");
    at(time, UtcOffset::UTC).and_then(|t| t.format(&format).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_name_the_same_moment() {
        let moment = 1_641_550_077_120;
        assert_eq!(local(moment), "2022-01-07 18:07:57");
        assert_eq!(zoned(moment), "2022-01-07T10:07:57.120+0000");
        assert_eq!(zoned(i64::MAX), "");
    }
}
