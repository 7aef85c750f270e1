//! The typed values that conditions compare: numbers, points in time and networks. Pure text readers without
//! allocation; [`crate::condition`] calls them for policy values once and for request values on every decision.

use std::fmt;
use std::net::IpAddr;

/// A decimal number with up to twenty digits before and eighteen after the point, compared exactly.
///
/// The range covers every 64-bit integer. Exponents are not part of the policy language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(i128);

const SCALE_DIGITS: usize = 18;
const MAX_INTEGER_DIGITS: usize = 20;

impl Number {
    /// Reads `-12`, `3.50`, `+7`. `None` for anything else, or when digits exceed the range.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (integer, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let significant = integer.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        if integer.is_empty() || significant.len() > MAX_INTEGER_DIGITS || fraction.len() > SCALE_DIGITS {
            return None;
        }
        let mut value: i128 = 0;
        let padding = std::iter::repeat_n(b'0', SCALE_DIGITS - fraction.len());
        for digit in significant.bytes().chain(fraction.bytes()).chain(padding) {
            if !digit.is_ascii_digit() {
                return None;
            }
            value = value.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        Some(Number(if negative { -value } else { value }))
    }

    /// A number strictly between two others, an integer where there is one. No bound means as far as numbers reach;
    /// `None` when nothing lies between.
    pub fn between(low: Option<Number>, high: Option<Number>) -> Option<Number> {
        let low = low.map_or(-LIMIT, |number| number.0);
        let high = high.map_or(LIMIT, |number| number.0);
        let smallest = low.checked_add(1).filter(|smallest| *smallest < high)?;
        let integer_above = low.div_euclid(UNIT).checked_add(1)?.checked_mul(UNIT)?;
        Some(Number(if low < 0 && high > 0 {
            0
        } else if integer_above < high {
            // Far from an open end rather than at it.
            if low == -LIMIT { (high - 1).div_euclid(UNIT) * UNIT } else { integer_above }
        } else {
            smallest
        }))
    }
}

/// One, in the unit that numbers are kept in.
const UNIT: i128 = 10i128.pow(SCALE_DIGITS as u32);
/// The first magnitude that has more than the allowed digits.
const LIMIT: i128 = 10i128.pow((SCALE_DIGITS + MAX_INTEGER_DIGITS) as u32);

/// The shortest text that [`Number::parse`] reads as this number.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, magnitude) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let unit = UNIT.unsigned_abs();
        write!(f, "{sign}{}", magnitude / unit)?;
        let fraction = format!("{:018}", magnitude % unit);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

/// A point in time: seconds since 1970-01-01T00:00:00Z and nanoseconds within the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// `0..1_000_000_000`
    pub nanos: u32,
}

impl Timestamp {
    /// The point in time `seconds` after 1970-01-01T00:00:00Z.
    pub const fn from_unix(seconds: i64) -> Self {
        Timestamp { seconds, nanos: 0 }
    }

    /// Reads RFC 3339 text such as `2019-08-12T17:00:00+08:00`, with an optional fraction of which nine digits count.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let bytes = text.as_bytes();
        let year = number(bytes, 0, 4)?;
        let month = number(bytes, 5, 2)?;
        let day = number(bytes, 8, 2)?;
        let hour = number(bytes, 11, 2)?;
        let minute = number(bytes, 14, 2)?;
        let second = number(bytes, 17, 2)?;
        let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if marks.iter().any(|(at, mark)| bytes.get(*at) != Some(mark)) || !matches!(bytes.get(10), Some(b'T' | b't')) {
            return None;
        }
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        // A leap second is the first moment of the next minute.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut rest = bytes.get(19..)?;
        let mut nanos = 0u32;
        if let Some((b'.', tail)) = rest.split_first() {
            let digits = tail.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            for i in 0..9 {
                let digit = tail.get(i).filter(|_| i < digits).map_or(0, |b| u32::from(b - b'0'));
                nanos = nanos * 10 + digit;
            }
            rest = tail.get(digits..)?;
        }
        let offset = match rest {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let (hours, minutes) = (number(rest, 1, 2)?, number(rest, 4, 2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let seconds = hours * 3600 + minutes * 60;
                if *sign == b'-' { -seconds } else { seconds }
            }
            _ => return None,
        };
        let seconds = days_from_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
        Some(Timestamp { seconds, nanos })
    }
}

