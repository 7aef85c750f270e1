//! The two kinds of names a statement speaks of, actions and resources, and the patterns that match them.
//!
//! `*` stands for any run of characters, also none; `?` for exactly one. Matching is segment by segment: the `*` of a
//! region never reaches into the account, the `*` of the relative id crosses both `/` and `:`. Everything here is free
//! of allocation and linear in the length of the text times that of the pattern. Called by the plain evaluator, by the
//! compiler of the index, and by the validator.

/// Whether `text` matches `pattern`, in time bounded by the product of their lengths.
///
/// With `ignore_case`, ASCII letters match in either case.
pub fn glob(pattern: &str, text: &str, ignore_case: bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // The last star and the place in the text up to which it has been stretched. Only the last star is ever retried:
    // an earlier one stretched further could not reach anything that the last one cannot.
    let mut star = None;
    while let Some(&byte) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, t));
                p += 1;
                continue;
            }
            Some(b'?') => {
                p += 1;
                t = next_character(text, t);
                continue;
            }
            Some(&wanted) if wanted == byte || (ignore_case && wanted.eq_ignore_ascii_case(&byte)) => {
                p += 1;
                t += 1;
                continue;
            }
            _ => {}
        }
        let Some((after, stretched)) = star else { return false };
        let stretched = next_character(text, stretched);
        star = Some((after, stretched));
        (p, t) = (after, stretched);
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|b| *b == b'*'))
}

/// The start of the character after the one at `at`; `?` is one character, however many bytes it has.
fn next_character(text: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while text.get(next).is_some_and(|b| b & 0b1100_0000 == 0b1000_0000) {
        next += 1;
    }
    next
}

/// Whether the text contains a wildcard.
pub(crate) fn has_wildcard(text: &str) -> bool {
    text.bytes().any(|b| b == b'*' || b == b'?')
}

/// The parts of a resource name `acs:<service>:<region>:<account>:<relative id>`.
///
/// The relative id may itself contain colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// RAM code of the service, for example `mse`.
    pub service: &'a str,
    /// Region id, `*`, or empty for a global service.
    pub region: &'a str,
    /// Numeric account id, `*`, `system`, or empty.
    pub account: &'a str,
    /// What the service makes of it, for example `instance/gw-1`.
    pub relative: &'a str,
}

