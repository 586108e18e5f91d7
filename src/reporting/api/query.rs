use super::{
    DepartmentReport, JointFollowUp, JointReport, RollUp, RollUpInput,
    report_arguments::{no_such_occasion, one_report, report_key},
};
use crate::{
    access::Reader,
    graphql::{Result, Row, reader},
    planning::{occasion_of_year, parse_year, year_by_number},
    reporting::store::{self, ReportKey},
};
use async_graphql::{Context, Object};
use std::sync::Arc;

/// The queries of reporting.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportingQuery;

#[Object]
impl ReportingQuery {
    /// A department's report at an occasion (the separate departmental report); null when there is none that is
    /// visible to you.
    async fn department_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The department's code, such as \"KSF\".")] department_code: String,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
        #[graphql(desc = "The committee's code: only needed where the department reports to several committees.")]
        committee_code: Option<String>,
    ) -> Result<Option<DepartmentReport>> {
        let reader = reader(ctx).await?;
        report_by_code(&reader, &department_code, report_key(year, occasion, committee_code)?).await
    }

    /// The shared points of a year across all departments at an occasion; null when the year or its occasions are not
    /// there, or the joint follow-up is not visible to you.
    async fn joint_follow_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
    ) -> Result<Option<JointFollowUp>> {
        let year = parse_year(year)?;
        let reader = reader(ctx).await?;
        if !JointFollowUp::is_open_to(&reader) {
            return Ok(None);
        }
        joint_follow_up_of(&reader, year, occasion.as_deref()).await
    }

    /// How the internal control of the municipality or of a committee stands, counted across departments, in one year or
    /// several, as far as you see it.
    async fn roll_up(&self, ctx: &Context<'_>, #[graphql(desc = "What it is of.")] of: RollUpInput) -> Result<RollUp> {
        let filter = of.try_into()?;
        Ok(RollUp::new(reader(ctx).await?, filter))
    }

    /// The joint report at an occasion, which the executive board decides on; null when there is none that is visible to
    /// you.
    async fn joint_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The control year, 1900 to 2200.")] year: i32,
        #[graphql(desc = "The reporting occasion's code; left out: the year's last, annual one.")] occasion: Option<
            String,
        >,
    ) -> Result<Option<JointReport>> {
        let year = parse_year(year)?;
        let reader = reader(ctx).await?;
        let Some(found) = year_by_number(&reader, year).await? else {
            return Ok(None);
        };
        let Some(at) = occasion_of_year(&reader, found.id, occasion.as_deref()).await? else {
            if reader.is_internal() {
                refuse_unknown_occasion(&reader, year, occasion.as_deref()).await?;
            }
            return Ok(None);
        };
        let found = store::joint_report_at(&reader, at.id).await?;
        Ok(found.map(|row| JointReport::single(&reader, row)))
    }
}

/// The report that a department's code and the arguments mean, if the reader can see it.
///
/// # Errors
/// When there is no such occasion, or the committee has to be said.
pub(super) async fn report_by_code(
    reader: &Arc<Reader>,
    department_code: &str,
    key: ReportKey,
) -> Result<Option<DepartmentReport>> {
    let found = store::reports_by_code(reader, department_code, &key).await?;
    if found.is_empty() && reader.is_internal() {
        refuse_unknown_occasion(reader, key.year, key.occasion.as_deref()).await?;
    }
    Ok(one_report(Row::all(reader, found))?)
}

/// The joint follow-up of a year at an occasion, as a reader sees it that it is open to.
///
/// # Errors
/// When there is no such occasion.
pub(super) async fn joint_follow_up_of(
    reader: &Arc<Reader>,
    year: i32,
    occasion: Option<&str>,
) -> Result<Option<JointFollowUp>> {
    let found = JointFollowUp::read(reader, year, occasion).await?;
    if found.is_none() {
        refuse_unknown_occasion(reader, year, occasion).await?;
    }
    Ok(found)
}

/// Answers `BAD_REQUEST` where a year is there but has no occasion with the code.
async fn refuse_unknown_occasion(reader: &Reader, year: i32, code: Option<&str>) -> Result<()> {
    let Some(code) = code else { return Ok(()) };
    let Some(found) = year_by_number(reader, year).await? else {
        return Ok(());
    };
    if occasion_of_year(reader, found.id, Some(code)).await?.is_none() {
        return Err(no_such_occasion(year, code).into());
    }
    Ok(())
}