/// RFC 3339 in UTC, with a fraction only when there is one.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, in_day) = (self.seconds.div_euclid(86_400), self.seconds.rem_euclid(86_400));
        let (year, month, day) = date_from_days(days);
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", in_day / 3600, in_day / 60 % 60, in_day % 60)?;
        if self.nanos > 0 {
            let digits = format!("{:09}", self.nanos);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

fn number(bytes: &[u8], at: usize, len: usize) -> Option<i64> {
    let mut value = 0;
    for byte in bytes.get(at..at + len)? {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(value)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; years run from March so that the leap day is their last.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_epoch`].
fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// A block of addresses: one address, or a CIDR. IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`) count as IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    base: IpAddr,
    prefix: u8,
    host_bits_set: bool,
}

impl Network {
    /// Reads `10.0.0.1`, `192.168.0.0/16`, `2001:db8::/32`. Host bits behind the prefix are allowed and ignored.
    pub fn parse(text: &str) -> Option<Network> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => {
                let plain = !prefix.is_empty() && prefix.len() <= 3 && prefix.bytes().all(|b| b.is_ascii_digit());
                (address, Some(prefix.parse::<u8>().ok().filter(|_| plain)?))
            }
            None => (text, None),
        };
        let written: IpAddr = address.parse().ok()?;
        let width = if written.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(width);
        if prefix > width {
            return None;
        }
        let canonical = written.to_canonical();
        let (address, prefix) = match (written, canonical) {
            (IpAddr::V6(_), IpAddr::V4(_)) if prefix >= 96 => (canonical, prefix - 96),
            _ => (written, prefix),
        };
        let base = masked(address, prefix);
        Some(Network { base, prefix, host_bits_set: base != address })
    }

    /// Whether `address` lies in the block.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        match (self.base, address) {
            (IpAddr::V4(_), IpAddr::V4(_)) | (IpAddr::V6(_), IpAddr::V6(_)) => {
                masked(address, self.prefix) == self.base
            }
            _ => false,
        }
    }

    /// The first and the last address of the block.
    pub fn bounds(&self) -> (IpAddr, IpAddr) {
        let last = match self.base {
            IpAddr::V4(v4) => {
                IpAddr::V4((u32::from(v4) | u32::MAX.checked_shr(u32::from(self.prefix)).unwrap_or(0)).into())
            }
            IpAddr::V6(v6) => {
                IpAddr::V6((u128::from(v6) | u128::MAX.checked_shr(u32::from(self.prefix)).unwrap_or(0)).into())
            }
        };
        (self.base, last)
    }

    /// Whether the block holds all addresses of another.
    pub fn covers(&self, other: &Network) -> bool {
        self.prefix <= other.prefix && self.contains(other.base)
    }

    /// Whether the text named address bits behind the prefix, as in `10.101.169.111/24`.
    pub fn host_bits_set(&self) -> bool {
        self.host_bits_set
    }

    /// Whether the block holds every address of its family.
    pub fn is_everything(&self) -> bool {
        self.prefix == 0
    }
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix.min(32))).unwrap_or(0);
            IpAddr::V4((u32::from(v4) & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix.min(128))).unwrap_or(0);
            IpAddr::V6((u128::from(v6) & mask).into())
        }
    }
}

