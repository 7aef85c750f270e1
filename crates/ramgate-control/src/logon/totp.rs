//! One-time codes of six digits by RFC 6238: HMAC-SHA-1, 30 seconds. What authenticator apps assume where they are not told
//! otherwise.

use data_encoding::BASE32_NOPAD;
use ramgate_model::Timestamp;
use ring::hmac;
use std::ops::RangeInclusive;
use subtle::ConstantTimeEq;

/// Seconds that a code counts.
const STEP_SECONDS: i64 = 30;
/// Steps that the clock of an app may be away from ours.
const SKEW: u64 = 1;
/// Bytes of a seed: as many as HMAC-SHA-1 can use, as RFC 4226 recommends.
pub(crate) const SEED_BYTES: usize = 20;

/// The step that a moment lies in.
pub(crate) fn step_of(now: Timestamp) -> u64 {
    u64::try_from(now.div_euclid(1000 * STEP_SECONDS)).unwrap_or(0)
}

/// A seed as apps take it.
pub(crate) fn to_base32(seed: &[u8]) -> String {
    BASE32_NOPAD.encode(seed)
}

/// The code of a step, six digits.
pub(crate) fn code(seed: &[u8], step: u64) -> String {
    format!("{:06}", number(seed, step) % 1_000_000)
}

/// The number that RFC 4226 takes digits from, 31 bits.
fn number(seed: &[u8], step: u64) -> u32 {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, seed);
    let mac = hmac::sign(&key, &step.to_be_bytes());
    let bytes = mac.as_ref();
    let offset = bytes.last().map_or(0, |last| usize::from(last & 0x0F));
    let part = bytes.iter().skip(offset).take(4);
    part.fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7FFF_FFFF
}

/// The step whose code this is, among those that count now and behind `spent`: a code counts once.
pub(crate) fn accept(base32_seed: &str, given: &str, now: Timestamp, spent: u64) -> Option<u64> {
    let seed = BASE32_NOPAD.decode(base32_seed.as_bytes()).ok()?;
    find(&seed, given, window(now), spent)
}

/// The step of the second of two codes in a row.
pub(crate) fn accept_pair(base32_seed: &str, first: &str, second: &str, now: Timestamp, spent: u64) -> Option<u64> {
    let seed = BASE32_NOPAD.decode(base32_seed.as_bytes()).ok()?;
    let step = find(&seed, second, window(now), spent)?;
    find(&seed, first, step.checked_sub(1)?..=step - 1, spent)?;
    Some(step)
}

fn window(now: Timestamp) -> RangeInclusive<u64> {
    let step = step_of(now);
    step.saturating_sub(SKEW)..=step.saturating_add(SKEW)
}

/// Compares with every step, whichever it is.
fn find(seed: &[u8], given: &str, steps: RangeInclusive<u64>, spent: u64) -> Option<u64> {
    let matches = |step: &u64| bool::from(code(seed, *step).as_bytes().ct_eq(given.as_bytes()));
    steps.fold(None, |found, step| if matches(&step) && step > spent { Some(step) } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: eight digits of SHA-1; the six of ours are the last.
        for (seconds, expected) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let step = step_of(seconds * 1000);
            assert_eq!(format!("{:08}", number(SEED, step) % 100_000_000), expected);
            assert_eq!(code(SEED, step), expected[2..]);
        }
    }

    #[test]
    fn numbers_are_those_of_the_hotp_rfc() {
        // RFC 4226, appendix D.
        let expected = [1_284_755_224, 1_094_287_082, 137_359_152, 1_726_969_429, 1_640_338_314];
        assert_eq!((0..5).map(|step| number(SEED, step)).collect::<Vec<_>>(), expected);
    }

    const NOW: Timestamp = 1_767_323_045_000;

    fn accepted(step: u64, spent: u64) -> Option<u64> {
        accept(&to_base32(SEED), &code(SEED, step), NOW, spent)
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_no_more() {
        let now = step_of(NOW);
        let counting: Vec<u64> = (now - 3..=now + 3).filter(|step| accepted(*step, 0).is_some()).collect();
        assert_eq!(counting, [now - 1, now, now + 1]);
    }

    #[test]
    fn a_code_counts_once_and_those_before_it_no_more() {
        let now = step_of(NOW);
        assert_eq!(accepted(now, now - 1), Some(now));
        assert_eq!(accepted(now, now), None);
        assert_eq!(accepted(now - 1, now), None);
        assert_eq!(accepted(now + 1, now), Some(now + 1));
    }

    #[test]
    fn two_codes_must_follow_each_other() {
        let (now, seed) = (step_of(NOW), to_base32(SEED));
        let pair = |first: u64, second: u64| accept_pair(&seed, &code(SEED, first), &code(SEED, second), NOW, 0);
        assert_eq!(pair(now - 1, now), Some(now));
        assert_eq!(pair(now - 2, now - 1), Some(now - 1));
        for (first, second) in [(now, now), (now, now - 1), (now - 2, now), (now - 3, now - 2), (now + 1, now + 2)] {
            assert_eq!(pair(first, second), None, "{first} {second}");
        }
    }

    #[test]
    fn what_is_no_code_or_no_seed_is_not_accepted() {
        let seed = to_base32(SEED);
        for given in ["", "12345", "1234567", "ab", "１２３４５６"] {
            assert_eq!(accept(&seed, given, NOW, 0), None, "{given}");
        }
        assert_eq!(accept("not base32!", &code(SEED, step_of(NOW)), NOW, 0), None);
    }
}
