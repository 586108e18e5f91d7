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
    let start = changelog
        .find(UNRELEASED)
        .ok_or("the changelog has no part \"## [Unreleased]\"")?;
    let rest = &changelog[start + UNRELEASED.len()..];
    let end = rest
        .find("\n## ")
        .map_or(changelog.len(), |at| start + UNRELEASED.len() + at + 1);
    let (before, unreleased, after) = (&changelog[..start], &changelog[start..end], &changelog[end..]);
    let kept = match unreleased.find(HEADING) {
        None => unreleased.trim_end().to_owned(),
        Some(at) => {
            let old = &unreleased[at..];
            let end = old[HEADING.len()..]
                .find("\n### ")
                .map_or(old.len(), |next| HEADING.len() + next + 1);
            format!("{}{}", &unreleased[..at], &old[end..]).trim_end().to_owned()
        }
    };
    let entry = entry(changes);
    let mut text = format!("{before}{kept}\n");
    if !entry.is_empty() {
        text.push_str(&format!("\n{HEADING}\n\n{entry}"));
    }
    if !after.is_empty() {
        text.push_str(&format!("\n{after}"));
    }
    Ok(text)
}

/// A line for each change that a client could notice. What belongs to a type that was added is told by the type.
fn entry(changes: &[Change]) -> String {
    changes
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
        .collect()
}
