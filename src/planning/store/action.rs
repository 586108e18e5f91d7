//! Corrective actions that a plan decides, or that meet a risk directly.

use crate::{
    access::Sealed,
    follow_up::{ActionRow, actions_of_plans, actions_of_risks},
    relation,
};
use entity::{control_plan, risk};

relation! {
    /// The corrective actions of a plan itself.
    ActionsOfPlan: control_plan::Model => Sealed<ActionRow>,
    |plan| Some(plan.id), actions_of_plans
}

relation! {
    /// The corrective actions of a risk itself.
    ActionsOfRisk: risk::Model => Sealed<ActionRow>,
    |risk| Some(risk.id), actions_of_risks
}
