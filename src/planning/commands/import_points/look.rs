//! Looking at the rows of a sheet: what becomes of each, and what is wrong with it.

use super::{
    super::{
        plan_point::refuse_unfitting,
        sheet::{Ground, RowProblems, id_of_row, refuse_stale},
    },
    NewPoint, PointSteps, Step,
    change::{changes, changes_nothing, named_as_columns, new_point, planned},
    places::Placing,
    risks::KnownRisks,
};
use crate::{
    access::{Permit, Reader},
    graphql::NodeKind,
    planning::{
        rules::{LAST_NUMBER, refuse_past_draft, refuse_rewriting, writing},
        sheets::{Counts, PointRow, Target},
        store,
    },
    use_case::{Check, Failure, Problem, SHORT_TEXT},
};
use async_graphql::{
    ID,
    MaybeUndefined::{self, Null, Undefined},
};
use entity::{ControlScope, control_plan, control_point, scheduled_time};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Whose a point is, and what it is called: what a row without an id is known by.
type Key = (ControlScope, Option<Uuid>, String);

/// What becomes of the rows of a sheet, as the reader's to do. `of_plan` says that they have places in a plan.
///
/// # Errors
/// When the database fails: what is wrong with the rows is in the answer.
pub(crate) async fn look_at_points(
    reader: &Reader,
    target: &Target,
    rows: &[PointRow],
    of_plan: bool,
) -> Result<PointSteps, Failure> {
    let mut problems = RowProblems::default();
    let stopped = |problems: RowProblems| PointSteps {
        problems: problems.into_problems(),
        ..PointSteps::default()
    };
    let Some(ground) = Ground::of(reader, target, &mut problems).await? else {
        return Ok(stopped(problems));
    };
    let plan = if of_plan {
        match plan_of(reader, &ground, target, &mut problems).await? {
            Some(plan) => Some(plan),
            None => return Ok(stopped(problems)),
        }
    } else {
        None
    };
    let mut look = Look::of(reader, ground, plan, rows, problems).await?;
    for row in rows {
        look.at(row).await?;
    }
    for (row, problem) in look.places.number() {
        look.problems.of_row(row, problem);
    }
    Ok(PointSteps {
        year: Some(look.ground.year),
        steps: look.steps,
        plan: look.plan,
        places: look.places,
        counts: look.counts,
        problems: look.problems.into_problems(),
    })
}

/// The plan that a sheet is of, with leave to write it; none, and it is noted why, when it cannot be changed.
async fn plan_of(
    reader: &Reader,
    ground: &Ground,
    target: &Target,
    problems: &mut RowProblems,
) -> Result<Option<(Permit, control_plan::Model)>, Failure> {
    let department = ground.default_department;
    let plans = store::latest_plans(reader, ground.year.id, department, target.committee_code.as_deref()).await?;
    let mut plans = plans.into_iter();
    let plan = match (plans.next(), plans.next()) {
        (Some(plan), None) => plan,
        (Some(_), Some(_)) => {
            problems.whole(Problem::invalid("", message!("planning-sheet-several-plans")));
            return Ok(None);
        }
        (None, _) => {
            problems.whole(Problem::not_found("", message!("planning-sheet-no-plan")));
            return Ok(None);
        }
    };
    let (right, place) = writing(plan.scope, plan.department_id);
    let permit = match reader.actor().permit(right, place) {
        Ok(permit) => permit,
        Err(denied) => {
            problems.whole(denied.into());
            return Ok(None);
        }
    };
    if let Err(problem) = refuse_past_draft("", &plan) {
        problems.whole(problem);
        return Ok(None);
    }
    Ok(Some((permit, plan)))
}

/// Looking at the rows one after another.
struct Look<'a> {
    reader: &'a Reader,
    ground: Ground,
    plan: Option<(Permit, control_plan::Model)>,
    places: Placing,
    problems: RowProblems,
    by_id: HashMap<Uuid, control_point::Model>,
    by_key: HashMap<Key, Vec<control_point::Model>>,
    risks: KnownRisks,
    times: HashMap<Uuid, Vec<scheduled_time::Model>>,
    adopted: HashSet<Uuid>,
    /// What earlier rows were about.
    seen_ids: HashMap<Uuid, u32>,
    seen_keys: HashMap<Key, u32>,
    steps: Vec<Step>,
    counts: Counts,
}