/// Reads `true` or `false`, ignoring case.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_between_others_and_written_as_they_are_read() {
        let n = |text: &str| Number::parse(text).unwrap();
        let between = |low: &str, high: &str| {
            let bound = |text: &str| Number::parse(text);
            Number::between(bound(low), bound(high)).map(|number| number.to_string())
        };
        for (low, high, found) in [
            ("1", "3", "2"),
            ("1", "2", "1.000000000000000001"),
            ("-5", "5", "0"),
            ("-3", "-1", "-2"),
            ("", "-7.5", "-8"),
            ("7.5", "", "8"),
            ("", "", "0"),
        ] {
            assert_eq!(between(low, high).as_deref(), Some(found), "{low} {high}");
        }
        assert_eq!(between("1", "1.000000000000000001"), None);
        assert_eq!(between("99999999999999999999.999999999999999999", ""), None);
        assert_eq!(between("", "-99999999999999999999.999999999999999999"), None);
        for text in ["0", "-0.5", "12.000000000000000001", "99999999999999999999"] {
            assert_eq!(n(text).to_string(), text);
        }
    }

    #[test]
    fn a_block_has_a_first_and_a_last_address() {
        let bounds = |text: &str| {
            let (first, last) = Network::parse(text).unwrap().bounds();
            format!("{first} {last}")
        };
        assert_eq!(bounds("10.1.2.3/8"), "10.0.0.0 10.255.255.255");
        assert_eq!(bounds("0.0.0.0/0"), "0.0.0.0 255.255.255.255");
        assert_eq!(bounds("10.0.0.1"), "10.0.0.1 10.0.0.1");
        assert_eq!(bounds("2001:db8::/127"), "2001:db8:: 2001:db8::1");
        assert_eq!(bounds("::/0"), ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assert_eq!(bounds("::ffff:10.0.0.0/104"), "10.0.0.0 10.255.255.255");
    }

    #[test]
    fn numbers_compare_exactly() {
        let n = |text| Number::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(n("5"), n("5.0"));
        assert_eq!(n("0.1"), n("000.100"));
        assert_eq!(n("-0"), n("0"));
        assert!(n("9223372036854775807") < n("9223372036854775808"));
        assert!(n("18446744073709551615") > n("18446744073709551614.999999999999999999"));
        assert!(n("-2") < n("-1.5"));
        assert!(n("+7") > n("6.999"));
        for text in ["", "-", "+", ".", "1.", ".5", "1e3", "0x10", " 1", "1 ", "1,5", "NaN", "inf", "1.2.3", "--1", "١"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse(&"9".repeat(21)), None);
        assert_eq!(Number::parse(&format!("0.{}", "1".repeat(19))), None);
        assert!(Number::parse(&"9".repeat(20)).is_some());
    }

    #[test]
    fn times_honour_offsets_and_fractions() {
        let t = |text| Timestamp::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(t("1970-01-01T00:00:00Z"), Timestamp::from_unix(0));
        assert_eq!(t("2019-08-12T17:00:00+08:00"), t("2019-08-12T09:00:00Z"));
        assert_eq!(t("2019-08-12T17:00:00+08:00").seconds, 1_565_600_400);
        assert_eq!(t("2012-11-11t23:59:59z").seconds, 1_352_678_399);
        assert_eq!(t("2000-02-29T00:00:00-00:30").seconds, 951_784_200);
        assert_eq!(t("2016-12-31T23:59:60Z"), t("2017-01-01T00:00:00Z"));
        assert!(t("2024-01-01T00:00:00.5Z") > t("2024-01-01T00:00:00.4999999999Z"));
        assert_eq!(t("0000-01-01T00:00:00Z").seconds, -62_167_219_200);
        assert_eq!(t("9999-12-31T23:59:59Z").seconds, 253_402_300_799);
        for text in [
            "",
            "2019-08-12",
            "2019-08-12T17:00:00",
            "2019-08-12 17:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-02-29T00:00:00Z",
            "2019-08-12T24:00:00Z",
            "2019-08-12T17:60:00Z",
            "2019-08-12T17:00:00.Z",
            "2019-08-12T17:00:00+0800",
            "2019-08-12T17:00:00+24:00",
            "19-08-12T17:00:00Z",
            "1565600400",
            "2019-08-12T17:00:00Zx",
            "2019-08-12T17:00Z",
            "2019-00-12T17:00:00Z",
            "2019-08-00T17:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_print_as_they_are_read() {
        for text in ["1969-12-31T23:59:59Z", "2000-02-29T12:30:45.25Z", "2026-03-01T00:00:00Z", "0000-03-01T00:00:00Z"]
        {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
        for day in (-800_000..800_000).step_by(37) {
            let (year, month, day_of_month) = date_from_days(day);
            assert_eq!(days_from_epoch(year, month, day_of_month), day);
        }
        assert!(Timestamp::from_unix(i64::MAX).to_string().ends_with('Z'));
    }

    #[test]
    fn networks_hold_their_addresses_and_no_others() {
        let holds = |network, address: &str| Network::parse(network).unwrap().contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.9.9.9"));
        assert!(!holds("10.0.0.0/8", "11.0.0.0"));
        assert!(holds("192.168.1.5", "192.168.1.5"));
        assert!(!holds("192.168.1.5", "192.168.1.6"));
        assert!(holds("10.101.169.111/24", "10.101.169.3"));
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(!holds("0.0.0.0/0", "::1"));
        assert!(holds("::/0", "2001:db8::1"));
        assert!(!holds("::/0", "10.0.0.1"));
        assert!(holds("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(holds("::ffff:10.0.0.0/104", "10.200.0.1"));
        assert!(holds("10.0.0.0/8", "::ffff:10.0.0.1"));
        assert!(holds("::ffff:10.0.0.1", "10.0.0.1"));
        assert!(Network::parse("10.101.169.111/24").unwrap().host_bits_set());
        assert!(!Network::parse("10.101.169.0/24").unwrap().host_bits_set());
        let covers = |a, b| Network::parse(a).unwrap().covers(&Network::parse(b).unwrap());
        assert!(covers("10.0.0.0/8", "10.1.0.0/16") && covers("10.0.0.0/8", "10.0.0.0/8"));
        assert!(!covers("10.1.0.0/16", "10.0.0.0/8") && !covers("0.0.0.0/0", "::1") && !covers("::/0", "10.0.0.1"));
        for text in
            ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "::/129", "a", "10.0.0.0/8/8", "010.0.0.1"]
        {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
