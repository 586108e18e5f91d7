use entity::*;
use sea_orm::{EntityTrait, ModelTrait};
use uuid::Uuid;

/// A table whose rows belong to a municipality.
pub trait Tenant: EntityTrait {
    /// The column of the municipality.
    const MUNICIPALITY: Self::Column;
}

/// A table of a municipality's whose rows have an id within it.
pub trait TenantTable: Tenant {
    /// The column of the id.
    const ID: Self::Column;

    /// A row's id.
    fn id_of(row: &Self::Model) -> Uuid;
}

macro_rules! tenants {
    ($($table:ident),+ $(,)?) => {
        $(
            impl Tenant for $table::Entity {
                const MUNICIPALITY: Self::Column = $table::Column::MunicipalityId;
            }
        )+
    };
}

macro_rules! tenant_tables {
    ($($table:ident),+ $(,)?) => {
        tenants! { $($table),+ }
        $(
            impl TenantTable for $table::Entity {
                const ID: Self::Column = $table::Column::Id;

                fn id_of(row: &Self::Model) -> Uuid {
                    row.id
                }
            }
        )+
    };
}

tenants! {
    audit_event, audit_head, check_department, check_follow_up, decision_correction, follow_up_performer, joint_report_author, joint_report_decision,
    reminder_day, report_author, review_follow_up, risk_control_point,
}

tenant_tables! {
    access_change, action_extension, assessment, carry_over, case_file, committee, control_check, control_plan, control_point,
    control_year, corrective_action, decision, decision_item, decision_note, department, department_committee,
    department_report, department_succession, dispatch, document, exemption, finding, follow_up, joint_report,
    joint_report_gap, plan_point, rating_level, recipient, reminder, reminder_request, report_gap, reporting_occasion, review,
    risk,
    risk_level, role_assignment, scheduled_time, secrecy_event, user_account, user_identity, service_permission, service_token,
    policy_version, attachment, loose_object,
}

/// A row's value of a column that refers to another row.
pub(crate) fn reference<M: ModelTrait>(row: &M, column: <M::Entity as EntityTrait>::Column) -> Option<Uuid> {
    match row.get(column) {
        sea_orm::Value::Uuid(id) => id,
        _ => None,
    }
}