impl<'a> Look<'a> {
    async fn of(
        reader: &'a Reader,
        ground: Ground,
        plan: Option<(Permit, control_plan::Model)>,
        rows: &[PointRow],
        problems: RowProblems,
    ) -> Result<Self, Failure> {
        let ids = rows.iter().filter_map(|row| {
            let id = row.id.value()?;
            NodeKind::ControlPoint.decode(&ID(id.clone())).ok()
        });
        let by_id = store::visible_points_by_id(reader, ids.collect()).await?;
        let codes = rows.iter().filter_map(|row| row.department_code.value());
        let mut departments: BTreeSet<Uuid> = codes.filter_map(|code| ground.departments.get(code).copied()).collect();
        departments.extend(ground.default_department);
        let mut by_key: HashMap<Key, Vec<control_point::Model>> = HashMap::new();
        if rows.iter().any(|row| row.id.value().is_none()) {
            for point in store::points_of_departments(reader, ground.year.id, departments).await? {
                let key = (point.scope, point.department_id, point.title.trim().to_owned());
                by_key.entry(key).or_default().push(point);
            }
        }
        let points: HashSet<Uuid> = by_id
            .keys()
            .copied()
            .chain(by_key.values().flatten().map(|it| it.id))
            .collect();
        let points: Vec<Uuid> = points.into_iter().collect();
        let mut times: HashMap<Uuid, Vec<scheduled_time::Model>> = HashMap::new();
        if rows.iter().any(|row| row.planned_earliest.value().is_some()) {
            for (point, time) in store::times_of_points(reader, points.clone()).await? {
                times.entry(point).or_default().push(time);
            }
        }
        let adopted = store::points_in_adopted_plans(reader, points.clone()).await?;
        let risks = KnownRisks::of(reader, ground.year.id, rows, points).await?;
        let places = match &plan {
            Some((_, plan)) => Placing::of(store::points_of_plan(reader, plan.id).await?),
            None => Placing::default(),
        };
        Ok(Self {
            reader,
            ground,
            plan,
            places,
            problems,
            by_id,
            by_key,
            risks,
            times,
            adopted,
            seen_ids: HashMap::new(),
            seen_keys: HashMap::new(),
            steps: Vec::new(),
            counts: Counts::default(),
        })
    }

    async fn at(&mut self, row: &PointRow) -> Result<(), Failure> {
        self.ground.refuse_other_year(row.row, &row.year, &mut self.problems);
        let Ok(id) = id_of_row(row.row, NodeKind::ControlPoint, &row.id, &mut self.problems) else {
            return Ok(());
        };
        let Ok(named) = self
            .ground
            .department(row.row, &row.department_code, &mut self.problems)
        else {
            return Ok(());
        };
        let of_shared_plan = self
            .plan
            .as_ref()
            .is_some_and(|(_, plan)| plan.scope == ControlScope::Shared);
        let scope = row.scope.value().copied().unwrap_or(match named {
            Some(_) if !of_shared_plan => ControlScope::Department,
            _ => ControlScope::Shared,
        });
        // The sheet's department is not that of what all share.
        let department = match scope {
            ControlScope::Shared => None,
            ControlScope::Department => named,
        };
        if scope == ControlScope::Shared && row.department_code.value().is_some() {
            let problem = Problem::invalid("departmentCode", message!("planning-shared-has-no-department"));
            self.problems.of_row(row.row, problem);
            return Ok(());
        }
        let key = row.title.value().map(|title| (scope, department, title.clone()));
        let there = match self.there(row, id, key.as_ref()) {
            Ok(there) => there,
            Err(problem) => {
                self.problems.of_row(row.row, problem);
                return Ok(());
            }
        };
        let earlier = match (&there, key) {
            (Some(point), _) => self.seen_ids.insert(point.id, row.row),
            (None, Some(key)) => self.seen_keys.insert(key, row.row),
            (None, None) => None,
        };
        if let Some(earlier) = earlier {
            let path = if id.is_some() { "id" } else { "title" };
            let message = message!("planning-sheet-same-row", row = earlier + 1);
            self.problems.of_row(row.row, Problem::duplicate(path, message));
            return Ok(());
        }
        match there {
            Some(point) => self.change(row, scope, department, point).await,
            None => self.create(row, scope, department),
        }
    }

