//! `ramgate policy check`.

use crate::support::{Place, transcript};
use insta::assert_snapshot;

const GOOD: &str = r#"{
  "Version": "1",
  "Statement": [
    { "Effect": "Allow", "Action": "apig:GetHttpApi", "Resource": "acs:apig:*:*:httpapi/api-1" }
  ]
}
"#;

const BAD: &str = r#"{
  "Version": "2",
  "Statement": [
    {
      "Effect": "Permit",
      "Action": ["apig:Get*", "GetHttpApi"],
      "Resource": "*"
    }
  ]
}
"#;

#[test]
fn a_valid_policy_passes() {
    let place = Place::new().with_file("good.json", GOOD);
    assert_snapshot!(transcript(&place.run(&["policy", "check", "[DIR]/good.json"])), @r"
    exit 0
    --- err
    1 file checked: nothing to remark
    ");
}

#[test]
fn each_problem_is_one_line_for_tools() {
    let place = Place::new().with_file("good.json", GOOD).with_file("bad.json", BAD);
    assert_snapshot!(transcript(&place.run(&["policy", "check", "[DIR]/good.json", "[DIR]/bad.json"])), @r"
    exit 1
    --- out
    [DIR]/bad.json:2:14: error: Version: Invalid version: the version is `2`; it must be `1`
    [DIR]/bad.json:5:17: error: Statement[0].Effect: Invalid effect: the effect is `Permit`; it must be `Allow` or `Deny`
    [DIR]/bad.json:6:31: error: Statement[0].Action[1]: Invalid action format: `GetHttpApi` is neither `*` nor of the form `<ram-code>:<action-name>`
    --- err
    2 files checked: 3 errors
    ");
}

#[test]
fn on_a_terminal_each_problem_is_shown_in_its_place() {
    let place = Place::on_a_terminal().with_file("bad.json", BAD);
    assert_snapshot!(transcript(&place.run(&["policy", "check", "[DIR]/bad.json"])), @r#"
    exit 1
    --- out
    error: Invalid version: the version is `2`; it must be `1`
    --> [DIR]/bad.json:2:14 (Version)
      |
    2 |   "Version": "2",
      |              ^^^

    error: Invalid effect: the effect is `Permit`; it must be `Allow` or `Deny`
    --> [DIR]/bad.json:5:17 (Statement[0].Effect)
      |
    5 |       "Effect": "Permit",
      |                 ^^^^^^^^

    error: Invalid action format: `GetHttpApi` is neither `*` nor of the form
           `<ram-code>:<action-name>`
    --> [DIR]/bad.json:6:31 (Statement[0].Action[1])
      |
    6 |       "Action": ["apig:Get*", "GetHttpApi"],
      |                               ^^^^^^^^^^^^

    1 file checked: 3 errors
    "#);
}

#[test]
fn json_has_everything() {
    let place = Place::new().with_input(BAD);
    assert_snapshot!(transcript(&place.run(&["policy", "check", "--json", "-"])), @r#"
    exit 1
    --- out
    {
      "Files": [
        {
          "File": "<stdin>",
          "Kind": "Identity",
          "Findings": [
            {
              "Severity": "Error",
              "Place": "Version",
              "Line": 2,
              "Column": 14,
              "Title": "Invalid version",
              "Message": "the version is `2`; it must be `1`"
            },
            {
              "Severity": "Error",
              "Place": "Statement[0].Effect",
              "Line": 5,
              "Column": 17,
              "Title": "Invalid effect",
              "Message": "the effect is `Permit`; it must be `Allow` or `Deny`"
            },
            {
              "Severity": "Error",
              "Place": "Statement[0].Action[1]",
              "Line": 6,
              "Column": 31,
              "Title": "Invalid action format",
              "Message": "`GetHttpApi` is neither `*` nor of the form `<ram-code>:<action-name>`"
            }
          ]
        }
      ],
      "Errors": 3,
      "Warnings": 0,
      "Suggestions": 0
    }
    "#);
}

/// An action with a slip, on which the catalog has nothing.
const SLIP: &str = r#"{ "Version": "1", "Statement": [
  { "Effect": "Allow", "Action": "apig:GetHtpApi", "Resource": "acs:apig:*:*:httpapi/api-1" } ] }
"#;

#[test]
fn warnings_fail_only_when_that_is_asked_for() {
    let place = Place::new().with_file("slip.json", SLIP);
    assert_snapshot!(transcript(&place.run(&["policy", "check", "[DIR]/slip.json"])), @r"
    exit 0
    --- out
    [DIR]/slip.json:2:34: warning: Statement[0].Action: Unknown action: APIG has no action `GetHtpApi`; did you mean `apig:GetHttpApi`
    --- err
    1 file checked: 1 warning
    ");
    assert_eq!(place.run(&["policy", "check", "--strict", "[DIR]/slip.json"]).code, 1);
    let good = Place::new().with_file("good.json", GOOD);
    assert_eq!(good.run(&["policy", "check", "--strict", "[DIR]/good.json"]).code, 0);
}

#[test]
fn a_document_with_errors_is_validated_as_far_as_it_can_be_read() {
    let place = Place::new().with_input(&SLIP.replace("\"1\"", "\"2\""));
    let said = place.run(&["policy", "check", "-"]);
    assert_eq!(said.code, 1);
    let kinds: Vec<&str> = said.out.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert_eq!(kinds, ["error", "warning"], "{}", said.out);
}

#[test]
fn colours_are_used_where_they_are_shown() {
    let place = Place::on_a_terminal().with_colours().with_file("bad.json", BAD);
    let said = place.run(&["policy", "check", "[DIR]/bad.json"]);
    assert!(said.out.contains("\x1b[1;31merror: \x1b[0m"), "{}", said.out);
    let plain = Place::on_a_terminal().with_file("bad.json", BAD).run(&["policy", "check", "[DIR]/bad.json"]);
    assert!(!plain.out.contains('\x1b'));
}

#[test]
fn the_kind_decides_what_is_right() {
    let trust = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"RAM": "acs:ram::1000000000000001:root"}}]}"#;
    let place = Place::new().with_input(trust);
    assert_eq!(place.run(&["policy", "check", "--kind", "trust", "-"]).code, 0);
    assert_eq!(place.run(&["policy", "check", "--kind", "identity", "-"]).code, 1);
}

#[test]
fn text_of_others_cannot_drive_the_terminal() {
    let place = Place::on_a_terminal().with_input("{\"Version\": \"1\", \"State\u{1b}[2Jment\": []}");
    let said = place.run(&["policy", "check", "-"]);
    assert_eq!(said.code, 1);
    assert!(!said.out.contains('\x1b'), "{}", said.out);
}

#[test]
fn files_that_cannot_be_read_are_no_findings() {
    let place = Place::new().with_file("latin1.json", b"{\"Version\": \"\xe9\"}");
    let said = place.run(&["policy", "check", "[DIR]/latin1.json"]);
    assert_eq!(said.err, "error: cannot read `[DIR]/latin1.json`: it is not UTF-8 text, see byte 13\n");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    let said = place.run(&["policy", "check", "[DIR]/absent.json"]);
    assert_eq!(said.code, 2);
    assert!(said.err.starts_with("error: cannot read `[DIR]/absent.json`: No such file"), "{}", said.err);
}
