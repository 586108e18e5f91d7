use super::cell_name;
use crate::language::Message;

/// The most problems that are told of one sheet; how many there are in all is told besides.
const MOST_PROBLEMS: usize = 10_000;

/// One thing that is wrong with a sheet, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetProblem {
    /// What kind of problem it is.
    pub(crate) code: ProblemCode,
    /// The cell, or the range of cells; none when it is about the whole sheet.
    pub(crate) cell: Option<String>,
    /// What is wrong and what would be right, for people.
    pub(crate) message: Message,
}

/// The kinds of problem. Closed: a client may switch over it. The last ones are those of mutations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemCode {
    /// The sheet is empty, or has no rows below its headings.
    Empty,
    /// A cell has a formula.
    Formula,
    /// Cells are merged.
    MergedCells,
    /// A cell shows an error, such as `#REF!`.
    CellError,
    /// A cell has another type of content than its column takes.
    WrongType,
    /// A date is written as text in a way that can be understood in several ways.
    DateAsText,
    /// A cell has a value that is none of those which its column takes.
    UnknownValue,
    /// A heading is none of the sheet's kind.
    UnknownHeading,
    /// A heading stands twice.
    DuplicateHeading,
    /// A heading that has to be there is not.
    MissingHeading,
    /// A row has content in a column without a heading.
    WithoutHeading,
    /// A value is not acceptable.
    Invalid,
    /// Something that is named does not exist, or is not visible: the same answer.
    NotFound,
    /// It was changed since the sheet was exported.
    Conflict,
    /// The life cycle has no such step.
    IllegalTransition,
    /// Somebody else has to do it.
    SeparationOfDuties,
    /// The actor's roles do not allow it.
    Forbidden,
    /// Something that has to be there first is not.
    Incomplete,
    /// It exists already.
    Duplicate,
    /// It is more, or longer, than allowed.
    Limit,
}

impl ProblemCode {
    /// The code as clients get it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "EMPTY",
            Self::Formula => "FORMULA",
            Self::MergedCells => "MERGED_CELLS",
            Self::CellError => "CELL_ERROR",
            Self::WrongType => "WRONG_TYPE",
            Self::DateAsText => "DATE_AS_TEXT",
            Self::UnknownValue => "UNKNOWN_VALUE",
            Self::UnknownHeading => "UNKNOWN_HEADING",
            Self::DuplicateHeading => "DUPLICATE_HEADING",
            Self::MissingHeading => "MISSING_HEADING",
            Self::WithoutHeading => "WITHOUT_HEADING",
            Self::Invalid => "INVALID",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::IllegalTransition => "ILLEGAL_TRANSITION",
            Self::SeparationOfDuties => "SEPARATION_OF_DUTIES",
            Self::Forbidden => "FORBIDDEN",
            Self::Incomplete => "INCOMPLETE",
            Self::Duplicate => "DUPLICATE",
            Self::Limit => "LIMIT",
        }
    }
}

/// What is wrong with one sheet, gathered while it is read: as many as are told, and how many there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetProblems {
    told: Vec<SheetProblem>,
    count: usize,
}

impl SheetProblems {
    /// Notes a problem of a cell, by its row and column from 0.
    pub(crate) fn at(&mut self, (row, column): (u32, u32), code: ProblemCode, message: Message) {
        self.add(code, Some(cell_name(row, column)), message);
    }

    /// Notes a problem of the whole sheet.
    pub(crate) fn whole(&mut self, code: ProblemCode, message: Message) {
        self.add(code, None, message);
    }

    /// Notes a problem of a cell or range that has a name.
    pub(crate) fn add(&mut self, code: ProblemCode, cell: Option<String>, message: Message) {
        self.count += 1;
        if self.told.len() < MOST_PROBLEMS {
            self.told.push(SheetProblem { code, cell, message });
        }
    }

    /// How many there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// Those that are told.
    pub(crate) fn told(&self) -> &[SheetProblem] {
        &self.told
    }

    /// Whether nothing is wrong.
    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