    /// The point that a row is about, if it is there.
    fn there(
        &self,
        row: &PointRow,
        id: Option<Uuid>,
        key: Option<&Key>,
    ) -> Result<Option<control_point::Model>, Problem> {
        if let Some(id) = id {
            let found = self
                .by_id
                .get(&id)
                .filter(|point| point.control_year_id == self.ground.year.id);
            let missing = || Problem::not_found("id", NodeKind::ControlPoint);
            return found.cloned().map(Some).ok_or_else(missing);
        }
        debug_assert!(row.id.value().is_none());
        let found = key.and_then(|key| self.by_key.get(key));
        match found.map(Vec::as_slice).unwrap_or_default() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            _ => Err(Problem::invalid("title", message!("planning-sheet-several-such"))),
        }
    }

    fn create(&mut self, row: &PointRow, scope: ControlScope, department: Option<Uuid>) -> Result<(), Failure> {
        let permit = self
            .ground
            .permit(self.reader, writing(scope, department), row.row, &mut self.problems);
        let planned = planned(row, &[], &mut self.problems);
        let input = new_point(row, self.ground.year.id, scope, department, planned);
        let mut check = Check::new();
        input.look_through_content(&mut check, Some(&self.ground.year));
        self.check_place(row, &mut check);
        if let Some((_, plan)) = &self.plan {
            check.require(
                scope == ControlScope::Shared || department == plan.department_id,
                || Problem::invalid("departmentCode", message!("planning-point-of-other-department")),
            );
        }
        let fits = self.problems.of_check(row.row, named_as_columns(check)?)?;
        let risks = self.risks.wanted(row, None, &mut self.problems);
        let (Some(permit), true, Ok(risks)) = (permit, fits && !row.title.is_undefined(), risks) else {
            return Ok(());
        };
        if self.plan.is_some() {
            let owner = row.local_owner.value().cloned();
            self.places.give(row.row, None, row.number.value().copied(), owner);
        }
        self.counts.created += 1;
        let new = NewPoint {
            row: row.row,
            department_id: department,
            risks: risks.unwrap_or_default(),
            input,
        };
        self.steps.push(Step::Create(permit, Box::new(new)));
        Ok(())
    }

    async fn change(
        &mut self,
        row: &PointRow,
        scope: ControlScope,
        department: Option<Uuid>,
        point: control_point::Model,
    ) -> Result<(), Failure> {
        let says_where = row.department_code.value().is_some() || row.scope.value().is_some();
        if says_where && (scope, department) != (point.scope, point.department_id) {
            let message = message!("planning-sheet-point-elsewhere");
            self.problems.of_row(row.row, Problem::invalid("scope", message));
            return Ok(());
        }
        let times = self.times.get(&point.id).map(Vec::as_slice).unwrap_or_default();
        let planned = planned(row, times, &mut self.problems);
        let mut input = changes(row, &point, times, planned);
        let Ok(risks) = self.risks.wanted(row, Some(point.id), &mut self.problems) else {
            return Ok(());
        };
        if let Some(risks) = risks {
            let ids = risks.into_iter().map(|id| NodeKind::Risk.encode(id));
            input.risk_ids = MaybeUndefined::Value(ids.collect());
        }
        let placed = self.place(row, &point).await?;
        if changes_nothing(&input) {
            match placed {
                true => self.counts.changed += 1,
                false => self.counts.unchanged += 1,
            }
            return Ok(());
        }
        refuse_stale(row.row, &row.version, point.version, &mut self.problems);
        let whose = writing(point.scope, point.department_id);
        let permit = self.ground.permit(self.reader, whose, row.row, &mut self.problems);
        let mut check = Check::new();
        let rewrites = input.rewrites();
        check.apply(refuse_rewriting(self.adopted.contains(&point.id), rewrites));
        input.look_through_content(&mut check, &self.ground.year);
        let fits = self.problems.of_check(row.row, named_as_columns(check)?)?;
        if let Some(permit) = permit.filter(|_| fits) {
            self.counts.changed += 1;
            self.steps.push(Step::Change(permit, Box::new((point, input))));
        }
        Ok(())
    }

    /// What becomes of a point's place in the plan; whether that changes.
    async fn place(&mut self, row: &PointRow, point: &control_point::Model) -> Result<bool, Failure> {
        let Some((_, plan)) = &self.plan else {
            return Ok(false);
        };
        let mut check = Check::new();
        self.check_place(row, &mut check);
        let there = self.places.place_of(point.id).cloned();
        if there.is_none() {
            refuse_unfitting(&mut check, self.reader, plan, point).await?;
        }
        if !self.problems.of_check(row.row, named_as_columns(check)?)? {
            return Ok(false);
        }
        let Some(there) = there else {
            let owner = row.local_owner.value().cloned();
            self.places
                .give(row.row, Some(point.id), row.number.value().copied(), owner);
            return Ok(true);
        };
        let number = row.number.value().copied().unwrap_or(there.number);
        let owner = match &row.local_owner {
            Undefined => there.local_owner.clone(),
            Null => None,
            MaybeUndefined::Value(owner) => Some(owner.clone()),
        };
        if (number, &owner) == (there.number, &there.local_owner) {
            return Ok(false);
        }
        self.places.change(row.row, there, number, owner);
        Ok(true)
    }

    fn check_place(&self, row: &PointRow, check: &mut Check) {
        if self.plan.is_some() {
            check.number("number", row.number.value().copied(), 1..=LAST_NUMBER);
            check.optional_text("localOwner", row.local_owner.value(), SHORT_TEXT);
        }
    }
}
