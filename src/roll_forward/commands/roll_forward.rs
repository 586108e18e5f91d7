use crate::{
    access::{Permit, Place, Right},
    follow_up::{open_findings, unverified_actions},
    graphql::NodeKind,
    organisation::{Landing, landings_on},
    planning::{first_day, open_year, planned_points, risks_of_year, year_by_number},
    roll_forward::{
        rules::{landed_on, source_of},
        store,
    },
    use_case::{Failure, Problem, ProblemKind, Transaction, UseCase},
};
use async_graphql::{ID, InputObject};
use entity::{CarryOverKind, CarryOverStatus, carry_over, control_year};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A control year that what is left of the year before is to come along to. Doing it again proposes only what has been
/// added to the year before since, and lets what nobody has decided on yet land where its department has gone by now.
#[derive(Clone, Debug, InputObject)]
pub struct RollForwardInput {
    /// The control year that it comes along to.
    pub control_year_id: ID,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UseCase for RollForwardInput {
    const NAME: &'static str = "rollForward";
    type Subject = control_year::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_year::Model), Failure> {
        let permit = tx.permit(Right::ControlYearManage, Place::Municipality)?;
        let id = NodeKind::ControlYear
            .decode(&self.control_year_id)
            .map_err(|error| Problem::invalid("controlYearId", error.message()))?;
        let year = tx.reader().by_id::<control_year::Entity>(id).await?;
        let year = year.ok_or_else(|| Problem::not_found("controlYearId", NodeKind::ControlYear))?;
        Ok((permit, year))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, year: control_year::Model) -> Result<Uuid, Failure> {
        let year = open_year(tx, year.id).await?;
        let before = year_by_number(tx.reader(), year.year - 1).await?.ok_or_else(|| {
            let missing = message!("roll-forward-missing-year", year = year.year - 1);
            Problem::new(
                ProblemKind::Incomplete { missing: vec![missing] },
                "controlYearId",
                message!("roll-forward-no-year-before", year = year.year - 1),
            )
        })?;
        let landings = landings_on(tx.reader(), first_day(&year)).await?;
        let proposed = store::proposed(tx.reader(), year.id).await?;
        let known: HashSet<Uuid> = proposed.iter().filter_map(source_of).collect();
        land_anew(tx, &permit, proposed, &landings).await?;
        for (kind, found) in sources(tx, before.id).await? {
            for (id, from) in found.into_iter().filter(|(id, _)| !known.contains(id)) {
                let row = proposal(tx, &permit, &year, (kind, id), (from, landed_on(from, &landings)));
                tx.insert(&permit, row).await?;
            }
        }
        Ok(year.id)
    }
}

/// Where undecided proposals land may have changed since they were made.
async fn land_anew(
    tx: &mut Transaction,
    permit: &Permit,
    proposed: Vec<carry_over::Model>,
    landings: &HashMap<Uuid, Landing>,
) -> Result<(), Failure> {
    let undecided = proposed
        .into_iter()
        .filter(|row| row.status == CarryOverStatus::Proposed);
    for row in undecided {
        let mut change = row.clone().into_active_model();
        change.department_id = Set(landed_on(row.from_department_id, landings));
        tx.update(permit, row, change).await?;
    }
    Ok(())
}

type Found = Vec<(Uuid, Option<Uuid>)>;

/// What is left of a year, in the order in which it is best decided: each kind refers to those before it.
async fn sources(tx: &Transaction, year: Uuid) -> Result<[(CarryOverKind, Found); 4], Failure> {
    let reader = tx.reader();
    Ok([
        (CarryOverKind::Risk, risks_of_year(reader, year).await?),
        (CarryOverKind::ControlPoint, planned_points(reader, year).await?),
        (CarryOverKind::Finding, open_findings(reader, year).await?),
        (CarryOverKind::CorrectiveAction, unverified_actions(reader, year).await?),
    ])
}

fn proposal(
    tx: &Transaction,
    permit: &Permit,
    year: &control_year::Model,
    (kind, source): (CarryOverKind, Uuid),
    (from, landed): (Option<Uuid>, Option<Uuid>),
) -> carry_over::ActiveModel {
    let of = |wanted: CarryOverKind| (kind == wanted).then_some(source);
    carry_over::ActiveModel {
        municipality_id: Set(permit.municipality_id()),
        id: Set(Uuid::now_v7()),
        control_year_id: Set(year.id),
        kind: Set(kind),
        risk_id: Set(of(CarryOverKind::Risk)),
        control_point_id: Set(of(CarryOverKind::ControlPoint)),
        finding_id: Set(of(CarryOverKind::Finding)),
        corrective_action_id: Set(of(CarryOverKind::CorrectiveAction)),
        from_department_id: Set(from),
        department_id: Set(landed),
        status: Set(CarryOverStatus::Proposed),
        new_risk_id: Set(None),
        new_control_point_id: Set(None),
        new_finding_id: Set(None),
        new_corrective_action_id: Set(None),
        reason: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        version: Set(1),
        created_at: Set(tx.now()),
    }
}
