use super::{
    check::{CheckContent, insert_check},
    covering::{Covered, covered, permit_centrally, refused_somewhere},
};
use crate::{
    access::{Permit, Right},
    follow_up::store,
    graphql::NodeKind,
    planning::{departments_with_point, is_exempt, open_year},
    use_case::{Check, Failure, Problem, ProblemKind, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{ControlScope, check_department, check_follow_up, control_point, department};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

/// The most departments that a check is registered for by name.
const MOST_DEPARTMENTS: usize = 100;

/// A check of a shared control point that was performed once for several departments: it is registered once, and shows in
/// the follow-up of each.
#[derive(Clone, Debug, InputObject)]
pub struct RegisterCentralCheckInput {
    /// The shared control point.
    pub control_point_id: ID,
    /// The departments that it was performed for. Left out or null: all that the point applies to, also those that begin
    /// their follow-up later.
    pub department_ids: Option<Vec<ID>>,
    /// What it says.
    #[graphql(flatten)]
    pub content: CheckContent,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// A department that the input names, and where in its list.
#[derive(Debug)]
struct Named {
    path: String,
    department: department::Model,
}

/// What a central check is of, and which departments it is for.
#[derive(Debug)]
pub struct Central {
    point: control_point::Model,
    /// Those that are named; none for all that the point applies to.
    named: Option<Vec<Named>>,
    covered: Vec<Covered>,
}

impl UseCase for RegisterCentralCheckInput {
    const NAME: &'static str = "registerCentralCheck";
    type Subject = Central;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, Central), Failure> {
        let mut check = Check::new();
        let point_id = check.id("controlPointId", NodeKind::ControlPoint, &self.control_point_id);
        let named = match &self.department_ids {
            Some(ids) => Some(named_departments(tx, &mut check, ids).await?),
            None => None,
        };
        check.finish()?;
        let point = store::visible_point(tx.reader(), point_id).await?;
        let point = point.ok_or_else(|| Problem::not_found("controlPointId", NodeKind::ControlPoint))?;
        let ids: Option<Vec<Uuid>> = named
            .as_ref()
            .map(|named| named.iter().map(|named| named.department.id).collect());
        let covered = covered(tx, point.id, ids.as_deref()).await?;
        let permit = permit_centrally(tx, &covered, || match &named {
            Some(named) => refused_in(tx, named, &covered),
            None => refused_somewhere(),
        })?;
        let central = Central { point, named, covered };
        Ok((permit, central))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, central: Central) -> Result<Uuid, Failure> {
        let Central { point, named, covered } = central;
        open_year(tx, point.control_year_id).await?;
        let mut check = Check::new();
        self.content.look_through(&mut check, tx.today());
        check.require(point.scope == ControlScope::Shared, || {
            Problem::invalid("controlPointId", message!("follow-up-check-of-own-point"))
        });
        match &named {
            Some(named) => refuse_unconcerned(tx, &mut check, &point, named).await?,
            None => check.require(!covered.is_empty(), || {
                Problem::invalid("controlPointId", message!("follow-up-point-in-no-plan"))
            }),
        }
        check.finish()?;
        let id = insert_check(tx, &permit, self.content, Some((point.id, named.is_none()))).await?;
        for Named { department, .. } in named.into_iter().flatten() {
            let row = check_department::ActiveModel {
                municipality_id: Set(permit.municipality_id()),
                control_check_id: Set(id),
                department_id: Set(department.id),
            };
            tx.insert(&permit, row).await?;
        }
        for follow_up in covered.into_iter().filter_map(|covered| covered.follow_up) {
            show(tx, &permit, id, follow_up.id).await?;
        }
        Ok(id)
    }
}

/// Shows a check in a follow-up.
pub(super) async fn show(
    tx: &mut Transaction,
    permit: &Permit,
    control_check_id: Uuid,
    follow_up_id: Uuid,
) -> Result<(), Failure> {
    let row = check_follow_up::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        control_check_id: Set(control_check_id),
        follow_up_id: Set(follow_up_id),
        created_at: Set(tx.now()),
    };
    tx.insert(permit, row).await?;
    Ok(())
}

/// Shows in a department's follow-up of a point what was performed centrally for it before: the follow-up has just begun, or
/// the department is no longer exempt. Nothing when it has not begun.
///
/// # Errors
/// When the database fails.
pub(crate) async fn show_central_checks(
    tx: &mut Transaction,
    permit: &Permit,
    point_id: Uuid,
    department_id: Uuid,
) -> Result<(), Failure> {
    let begun = store::follow_up_of(tx.reader(), point_id, department_id).await?;
    let Some(follow_up) = begun else { return Ok(()) };
    for check in store::central_checks_to_show(tx.reader(), &follow_up).await? {
        show(tx, permit, check.id, follow_up.id).await?;
    }
    Ok(())
}

/// The departments that the input names, each once; notes those that there are not.
async fn named_departments(tx: &Transaction, check: &mut Check, ids: &[ID]) -> Result<Vec<Named>, Failure> {
    check.require(!ids.is_empty(), || {
        Problem::invalid("departmentIds", message!("follow-up-name-a-department"))
    });
    if ids.len() > MOST_DEPARTMENTS {
        let message = message!("follow-up-too-many-departments", most = MOST_DEPARTMENTS);
        check.add(Problem::new(ProblemKind::Limit, "departmentIds", message));
        return Ok(Vec::new());
    }
    let mut named: Vec<Named> = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let path = format!("departmentIds.{index}");
        let id = check.id(&path, NodeKind::Department, id);
        if id.is_nil() {
            continue;
        }
        match tx.reader().by_id::<department::Entity>(id).await? {
            None => check.add(Problem::not_found(&path, NodeKind::Department)),
            Some(row) if named.iter().any(|known| known.department.id == row.id) => {}
            Some(department) => named.push(Named { path, department }),
        }
    }
    Ok(named)
}

/// That the actor may not write checks in some of the departments that they name.
fn refused_in(tx: &Transaction, named: &[Named], covered: &[Covered]) -> Problem {
    let lacking: Vec<&str> = covered
        .iter()
        .filter(|covered| !covered.is_written_by(tx))
        .filter_map(|covered| named.iter().find(|row| row.department.id == covered.department_id))
        .map(|row| row.department.code.as_str())
        .collect();
    let message = message!(
        "follow-up-central-check-denied-in",
        evidence = Right::EvidenceWrite.term(),
        departments = lacking.join(", "),
        central = Right::CentralCheckWrite.term()
    );
    Problem::new(ProblemKind::Forbidden, "departmentIds", message)
}

/// Notes the departments that the point does not apply to.
async fn refuse_unconcerned(
    tx: &Transaction,
    check: &mut Check,
    point: &control_point::Model,
    named: &[Named],
) -> Result<(), Failure> {
    let planning = departments_with_point(tx.reader(), point.id).await?;
    let unconcerned = named.iter().filter(|named| !planning.contains(&named.department.id));
    for Named { path, department } in unconcerned {
        let exempt = is_exempt(tx.reader(), point.id, department.id).await?;
        let message = if exempt {
            message!("follow-up-exempt-from-point", department = department.code)
        } else {
            message!("follow-up-point-not-in-plan-of", department = department.code)
        };
        check.add(Problem::invalid(path, message));
    }
    Ok(())
}
