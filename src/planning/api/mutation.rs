use super::{ControlPlan, ControlPoint, ControlYear, Exemption, ReportingOccasion, Risk};
use crate::{
    mutations,
    planning::commands::{
        AddPlanPointInput, AdvanceControlYearInput, ChangeControlPlanStatusInput, CreateControlPlanInput,
        CreateControlPointInput, CreateControlYearInput, CreateExemptionInput, CreateReportingOccasionInput,
        CreateRiskInput, DeleteExemptionInput, RemovePlanPointInput, ReviseControlPlanInput, SetRatingScaleInput,
        SetRiskScaleInput, UpdateControlPlanInput, UpdateControlPointInput, UpdateControlYearInput,
        UpdatePlanPointInput, UpdateReportingOccasionInput, UpdateRiskInput,
    },
};

mutations! {
    /// The planning's mutations.
    PlanningMutation {
        /// Creates a control year, in its first phase. For the coordinator.
        create_control_year(CreateControlYearInput) -> CreateControlYearPayload {
            /// The new control year; null when it was not created.
            control_year: ControlYear
        }
        /// Changes a control year's settings. For the coordinator.
        update_control_year(UpdateControlYearInput) -> UpdateControlYearPayload {
            /// The changed control year; null when it was not changed.
            control_year: ControlYear
        }
        /// Takes a control year to its next phase. There is no way back, and nothing is planned or followed up in a
        /// closed year any more. For the coordinator.
        advance_control_year(AdvanceControlYearInput) -> AdvanceControlYearPayload {
            /// The control year in its new phase; null when it stays where it was.
            control_year: ControlYear
        }
        /// Adds a reporting occasion to a control year. For the coordinator.
        create_reporting_occasion(CreateReportingOccasionInput) -> CreateReportingOccasionPayload {
            /// The new reporting occasion; null when it was not created.
            reporting_occasion: ReportingOccasion
        }
        /// Changes a reporting occasion. For the coordinator.
        update_reporting_occasion(UpdateReportingOccasionInput) -> UpdateReportingOccasionPayload {
            /// The changed reporting occasion; null when it was not changed.
            reporting_occasion: ReportingOccasion
        }
        /// Sets a control year's whole rating scale. A level that an assessment has been given has to stay on it. For
        /// the coordinator.
        set_rating_scale(SetRatingScaleInput) -> SetRatingScalePayload {
            /// The control year with its scale; null when it was not changed.
            control_year: ControlYear
        }
        /// Sets a control year's whole risk scale: how high risks are judged, and what levels their values reach. For
        /// the coordinator.
        set_risk_scale(SetRiskScaleInput) -> SetRiskScalePayload {
            /// The control year with its scale; null when it was not changed.
            control_year: ControlYear
        }
        /// Exempts a department from a shared control point. For the coordinator.
        create_exemption(CreateExemptionInput) -> CreateExemptionPayload {
            /// The new exemption; null when there is none.
            exemption: Exemption
        }
        /// Ends a department's exemption from a shared control point. For the coordinator.
        delete_exemption(DeleteExemptionInput) -> DeleteExemptionPayload {
            /// The control point, which applies to the department again; null when nothing was changed.
            control_point: ControlPoint
        }
        /// Creates a control plan, as a draft without points. For the department's controller; the shared plan and
        /// committees' own for the coordinator.
        create_control_plan(CreateControlPlanInput) -> CreateControlPlanPayload {
            /// The new control plan; null when it was not created.
            control_plan: ControlPlan
        }
        /// Changes a draft of a control plan. For whoever drafts it.
        update_control_plan(UpdateControlPlanInput) -> UpdateControlPlanPayload {
            /// The changed control plan; null when it was not changed.
            control_plan: ControlPlan
        }
        /// Takes a control plan to another state. To propose a department's plan is for the head of department, and to
        /// close it for its controller; both are the coordinator's for the shared plan and committees' own. That it is
        /// adopted, or referred back, the committee's secretary records. Adopting a revision closes the version that it
        /// supersedes.
        change_control_plan_status(ChangeControlPlanStatusInput) -> ChangeControlPlanStatusPayload {
            /// The control plan in its new state; null when it stays where it was, and when you cannot see it there:
            /// committees do not see departments' drafts.
            control_plan: ControlPlan
        }
        /// Begins a new version of an adopted control plan: a draft with the same points, which supersedes it when it
        /// is adopted. For whoever drafts it.
        revise_control_plan(ReviseControlPlanInput) -> ReviseControlPlanPayload {
            /// The new version; null when there is none.
            control_plan: ControlPlan
        }
        /// Creates a control point. For the department's controller; shared points and those of committees' own plans
        /// for the coordinator.
        create_control_point(CreateControlPointInput) -> CreateControlPointPayload {
            /// The new control point; null when it was not created.
            control_point: ControlPoint
        }
        /// Changes a control point, in all the plans that it is in. For whoever creates such points.
        update_control_point(UpdateControlPointInput) -> UpdateControlPointPayload {
            /// The changed control point; null when it was not changed.
            control_point: ControlPoint
        }
        /// Puts a control point into a draft of a control plan. For whoever drafts it.
        add_plan_point(AddPlanPointInput) -> AddPlanPointPayload {
            /// The control plan with the point; null when it was not changed.
            control_plan: ControlPlan
        }
        /// Gives a control point another number or another owner in a draft of a control plan. For whoever drafts it.
        update_plan_point(UpdatePlanPointInput) -> UpdatePlanPointPayload {
            /// The control plan with the point; null when it was not changed.
            control_plan: ControlPlan
        }
        /// Takes a control point out of a draft of a control plan. For whoever drafts it.
        remove_plan_point(RemovePlanPointInput) -> RemovePlanPointPayload {
            /// The control plan without the point; null when it was not changed.
            control_plan: ControlPlan
        }
        /// Registers a risk. For the department's controller, and the coordinator.
        create_risk(CreateRiskInput) -> CreateRiskPayload {
            /// The new risk; null when it was not registered.
            risk: Risk
        }
        /// Changes a risk. For the department's controller, and the coordinator.
        update_risk(UpdateRiskInput) -> UpdateRiskPayload {
            /// The changed risk; null when it was not changed.
            risk: Risk
        }
    }
}
