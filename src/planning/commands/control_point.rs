use super::{
    control_year::{check_year, year_of},
    schedule::set_times,
};
use crate::{
    access::Permit,
    graphql::{NodeKind, PartialDateInput},
    planning::{
        rules::{
            refuse_bad_times, refuse_closed_year, refuse_department_of_shared, refuse_repetition, refuse_rewriting,
            writing,
        },
        store,
    },
    use_case::{
        Check, Failure, LONG_TEXT, NAME_TEXT, Problem, ProblemKind, SHORT_TEXT, Transaction, UseCase, changed,
        cleared_or_changed, expect_version,
    },
};
use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{ControlScope, StringList, control_point, control_year, department, risk, risk_control_point};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel};
use uuid::Uuid;

/// The most risks that a point answers to.
pub(super) const MOST_RISKS: usize = 100;

/// A new control point. It is in no plan yet.
#[derive(Clone, Debug, InputObject)]
pub struct CreateControlPointInput {
    /// The control year.
    pub control_year_id: ID,
    /// Whether all departments share it, or it is a department's or committee's own.
    pub scope: ControlScope,
    /// The department whose own point it is; left out for a shared one and for one of a committee's own plan.
    pub department_id: Option<ID>,
    /// What is controlled.
    pub title: String,
    /// The process that it belongs to.
    pub process: Option<String>,
    /// Why it is controlled.
    pub purpose: Option<String>,
    /// What the control covers, in words.
    pub scope_text: Option<String>,
    /// How it is controlled.
    pub method: Option<String>,
    /// How often or when: one or more frequencies or times.
    #[graphql(default)]
    pub schedule: Vec<String>,
    /// The times in the year at which it is to be checked, in their order: none of them overlaps another. At most 60.
    #[graphql(default)]
    pub scheduled_times: Vec<PartialDateInput>,
    /// The functions responsible for the control.
    #[graphql(default)]
    pub responsible_functions: Vec<String>,
    /// The same point in an earlier year.
    pub previous_point_id: Option<ID>,
    /// The risks of the same year that it answers to.
    #[graphql(default)]
    pub risk_ids: Vec<ID>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

/// What an input names, as far as it is there.
#[derive(Debug)]
pub struct NamedForPoint {
    check: Check,
    year: Option<control_year::Model>,
    department_id: Option<Uuid>,
    previous_point_id: Option<Uuid>,
    risks: Vec<Uuid>,
}

impl CreateControlPointInput {
    async fn look_through(&self, tx: &Transaction) -> Result<NamedForPoint, Failure> {
        let mut check = Check::new();
        let year = check_year(&mut check, tx, &self.control_year_id).await?;
        let department_id = check.optional_id("departmentId", NodeKind::Department, self.department_id.as_ref());
        let department = check
            .found::<department::Entity>(
                tx,
                "departmentId",
                department_id,
                NodeKind::Department,
                Condition::all(),
            )
            .await?;
        refuse_department_of_shared(&mut check, self.scope, self.department_id.is_some());
        self.look_through_content(&mut check, year.as_ref());
        let previous_point_id = check.optional_id(
            "previousPointId",
            NodeKind::ControlPoint,
            self.previous_point_id.as_ref(),
        );
        check_previous(&mut check, tx, year.as_ref(), previous_point_id).await?;
        let risks = check_risks(&mut check, tx, year.as_ref(), &self.risk_ids).await?;
        Ok(NamedForPoint {
            check,
            year,
            department_id: department.map(|department| department.id),
            previous_point_id,
            risks,
        })
    }

    /// Notes everything that is wrong with what it says.
    pub(super) fn look_through_content(&self, check: &mut Check, year: Option<&control_year::Model>) {
        check.text("title", &self.title, NAME_TEXT);
        check.optional_text("process", self.process.as_ref(), NAME_TEXT);
        check.optional_text("purpose", self.purpose.as_ref(), LONG_TEXT);
        check.optional_text("scopeText", self.scope_text.as_ref(), LONG_TEXT);
        check.optional_text("method", self.method.as_ref(), LONG_TEXT);
        check.texts("schedule", &self.schedule, SHORT_TEXT);
        if let Some(year) = year {
            refuse_bad_times(check, "scheduledTimes", &self.scheduled_times, year.year);
        }
        check.texts("responsibleFunctions", &self.responsible_functions, SHORT_TEXT);
    }
}

impl NamedForPoint {
    /// What a row of a sheet names, which is known to be there.
    pub(super) fn known(year: control_year::Model, department_id: Option<Uuid>, risks: Vec<Uuid>) -> Self {
        Self {
            check: Check::new(),
            year: Some(year),
            department_id,
            previous_point_id: None,
            risks,
        }
    }
}

impl UseCase for CreateControlPointInput {
    const NAME: &'static str = "createControlPoint";
    type Subject = NamedForPoint;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, NamedForPoint), Failure> {
        let named = self.look_through(tx).await?;
        if self.department_id.is_some() && named.department_id.is_none() {
            return Err(named.check.into_failure());
        }
        let (right, place) = writing(self.scope, named.department_id);
        Ok((tx.permit(right, place)?, named))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, named: NamedForPoint) -> Result<Uuid, Failure> {
        named.check.finish()?;
        let row = control_point::ActiveModel {
            municipality_id: Set(permit.municipality_id()),
            id: Set(Uuid::now_v7()),
            control_year_id: Set(named.year.map(|year| year.id).unwrap_or_default()),
            scope: Set(self.scope),
            department_id: Set(named.department_id),
            title: Set(self.title),
            process: Set(self.process),
            purpose: Set(self.purpose),
            scope_text: Set(self.scope_text),
            method: Set(self.method),
            schedule: Set(StringList(self.schedule)),
            responsible_functions: Set(StringList(self.responsible_functions)),
            previous_point_id: Set(named.previous_point_id),
            version: Set(1),
            created_at: Set(tx.now()),
        };
        let point = tx.insert(&permit, row).await?;
        for risk_id in named.risks {
            tx.insert(&permit, link(&point, risk_id)).await?;
        }
        set_times(tx, &permit, point.id, self.scheduled_times).await?;
        Ok(point.id)
    }
}

