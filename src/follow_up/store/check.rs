use super::{
    confidential::{sealed_of_follow_ups, visible_sealed},
    follow_up::{FollowUpRow, visible_follow_ups_by_id},
};
use crate::{access::Sealed, relation};
use entity::{control_check, finding};

relation! {
    /// A follow-up's checks.
    ChecksOfFollowUp: FollowUpRow => Sealed<control_check::Model>,
    |row| Some(row.follow_up.id), sealed_of_follow_ups::<control_check::Entity>
}

relation! {
    /// The follow-up of a check.
    FollowUpOfCheck: Sealed<control_check::Model> => FollowUpRow,
    |row| Some(row.outside(|check| check.follow_up_id)), visible_follow_ups_by_id
}

relation! {
    /// The check that found something.
    CheckOfFinding: Sealed<finding::Model> => Sealed<control_check::Model>,
    |row| row.unnoted().and_then(|finding| finding.control_check_id), visible_sealed::<control_check::Entity>
}
