//! The committed outcomes, one file for each who asks.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use super::outcome::LEGEND;
use super::situation::{SITUATIONS, Who};

/// The environment variable with which the files are written anew.
const BLESS: &str = "SAMSYN_BLESS";

const COLUMNS: &str = "\
# OD own department (it answers to the own committee)  XD a department of another committee
# OC another department of the own committee           XC a department of a third committee
# XM another municipality                              AN without signing in, own department
# EX, NB, DI own department: the assignment has expired, has not begun, the user is disabled
";

/// Compares the outcomes with the committed ones.
pub(super) fn compare(who: Who, rows: &[(String, String)]) {
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let heads: Vec<_> = SITUATIONS.iter().map(|(head, ..)| *head).collect();
    let mut text = format!("# {}\n# {LEGEND}\n{COLUMNS}\n", who.name());
    writeln!(text, "{:width$}  {}", "", heads.join(" ")).expect("it fits");
    for (name, outcomes) in rows {
        let spaced: Vec<_> = outcomes.chars().map(|outcome| format!("{outcome} ")).collect();
        writeln!(text, "{name:width$}  {}", spaced.join(" ").trim_end()).expect("it fits");
    }
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/samsyn/access_matrix/snapshot")
        .join(format!("{}.txt", who.name()));
    if std::env::var_os(BLESS).is_some() {
        fs::write(&file, &text).expect("the snapshot is written");
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    if committed == text {
        return;
    }
    let known: Vec<_> = committed.lines().collect();
    let differences: Vec<_> = text.lines().filter(|line| !known.contains(line)).collect();
    panic!(
        "{} says otherwise. Now it is:\n{}\nWhen that is right, write it anew with {BLESS}=1 cargo test --test samsyn \
         access_matrix, and look the difference through.",
        file.display(),
        differences.join("\n")
    );
}