impl<'a> Arn<'a> {
    /// Cuts a resource name. `None` unless it starts with `acs:` and has all five fields.
    #[inline]
    pub fn parse(text: &'a str) -> Option<Arn<'a>> {
        let [prefix, service, region, account] = first_colons(text.as_bytes())?;
        if !text.get(..prefix)?.eq_ignore_ascii_case("acs") {
            return None;
        }
        Some(Arn {
            service: text.get(prefix + 1..service)?,
            region: text.get(service + 1..region)?,
            account: text.get(region + 1..account)?,
            relative: text.get(account + 1..)?,
        })
    }

    /// Services whose names carry no region: whatever the field says, it is compared as if it were empty.
    pub const GLOBAL_SERVICES: [&'static str; 3] = ["ram", "sts", "ims"];
    /// Services in which some kinds of names are compared ignoring case.
    pub const FOLDING_SERVICES: [&'static str; 2] = ["ram", "ims"];
    /// Those kinds: what stands before the first `/` of the relative id, itself in any case.
    pub const FOLDING_KINDS: [&'static str; 4] = ["role", "user", "group", "policy"];

    /// The name as the matching rules see it: RAM, STS and IMS are global, so that their names carry no region.
    pub(crate) fn normalised(self) -> Arn<'a> {
        if is_global(self.service) { Arn { region: "", ..self } } else { self }
    }

    /// Whether the relative id is compared ignoring case: names of RAM users, groups, roles and policies are.
    pub(crate) fn folds_case(&self) -> bool {
        names_fold_in(self.service) && self.relative.split_once('/').is_some_and(|(kind, _)| kind_folds(kind))
    }
}

/// The places of the first four colons, looked for eight bytes at a time.
#[inline]
fn first_colons(bytes: &[u8]) -> Option<[usize; 4]> {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let mut found = [0; 4];
    let mut missing = found.iter_mut();
    let (chunks, tail) = bytes.as_chunks::<8>();
    let mut at = 0;
    for chunk in chunks {
        // A byte of `differing` is zero where there is a colon; the sum sets its top bit wherever it is not.
        let differing = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes([b':'; 8]);
        let mut colons = !(((differing & LOW) + LOW) | differing | LOW);
        while colons != 0 {
            match missing.next() {
                Some(slot) => *slot = at + (colons.trailing_zeros() / 8) as usize,
                None => return Some(found),
            }
            colons &= colons - 1;
        }
        at += 8;
    }
    for (offset, _) in tail.iter().enumerate().filter(|(_, byte)| **byte == b':') {
        match missing.next() {
            Some(slot) => *slot = at + offset,
            None => return Some(found),
        }
    }
    missing.next().is_none().then_some(found)
}

/// Services whose resource names carry no region.
#[inline]
pub(crate) fn is_global(service: &str) -> bool {
    matches!(lower_code(service), Some([b'r', b'a', b'm'] | [b's', b't', b's'] | [b'i', b'm', b's']))
}

/// Services in which some names are compared ignoring case.
#[inline]
pub(crate) fn names_fold_in(service: &str) -> bool {
    matches!(lower_code(service), Some([b'r', b'a', b'm'] | [b'i', b'm', b's']))
}

/// A service code of three letters, in lower case.
#[inline]
fn lower_code(service: &str) -> Option<[u8; 3]> {
    let code: [u8; 3] = service.as_bytes().try_into().ok()?;
    Some(code.map(|byte| byte.to_ascii_lowercase()))
}

/// Kinds of names that those services compare ignoring case.
pub(crate) fn kind_folds(kind: &str) -> bool {
    Arn::FOLDING_KINDS.iter().any(|name| kind.eq_ignore_ascii_case(name))
}

/// One entry of `Action` or `NotAction`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionPattern {
    /// `*`
    Everything,
    /// `<service>:<name>`, both possibly with wildcards, compared ignoring case.
    Named {
        /// RAM code of the service.
        service: String,
        /// Action name.
        name: String,
    },
    /// Not of the required form; found only in documents read with [`crate::Document::parse_stored`]. Matches nothing.
    Invalid(String),
}

impl ActionPattern {
    /// Reads an entry; what has no `<service>:<name>` form becomes [`ActionPattern::Invalid`].
    pub fn read(text: &str) -> ActionPattern {
        if text == "*" {
            return ActionPattern::Everything;
        }
        match text.split_once(':') {
            Some((service, name)) if is_action_part(service) && is_action_part(name) => {
                ActionPattern::Named { service: service.to_owned(), name: name.to_owned() }
            }
            _ => ActionPattern::Invalid(text.to_owned()),
        }
    }

    /// Whether the pattern matches the action `<service>:<name>`.
    pub fn matches(&self, action: &str) -> bool {
        match self {
            ActionPattern::Everything => true,
            ActionPattern::Named { service, name } => action.split_once(':').is_some_and(|(action_service, action)| {
                glob(service, action_service, true) && glob(name, action, true)
            }),
            ActionPattern::Invalid(_) => false,
        }
    }
}

impl std::fmt::Display for ActionPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ActionPattern::Everything => f.write_str("*"),
            ActionPattern::Named { service, name } => write!(f, "{service}:{name}"),
            ActionPattern::Invalid(text) => f.write_str(text),
        }
    }
}