/// A change of a control point. What is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateControlPointInput {
    /// The control point.
    pub id: ID,
    /// The version that you read: the change is refused when it has another by now.
    pub expected_version: i32,
    /// What is controlled.
    pub title: MaybeUndefined<String>,
    /// The process that it belongs to.
    pub process: MaybeUndefined<String>,
    /// Why it is controlled.
    pub purpose: MaybeUndefined<String>,
    /// What the control covers, in words.
    pub scope_text: MaybeUndefined<String>,
    /// How it is controlled.
    pub method: MaybeUndefined<String>,
    /// How often or when: all the frequencies or times that it shall have.
    pub schedule: MaybeUndefined<Vec<String>>,
    /// All the times in the year at which it shall be checked, in their order, also of a point in an adopted plan: when its
    /// schedule is carried out is planned in the year.
    pub scheduled_times: MaybeUndefined<Vec<PartialDateInput>>,
    /// All the functions that shall be responsible for the control.
    pub responsible_functions: MaybeUndefined<Vec<String>>,
    /// The same point in an earlier year; null for none.
    pub previous_point_id: MaybeUndefined<ID>,
    /// All the risks of the same year that it shall answer to. Risks that you cannot see stay.
    pub risk_ids: MaybeUndefined<Vec<ID>>,
    /// A key of the client's own choice: the same key with the same input answers with the same object for 24 hours.
    pub idempotency_key: Option<String>,
}

impl UpdateControlPointInput {
    /// Whether more than the point's links to risks and to an earlier year, and its scheduled times, shall change.
    pub(super) fn rewrites(&self) -> bool {
        let texts = [
            &self.title,
            &self.process,
            &self.purpose,
            &self.scope_text,
            &self.method,
        ];
        let lists = [&self.schedule, &self.responsible_functions];
        texts.iter().any(|text| !text.is_undefined()) || lists.iter().any(|list| !list.is_undefined())
    }
}

impl UpdateControlPointInput {
    /// Notes everything that is wrong with what it changes.
    pub(super) fn look_through_content(&self, check: &mut Check, year: &control_year::Model) {
        check.text_change("title", &self.title, NAME_TEXT);
        check.optional_text_change("process", &self.process, NAME_TEXT);
        check.optional_text_change("purpose", &self.purpose, LONG_TEXT);
        check.optional_text_change("scopeText", &self.scope_text, LONG_TEXT);
        check.optional_text_change("method", &self.method, LONG_TEXT);
        for (path, list) in [
            ("schedule", &self.schedule),
            ("responsibleFunctions", &self.responsible_functions),
        ] {
            check.not_null(path, list);
            check.texts(path, list.value().map(Vec::as_slice).unwrap_or_default(), SHORT_TEXT);
        }
        check.not_null("scheduledTimes", &self.scheduled_times);
        if let Some(times) = self.scheduled_times.value() {
            refuse_bad_times(check, "scheduledTimes", times, year.year);
        }
    }
}

impl UseCase for UpdateControlPointInput {
    const NAME: &'static str = "updateControlPoint";
    type Subject = control_point::Model;

    async fn authorise(&self, tx: &Transaction) -> Result<(Permit, control_point::Model), Failure> {
        let visible = store::visible_points(tx.reader());
        let point = tx
            .visible_subject::<control_point::Entity>("id", NodeKind::ControlPoint, &self.id, visible)
            .await?;
        let (right, place) = writing(point.scope, point.department_id);
        Ok((tx.permit(right, place)?, point))
    }

