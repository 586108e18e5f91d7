use crate::{
    graphql::Caller,
    planning::{Counts, ImportKind, Looked},
    server::accept_language,
    spreadsheet::{Filled, ProblemCode},
    use_case::{Problem, ProblemKind},
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// What became of a sheet, or would.
#[derive(Debug)]
pub(super) struct Report {
    kind: ImportKind,
    dry_run: bool,
    counts: Counts,
    filled: Filled,
}

impl Report {
    /// Of a sheet that was only looked at.
    pub(super) fn looked(kind: ImportKind, dry_run: bool, looked: Looked, filled: Filled) -> Self {
        let counts = if dry_run { looked.counts } else { Counts::default() };
        Self::with(kind, dry_run, counts, looked.problems, filled)
    }

    /// Of a sheet that was imported.
    pub(super) fn done(kind: ImportKind, counts: Counts, filled: Filled) -> Self {
        Self::with(kind, false, counts, Vec::new(), filled)
    }

    /// Of a sheet that was not imported.
    pub(super) fn refused(kind: ImportKind, problems: Vec<Problem>, filled: Filled) -> Self {
        Self::with(kind, false, Counts::default(), problems, filled)
    }

    fn with(kind: ImportKind, dry_run: bool, counts: Counts, problems: Vec<Problem>, filled: Filled) -> Self {
        let mut filled = filled;
        for problem in problems {
            let cell = cell(&filled, &problem.path);
            filled.problems.add(code(&problem.kind), cell, problem.message);
        }
        Self {
            kind,
            dry_run,
            counts,
            filled,
        }
    }

    /// The answer: 200 when it was imported or only looked at, 422 when something stood in the way.
    pub(super) fn answer(self, caller: &Caller) -> Response {
        let language = caller.language();
        let problems = self.filled.problems.told().iter().map(|problem| {
            json!({
                "sheet": self.filled.sheet,
                "cell": problem.cell,
                "code": problem.code.as_str(),
                "message": problem.message.in_language(language),
            })
        });
        let body = json!({
            "kind": self.kind.name(),
            "dryRun": self.dry_run,
            "created": self.counts.created,
            "changed": self.counts.changed,
            "unchanged": self.counts.unchanged,
            "problemCount": self.filled.problems.count(),
            "problems": problems.collect::<Vec<Value>>(),
        });
        let status = if self.dry_run || self.filled.problems.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        let mut response = (status, headers, Json(body)).into_response();
        accept_language::tell(response.headers_mut(), caller.answer_language());
        response
    }
}

/// The cell that a problem is at: the row's first one where its column is not in the sheet.
fn cell(filled: &Filled, path: &[String]) -> Option<String> {
    let [rows, row, rest @ ..] = path else {
        return None;
    };
    let row: u32 = row.parse().ok().filter(|_| rows == "rows")?;
    let named = rest.first().and_then(|column| filled.cell(row, column));
    Some(named.unwrap_or_else(|| crate::spreadsheet::cell_name(row, 0)))
}

const fn code(kind: &ProblemKind) -> ProblemCode {
    match kind {
        ProblemKind::Invalid | ProblemKind::Invariant(_) => ProblemCode::Invalid,
        ProblemKind::NotFound => ProblemCode::NotFound,
        ProblemKind::Conflict { .. } => ProblemCode::Conflict,
        ProblemKind::IllegalTransition { .. } => ProblemCode::IllegalTransition,
        ProblemKind::SeparationOfDuties => ProblemCode::SeparationOfDuties,
        ProblemKind::Forbidden => ProblemCode::Forbidden,
        ProblemKind::Incomplete { .. } => ProblemCode::Incomplete,
        ProblemKind::Duplicate => ProblemCode::Duplicate,
        ProblemKind::Limit => ProblemCode::Limit,
    }
}
