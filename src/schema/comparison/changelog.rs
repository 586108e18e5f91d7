use super::{Change, Severity};

/// Where what is not released yet is told.
const UNRELEASED: &str = "## [Unreleased]";

/// The part of it that is written from the schema.
const HEADING: &str = "### Schema";

/// The changelog with the changes of the schema in it, in a part of their own, in the place of those that it had.
///
/// # Errors
/// When it has no part for what is not released.
pub fn write_changelog(changelog: &str, changes: &[Change]) -> Result<String, &'static str> {
    let lines: Vec<&str> = changelog.lines().collect();
    let start = lines
        .iter()
        .position(|line| *line == UNRELEASED)
        .ok_or("the changelog has no part \"## [Unreleased]\"")?;
    let end = lines.iter().skip(start + 1).position(|line| line.starts_with("## "));
    let end = end.map_or(lines.len(), |at| start + 1 + at);
    let (before, unreleased, after) = (&lines[..start], &lines[start..end], &lines[end..]);
    let entry = entry(changes);
    let mut part: Vec<&str> = unreleased.to_vec();
    let at = match unreleased.iter().position(|line| *line == HEADING) {
        Some(at) => {
            // What was written before: lines of a list, and what sets them apart.
            let written = unreleased.iter().skip(at + 1);
            let length = written
                .take_while(|line| line.is_empty() || line.starts_with("- "))
                .count();
            part.drain(at..=at + length);
            at
        }
        None => {
            part.truncate(
                part.iter()
                    .rposition(|line| !line.is_empty())
                    .map_or(0, |last| last + 1),
            );
            part.push("");
            part.len()
        }
    };
    part.splice(at..at, entry.lines());
    part.truncate(
        part.iter()
            .rposition(|line| !line.is_empty())
            .map_or(0, |last| last + 1),
    );
    let mut all = before.to_vec();
    all.append(&mut part);
    if !after.is_empty() {
        all.push("");
        all.extend(after);
    }
    Ok(all.join("\n") + "\n")
}

/// The part of the schema, with a line for each change that a client could notice; nothing where there is none.
fn entry(changes: &[Change]) -> String {
    let lines: String = changes
        .iter()
        .filter(|change| !change.words_only)
        .map(|change| {
            let mark = match change.severity {
                Severity::Breaking => "**Breaking:** ",
                Severity::Dangerous => "*Take note:* ",
                Severity::Safe => "",
            };
            format!("- {mark}`{}` {}.\n", change.path, change.what)
        })
        .collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("{HEADING}\n\n{lines}\n"),
    }
}