    async fn perform(self, tx: &mut Transaction, permit: Permit, point: control_point::Model) -> Result<Uuid, Failure> {
        expect_version(&point, self.expected_version)?;
        let mut check = Check::new();
        let year = year_of(tx, point.control_year_id).await?;
        check.apply(refuse_closed_year(&year));
        let rewrites = self.rewrites();
        let adopted = rewrites && store::in_adopted_plan(tx.reader(), point.id).await?;
        check.apply(refuse_rewriting(adopted, rewrites));
        self.look_through_content(&mut check, &year);
        let previous_point_id = check.id_change("previousPointId", NodeKind::ControlPoint, self.previous_point_id);
        check_previous(&mut check, tx, Some(&year), previous_point_id.value().copied()).await?;
        check.not_null("riskIds", &self.risk_ids);
        let risks = match self.risk_ids.value() {
            Some(ids) => Some(check_risks(&mut check, tx, Some(&year), ids).await?),
            None => None,
        };
        check.finish()?;
        let replanned = match self.scheduled_times.take() {
            Some(times) => set_times(tx, &permit, point.id, times).await?,
            None => false,
        };
        let relinked = match risks {
            Some(risks) => relink(tx, &permit, &point, &risks).await?,
            None => false,
        };
        let mut change = point.clone().into_active_model();
        change.title = changed(self.title);
        change.process = cleared_or_changed(self.process);
        change.purpose = cleared_or_changed(self.purpose);
        change.scope_text = cleared_or_changed(self.scope_text);
        change.method = cleared_or_changed(self.method);
        change.schedule = changed(self.schedule.map_value(StringList));
        change.responsible_functions = changed(self.responsible_functions.map_value(StringList));
        change.previous_point_id = cleared_or_changed(previous_point_id);
        if relinked || replanned {
            change.version = Set(point.version + 1);
        }
        Ok(tx.update(&permit, point, change).await?.id)
    }
}

/// Looks for the same point in an earlier year.
async fn check_previous(
    check: &mut Check,
    tx: &Transaction,
    year: Option<&control_year::Model>,
    id: Option<Uuid>,
) -> Result<(), Failure> {
    let visible = store::visible_points(tx.reader());
    let previous = check
        .found::<control_point::Entity>(tx, "previousPointId", id, NodeKind::ControlPoint, visible)
        .await?;
    if let (Some(previous), Some(year)) = (previous, year) {
        let earlier = year_of(tx, previous.control_year_id).await?;
        check.require(earlier.year < year.year, || {
            Problem::invalid(
                "previousPointId",
                message!(
                    "planning-previous-not-earlier",
                    earlier = earlier.year,
                    year = year.year
                ),
            )
        });
    }
    Ok(())
}

/// Looks for the risks of the year that a point shall answer to.
async fn check_risks(
    check: &mut Check,
    tx: &Transaction,
    year: Option<&control_year::Model>,
    ids: &[ID],
) -> Result<Vec<Uuid>, Failure> {
    if ids.len() > MOST_RISKS {
        check.add(Problem::new(
            ProblemKind::Limit,
            "riskIds",
            message!("planning-too-many-risks", most = MOST_RISKS, found = ids.len()),
        ));
        return Ok(Vec::new());
    }
    let mut risks = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let path = format!("riskIds.{index}");
        let id = check.id(&path, NodeKind::Risk, id);
        let visible = store::visible_risks(tx.reader());
        let risk = check
            .found::<risk::Entity>(tx, &path, Some(id), NodeKind::Risk, visible)
            .await?;
        if let (Some(risk), Some(year)) = (risk, year) {
            check.require(risk.control_year_id == year.id, || {
                Problem::invalid(&path, message!("planning-risk-of-other-year"))
            });
        }
        risks.push(id);
    }
    let given: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
    refuse_repetition(check, "riskIds", "", &given);
    Ok(risks)
}

/// Makes the risks of a point that the actor sees exactly these; whether that changed any.
async fn relink(
    tx: &mut Transaction,
    permit: &Permit,
    point: &control_point::Model,
    risks: &[Uuid],
) -> Result<bool, Failure> {
    let present = store::risk_links(tx.reader(), point.id).await?;
    let mut relinked = false;
    for risk_id in risks {
        if present.iter().all(|link| link.risk_id != *risk_id) {
            tx.insert(permit, link(point, *risk_id)).await?;
            relinked = true;
        }
    }
    for gone in present.into_iter().filter(|link| !risks.contains(&link.risk_id)) {
        let visible = store::visible_risks(tx.reader());
        if tx
            .reader()
            .visible_by_id::<risk::Entity>(gone.risk_id, visible)
            .await?
            .is_some()
        {
            tx.delete(permit, gone).await?;
            relinked = true;
        }
    }
    Ok(relinked)
}

fn link(point: &control_point::Model, risk_id: Uuid) -> risk_control_point::ActiveModel {
    risk_control_point::ActiveModel {
        municipality_id: Set(point.municipality_id),
        risk_id: Set(risk_id),
        control_point_id: Set(point.id),
    }
}
