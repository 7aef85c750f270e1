//! Every operator on values below, at and above, on absent keys, on values of another type, and on several values.

use ramgate_policy::{Context, Document, DocumentKind, OPERATORS, Operator};

/// Whether one condition holds.
fn holds(operator: &str, key: &str, wanted: &[&str], found: &[&str]) -> bool {
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{{"{operator}":{{"{key}":{wanted:?}}}}}}}]}}"#
    );
    let document = Document::parse(&text, DocumentKind::Identity).unwrap_or_else(|e| panic!("{e}"));
    let mut context = Context::default();
    context.set(key, found).unwrap();
    document.statements()[0].failed_condition(&context).is_none()
}

#[test]
fn there_are_six_string_six_number_six_date_one_boolean_and_two_address_operators() {
    assert_eq!(OPERATORS.len(), 21);
    for operator in OPERATORS {
        assert_eq!(Operator::read(operator.name()), Some(operator));
    }
    assert_eq!(OPERATORS.iter().filter(|operator| operator.is_negated()).count(), 6);
}

#[test]
fn orderings_hold_below_at_and_above() {
    let expected = [
        ("Equals", [false, true, false]),
        ("NotEquals", [true, false, true]),
        ("LessThan", [true, false, false]),
        ("LessThanEquals", [true, true, false]),
        ("GreaterThan", [false, false, true]),
        ("GreaterThanEquals", [false, true, true]),
    ];
    for (suffix, expected) in expected {
        let numbers = ["9.999", "10.0", "11"].map(|found| holds(&format!("Numeric{suffix}"), "x:n", &["10"], &[found]));
        assert_eq!(numbers, expected, "Numeric{suffix}");
        let dates = ["2024-05-01T00:00:00+08:00", "2024-04-30T17:00:00+01:00", "2024-04-30T16:00:00.001Z"];
        let dates =
            dates.map(|found| holds(&format!("Date{suffix}"), "acs:CurrentTime", &["2024-04-30T16:00:00Z"], &[found]));
        assert_eq!(dates, [expected[1], expected[1], expected[2]], "Date{suffix}");
        let before =
            holds(&format!("Date{suffix}"), "acs:CurrentTime", &["2024-04-30T16:00:00Z"], &["2024-04-30T15:59:59Z"]);
        assert_eq!(before, expected[0], "Date{suffix}");
    }
}

#[test]
fn strings_compare_exactly_ignoring_case_or_by_pattern() {
    for (operator, wanted, found, expected) in [
        ("StringEquals", "Dev", "Dev", true),
        ("StringEquals", "Dev", "dev", false),
        ("StringEquals", "d*", "dev", false),
        ("StringEquals", "", "", true),
        ("StringEqualsIgnoreCase", "DÉV", "dév", true),
        ("StringEqualsIgnoreCase", "dev", "Dev", true),
        ("StringEqualsIgnoreCase", "dev", "devs", false),
        ("StringEqualsIgnoreCase", "d*", "dev", false),
        ("StringLike", "d*", "dev", true),
        ("StringLike", "D*", "dev", false),
        ("StringLike", "??", "dé", true),
        ("StringLike", "", "x", false),
    ] {
        assert_eq!(holds(operator, "x:s", &[wanted], &[found]), expected, "{operator} {wanted} {found}");
        let negated = operator.replacen("String", "StringNot", 1);
        assert_eq!(holds(&negated, "x:s", &[wanted], &[found]), !expected, "{negated} {wanted} {found}");
    }
}

#[test]
fn booleans_and_addresses_compare_by_value() {
    assert!(holds("Bool", "x:b", &["TRUE"], &["true"]) && holds("Bool", "acs:SecureTransport", &["false"], &["False"]));
    assert!(!holds("Bool", "x:b", &["true"], &["false"]));
    assert!(holds("IpAddress", "acs:SourceIp", &["10.0.0.0/8"], &["10.255.0.1"]));
    assert!(!holds("NotIpAddress", "acs:SourceIp", &["192.168.0.0/16", "10.0.0.0/8"], &["10.255.0.1"]));
    assert!(holds("NotIpAddress", "acs:SourceIp", &["192.168.0.0/16", "10.0.0.0/8"], &["11.0.0.1"]));
    assert!(holds("IpAddress", "x:address", &["2001:db8::/32"], &["2001:db8::7"]));
}

#[test]
fn an_absent_key_satisfies_negated_operators_only() {
    for operator in OPERATORS {
        let (key, value) = match operator.key_type() {
            ramgate_policy::KeyType::Numeric => ("x:k", "1"),
            ramgate_policy::KeyType::Date => ("x:k", "2024-01-01T00:00:00Z"),
            ramgate_policy::KeyType::Bool => ("x:k", "true"),
            ramgate_policy::KeyType::Ip => ("x:k", "10.0.0.1"),
            ramgate_policy::KeyType::String => ("x:k", "v"),
        };
        assert_eq!(holds(operator.name(), key, &[value], &[]), operator.is_negated(), "{}", operator.name());
        // A value of another type satisfies neither kind.
        if operator.key_type() != ramgate_policy::KeyType::String {
            assert!(!holds(operator.name(), key, &[value], &["neither"]), "{}", operator.name());
        }
    }
}

#[test]
fn several_values_match_when_any_does() {
    assert!(holds("StringEquals", "x:s", &["a", "b"], &["z", "b"]));
    assert!(!holds("StringEquals", "x:s", &["a", "b"], &["z", "y"]));
    assert!(!holds("StringNotEquals", "x:s", &["a", "b"], &["z", "b"]));
    assert!(holds("StringNotEquals", "x:s", &["a", "b"], &["z", "y"]));
    assert!(holds("NumericEquals", "x:n", &["1", "2"], &["many", "2"]));
    assert!(!holds("NumericNotEquals", "x:n", &["1", "2"], &["many", "3"]), "one value is of another type");
}
