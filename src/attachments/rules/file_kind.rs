use mime::Mime;

/// The kinds of file that may be attached. Closed: what people write and scan, and nothing that a program or a browser
/// would carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Pdf,
    Png,
    Jpeg,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Text,
    Csv,
}

impl FileKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 11] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Text,
        Self::Csv,
    ];

    /// Its media type.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// The ends that names of such files have.
    pub(crate) const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
        }
    }

    /// The kind that a file's name says it is of.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        let named = |kind: &Self| {
            let mut extensions = kind.extensions().iter();
            extensions.any(|known| known.eq_ignore_ascii_case(extension))
        };
        Self::ALL.into_iter().find(named).filter(|_| !stem.is_empty())
    }

    /// The kind with this media type.
    pub(crate) fn of_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// Whether it is text, which is always UTF-8.
    pub(crate) const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Csv)
    }

    /// Whether a client may declare a file of this kind so. A browser on a machine with Excel declares CSV as a
    /// spreadsheet, and one that knows nothing of a file says that it is bytes.
    pub(crate) fn may_be_declared(self, declared: &Mime) -> bool {
        let essence = declared.essence_str();
        let charset = declared.get_param(mime::CHARSET);
        if self.is_text() && charset.is_some_and(|charset| charset != mime::UTF_8) {
            return false;
        }
        essence == self.media_type()
            || essence == mime::APPLICATION_OCTET_STREAM
            || (self == Self::Csv && essence == "application/vnd.ms-excel")
    }

    /// All ends of names, for people.
    pub(crate) fn known_extensions() -> String {
        let extensions = Self::ALL.iter().flat_map(|kind| kind.extensions());
        extensions.copied().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(kind: FileKind, text: &str) -> bool {
        kind.may_be_declared(&text.parse().unwrap())
    }

    #[test]
    fn a_name_says_the_kind_whatever_its_case() {
        for kind in FileKind::ALL {
            for extension in kind.extensions() {
                assert_eq!(FileKind::of_name(&format!("rapport.{extension}")), Some(kind));
                let upper = format!("RAPPORT.v2.{}", extension.to_uppercase());
                assert_eq!(FileKind::of_name(&upper), Some(kind));
            }
            assert_eq!(FileKind::of_media_type(kind.media_type()), Some(kind));
        }
        for name in [
            "",
            "pdf",
            ".pdf",
            "a",
            "a.",
            "a.exe",
            "a.html",
            "a.svg",
            "a.pdf.exe",
            "a.docm",
            "a.zip",
            "a.pdf ",
        ] {
            assert_eq!(FileKind::of_name(name), None, "{name}");
        }
    }

    #[test]
    fn a_declared_type_is_the_files_or_says_nothing() {
        assert!(declared(FileKind::Pdf, "application/pdf"));
        assert!(declared(FileKind::Pdf, "application/octet-stream"));
        assert!(!declared(FileKind::Pdf, "image/png"));
        assert!(declared(FileKind::Text, "text/plain; charset=UTF-8"));
        assert!(!declared(FileKind::Text, "text/plain; charset=iso-8859-1"));
        assert!(declared(FileKind::Csv, "application/vnd.ms-excel"));
        assert!(!declared(FileKind::Xlsx, "application/vnd.ms-excel"));
    }
}
