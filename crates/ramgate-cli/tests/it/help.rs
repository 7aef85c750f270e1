//! Every command says what it is for, with examples.

use crate::support::{Line, Place};
use clap::CommandFactory;

#[test]
fn every_command_and_option_is_described_and_every_command_has_examples() {
    fn visit(command: &mut clap::Command, path: &str) {
        let path = format!("{path} {}", command.get_name());
        let help = command.render_long_help().to_string();
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{path}: {} has no help", argument.get_id());
        }
        if command.has_subcommands() {
            for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
                assert!(inner.get_about().is_some(), "{path} {} has no help", inner.get_name());
                visit(inner, &path);
            }
        } else {
            assert!(help.contains("Examples:"), "{path} has no examples:\n{help}");
            let (_, examples) = help.split_once("Examples:").unwrap();
            assert!(examples.lines().all(|line| line.chars().count() < 80), "{path} is too wide:\n{examples}");
        }
    }
    let mut line = Line::command();
    line.build();
    for command in line.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
        visit(command, "ramgate");
    }
}

#[test]
fn commands_that_make_no_sense_exit_with_2_and_say_why() {
    for (words, why) in [
        (&["policy", "check"][..], "<FILE>"),
        (&["policy", "simulate"], "required"),
        (&["policy", "explain", "--json"], "required"),
        (&["policy", "simulate", "--policy", "a"], "--action"),
        (&["policy", "simulate", "corpus.json", "--action", "a:b"], "cannot be used with"),
        (&["policy", "check", "--kind", "letter", "a"], "invalid value 'letter'"),
        (&["audit", "query", "--from", "yesterday"], "a time looks like"),
        (&["audit", "query", "--status", "bad"], "a status looks like"),
        (&["audit", "query", "--cursor", "bad"], "`bad` is not a cursor"),
        (&["audit", "verify", "--head", "bad"], "is not the head of an audit log"),
        (&["call"], "PRODUCT OPERATION"),
    ] {
        let said = Place::new().run(words);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{words:?}");
        assert!(said.err.contains(why), "{words:?}: {}", said.err);
    }
}
