use super::DepartmentReport;
use crate::{
    graphql::{RequestError, Result, Row},
    planning::parse_year,
    reporting::store::{OccasionsOfYear, ReportKey, ReportRow, ReportsOfDepartment},
};
use entity::department;

/// Which report is meant, from the arguments.
///
/// # Errors
/// When the year is out of range.
pub(super) fn report_key(
    year: i32,
    occasion: Option<String>,
    committee: Option<String>,
) -> Result<ReportKey, RequestError> {
    Ok(ReportKey {
        year: parse_year(year)?,
        occasion,
        committee,
    })
}

/// The one report that was found, if any.
///
/// # Errors
/// When there are several, and the committee was not given.
pub(super) fn one_report(found: Vec<Row<ReportRow>>) -> Result<Option<DepartmentReport>, RequestError> {
    if found.len() > 1 {
        let codes: Vec<&str> = found.iter().map(|row| row.committee.code.as_str()).collect();
        return Err(RequestError::bad_request(message!(
            "reporting-several-committees",
            committees = codes.join(", ")
        )));
    }
    Ok(found.into_iter().next().map(DepartmentReport::from))
}

/// The answer where a year has no such occasion.
pub(super) fn no_such_occasion(year: i32, code: &str) -> RequestError {
    RequestError::bad_request(message!("reporting-no-such-occasion", year, code))
}

/// A department's report to a committee at an occasion.
///
/// # Errors
/// When the arguments are wrong or not enough, or the database fails.
pub(crate) async fn report_of_department(
    department: &Row<department::Model>,
    year: i32,
    occasion: Option<String>,
    committee: Option<String>,
) -> Result<Option<DepartmentReport>> {
    let key = report_key(year, occasion, committee)?;
    let named = key.occasion.clone();
    let found = department.many(ReportsOfDepartment(key)).await?;
    if let Some(code) = named
        && found.is_empty()
        && department.reader().is_internal()
    {
        let occasions = department.many(OccasionsOfYear(year)).await?;
        if !occasions.is_empty() && occasions.iter().all(|occasion| occasion.code != code) {
            return Err(no_such_occasion(year, &code).into());
        }
    }
    Ok(one_report(found)?)
}