/// Action names hold no spaces and no control characters; everything else is left to the catalog.
fn is_action_part(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// One entry of `Resource` or `NotResource`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourcePattern {
    /// `*`
    Everything,
    /// `acs:<service>:<region>:<account>:<relative id>`, all fields possibly with wildcards.
    Arn {
        /// RAM code of the service, compared ignoring case.
        service: String,
        /// Region, compared ignoring case.
        region: String,
        /// Account, compared ignoring case.
        account: String,
        /// Relative id, compared exactly but for RAM's own names.
        relative: String,
    },
    /// Not of the required form; found only in documents read with [`crate::Document::parse_stored`]. Matches nothing.
    Invalid(String),
}

impl ResourcePattern {
    /// Reads an entry; what is neither `*` nor has five fields becomes [`ResourcePattern::Invalid`].
    pub fn read(text: &str) -> ResourcePattern {
        if text == "*" {
            return ResourcePattern::Everything;
        }
        match Arn::parse(text) {
            Some(arn) if !arn.service.is_empty() && !arn.relative.is_empty() => {
                let own = str::to_owned;
                ResourcePattern::Arn {
                    service: own(arn.service),
                    region: own(arn.region),
                    account: own(arn.account),
                    relative: own(arn.relative),
                }
            }
            _ => ResourcePattern::Invalid(text.to_owned()),
        }
    }

    /// Whether the pattern matches the resource name. A `*` in the name is an ordinary character.
    pub fn matches(&self, resource: &str) -> bool {
        match Arn::parse(resource) {
            Some(arn) => self.matches_arn(&arn.normalised()),
            None => matches!(self, ResourcePattern::Everything),
        }
    }

    /// Whether the pattern matches a name that was cut and normalised before.
    pub(crate) fn matches_arn(&self, arn: &Arn<'_>) -> bool {
        match self {
            ResourcePattern::Everything => true,
            ResourcePattern::Arn { service, region, account, relative } => {
                glob(service, arn.service, true)
                    && glob(region, arn.region, true)
                    && glob(account, arn.account, true)
                    && glob(relative, arn.relative, arn.folds_case())
            }
            ResourcePattern::Invalid(_) => false,
        }
    }
}

