//! Several texts in one cell.

/// Texts as one cell has them: with semicolons between, or each on a line where one of them has a semicolon itself.
pub(crate) fn joined_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    let lines = texts.iter().any(|text| text.contains(';'));
    let joined = texts.join(if lines { "\n" } else { "; " });
    // One text alone with a semicolon needs a line's end to be read as one.
    if lines && texts.len() == 1 {
        joined + "\n"
    } else {
        joined
    }
}

/// The texts in a cell.
pub(super) fn split_list(cell: &str) -> Vec<String> {
    let parts: Vec<&str> = if cell.contains('\n') {
        cell.lines().collect()
    } else {
        cell.split(';').collect()
    };
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        for texts in [&["a"][..], &["a", "b c"], &["a; b", "c"], &["a;b"], &[]] {
            assert_eq!(split_list(&joined_list(texts.iter().copied())), texts);
        }
        assert_eq!(split_list(" a ;; b; "), ["a", "b"]);
    }
}
