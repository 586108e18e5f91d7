use crate::{language::Message, use_case::Problem};

/// The most bytes of a name, as file systems have it.
const LONGEST: usize = 255;

/// Characters that turn the direction of what follows: "fdp.exe" could show as "exe.pdf".
const TURNING: [char; 12] = [
    '\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// A file's name is what whoever downloads it can save it under, and what they believe it to be.
///
/// # Errors
/// A problem at `fileName` when it is blank, too long, or has characters that no such name has.
pub(crate) fn refuse_bad_name(name: &str) -> Result<(), Problem> {
    let invalid = |message: Message| Err(Problem::invalid("fileName", message));
    if name.trim().is_empty() {
        return invalid(message!("attachments-name-missing"));
    }
    if name.len() > LONGEST {
        let found = name.len();
        return invalid(message!("attachments-name-too-long", found, longest = LONGEST));
    }
    if name.contains(['/', '\\']) {
        return invalid(message!("attachments-name-with-folders"));
    }
    if name
        .chars()
        .any(|letter| letter.is_control() || TURNING.contains(&letter))
    {
        return invalid(message!("attachments-name-control"));
    }
    if name.trim() != name {
        return invalid(message!("attachments-name-blank-ends"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_file_can_be_saved_under() {
        for name in [
            "a.pdf",
            "Slutredovisning 2017 – bilaga 1 (åäö).docx",
            "\u{65e5}\u{672c}.txt",
            "...pdf",
        ] {
            assert!(refuse_bad_name(name).is_ok(), "{name}");
        }
        let (longest, longer) = (format!("{}.txt", "å".repeat(125)), format!("{}.txt", "å".repeat(126)));
        assert!(refuse_bad_name(&longest).is_ok() && refuse_bad_name(&longer).is_err());
        for name in [
            "",
            "  ",
            "a/b.pdf",
            "..\\b.pdf",
            "../b.pdf",
            "a\0.pdf",
            "a\n.pdf",
            "a\u{7f}.pdf",
            "a\u{85}.pdf",
            "a\u{202e}fdp.exe",
            " a.pdf",
            "a.pdf ",
        ] {
            assert!(refuse_bad_name(name).is_err(), "{name:?}");
        }
    }
}