impl std::fmt::Display for ResourcePattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ResourcePattern::Everything => f.write_str("*"),
            ResourcePattern::Arn { service, region, account, relative } => {
                write!(f, "acs:{service}:{region}:{account}:{relative}")
            }
            ResourcePattern::Invalid(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_match_runs_and_single_characters() {
        let yes = [
            ("", ""),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "ac"),
            ("a*c", "abbc"),
            ("?", "é"),
            ("a?c", "a😀c"),
            ("**", ""),
            ("*b*b*", "abab"),
            ("gw-?", "gw-1"),
            ("a*b?c", "axxbbyc"),
            ("*???", "a😀c"),
            ("?*", "é"),
        ];
        for (pattern, text) in yes {
            assert!(glob(pattern, text, false), "{pattern} {text}");
        }
        let no = [
            ("", "a"),
            ("?", ""),
            ("a*c", "ab"),
            ("gw-?", "gw-10"),
            ("a", "A"),
            ("*??", "é"),
            ("??", "é"),
            ("é?", "é"),
        ];
        for (pattern, text) in no {
            assert!(!glob(pattern, text, false), "{pattern} {text}");
        }
        assert!(glob("GET*", "getX", true));
    }

    #[test]
    fn special_services_are_the_ones_that_are_told() {
        for service in ["ram", "sts", "ims", "RAM", "mse", "ra", "rams", ""] {
            let among = |list: &[&str]| list.iter().any(|name| name.eq_ignore_ascii_case(service));
            assert_eq!(is_global(service), among(&Arn::GLOBAL_SERVICES), "{service}");
            assert_eq!(names_fold_in(service), among(&Arn::FOLDING_SERVICES), "{service}");
        }
    }

    #[test]
    fn a_wildcard_bomb_costs_no_more_than_its_length_allows() {
        let text = "a".repeat(100_000);
        let pattern = format!("{}b", "*a".repeat(40));
        let started = std::time::Instant::now();
        assert!(!glob(&pattern, &text, false));
        // An exponential matcher would not return in the life of the universe; a bound with room for slow machines.
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn actions_match_ignoring_case_and_segment_by_segment() {
        let matches = |pattern: &str, action| ActionPattern::read(pattern).matches(action);
        assert!(matches("MSE:getgateway", "mse:GetGateway"));
        assert!(matches("*:Describe*", "ecs:DescribeX"));
        assert!(matches("mse:*TagResources", "mse:UntagResources"));
        assert!(matches("*", "anything at all"));
        assert!(!matches("mse*:x", "mse:a:x"));
        assert!(!matches("mse*", "mse:GetGateway"));
        assert!(!matches("mse:*", "mse"));
        for text in ["", "mse", ":", "mse:", ":Get", "mse: Get", "mse:Get\n"] {
            assert_eq!(ActionPattern::read(text), ActionPattern::Invalid(text.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn resources_match_segment_by_segment() {
        let matches = |pattern: &str, resource| ResourcePattern::read(pattern).matches(resource);
        let gateway = "acs:mse:cn-hangzhou:100:instance/gw-1";
        assert!(matches("*", gateway));
        assert!(matches("acs:mse:*:*:*", gateway));
        assert!(matches("ACS:Mse:CN-hangzhou:100:instance/gw-?", gateway));
        assert!(matches("acs:*:*hang*:*:*", gateway));
        assert!(matches("acs:mse:*:*:*", "acs:mse:cn-hangzhou:100:*"));
        assert!(!matches("acs:mse:*:*:instance/*", "acs:mse:cn-hangzhou:100:*"));
        assert!(!matches("acs:mse:*:*:Instance/gw-1", gateway));
        assert!(!matches("acs:mse::*:*", gateway));
        assert!(matches("acs:mse:*:*:a*z", "acs:mse:r:1:a/b:c/z"));
        // A star stays in its field.
        assert!(!matches("acs:mse:*:instance/gw-1", gateway));
        assert!(!matches("acs:m*:*:100:*", "acs:x:m:cn:100:y"));
        // Short patterns and names that are no ARNs.
        assert!(!matches("acs:mse:*:*", gateway));
        assert!(!matches("acs:mse:*:*:", "acs:mse:a:1:"));
        assert!(matches("*", "*"));
        assert!(!matches("acs:*:*:*:*", "*"));
    }

    #[test]
    fn names_are_cut_at_the_first_four_colons() {
        let mut text = String::new();
        for length in 0..40 {
            // Colons at every distance, also across the eight bytes that are looked at together.
            text.push(if length % 5 == 4 || length % 7 == 0 { ':' } else { ['a', ';', '\u{ba}', '\u{1}'][length % 4] });
            for start in text.char_indices().map(|(at, _)| at) {
                let part = &text[start..];
                let places: Vec<usize> = part.match_indices(':').map(|(at, _)| at).take(4).collect();
                assert_eq!(
                    first_colons(part.as_bytes()).map(Vec::from),
                    (places.len() == 4).then_some(places),
                    "{part}"
                );
            }
        }
        assert_eq!(Arn::parse("acs:::::").map(|arn| arn.relative), Some(":"));
        assert_eq!(Arn::parse("acs:::"), None);
        assert_eq!(Arn::parse("arn:a:b:c:d"), None);
    }

    #[test]
    fn names_of_ram_are_global_and_ignore_case() {
        let matches = |pattern: &str, resource| ResourcePattern::read(pattern).matches(resource);
        for request in ["acs:ram::100:role/R1", "acs:ram:*:100:role/R1", "acs:ram:cn-hangzhou:100:role/R1"] {
            assert!(matches("acs:ram::100:role/r1", request));
            assert!(matches("acs:ram:*:100:role/r*", request));
            assert!(!matches("acs:ram:cn-hangzhou:100:role/r1", request));
        }
        assert!(!matches("acs:ram:*:100:mfa/d", "acs:ram::100:mfa/D"));
        assert!(!matches("acs:mse:*:100:role/r", "acs:mse::100:role/R"));
    }
}
