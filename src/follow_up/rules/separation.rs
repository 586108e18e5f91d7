//! Separation of duties: the one place where it is decided who must not do what.

use crate::use_case::Problem;
use uuid::Uuid;

/// Who assessed does not review: neither passes an assessment nor sends it back, which would make them forgotten.
///
/// # Errors
/// A problem `SEPARATION_OF_DUTIES` when they are the same.
pub(in crate::follow_up) fn refuse_own_assessment(
    actor: Option<Uuid>,
    assessed_by: Option<Uuid>,
) -> Result<(), Problem> {
    refuse_any(
        actor,
        &[assessed_by],
        "Who made an assessment does not review it or send it back: somebody else has to.",
    )
}

/// Who resolved a finding, or carried out one of its actions, does not verify it, nor say that verifying it failed.
///
/// # Errors
/// A problem `SEPARATION_OF_DUTIES` when the actor is one of them.
pub(in crate::follow_up) fn refuse_own_finding(
    actor: Option<Uuid>,
    resolved_by: Option<Uuid>,
    carried_out_by: &[Option<Uuid>],
) -> Result<(), Problem> {
    let those = [&[resolved_by], carried_out_by].concat();
    refuse_any(
        actor,
        &those,
        "Who resolved a finding, or carried out one of its actions, does not verify it: somebody else has to.",
    )
}

/// Who carried out an action does not verify it, nor say that verifying it failed: then nobody would remember who did.
///
/// # Errors
/// A problem `SEPARATION_OF_DUTIES` when they are the same.
pub(in crate::follow_up) fn refuse_own_action(actor: Option<Uuid>, done_by: Option<Uuid>) -> Result<(), Problem> {
    refuse_any(
        actor,
        &[done_by],
        "Who carried out an action does not verify it: somebody else has to.",
    )
}

fn refuse_any(actor: Option<Uuid>, those: &[Option<Uuid>], rule: &str) -> Result<(), Problem> {
    if actor.is_some() && those.contains(&actor) {
        Err(Problem::separation(rule))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_is_refused_and_another_is_not() {
        let [one, other] = [(); 2].map(|()| Some(Uuid::now_v7()));
        assert!(refuse_own_assessment(one, one).is_err());
        assert_eq!(refuse_own_assessment(one, other), Ok(()));
        assert!(refuse_own_action(one, one).is_err());
        assert_eq!(refuse_own_action(one, other), Ok(()));
        assert!(refuse_own_finding(one, one, &[]).is_err());
        assert!(refuse_own_finding(one, other, &[None, one]).is_err());
        assert_eq!(refuse_own_finding(one, other, &[None, other]), Ok(()));
    }

    #[test]
    fn what_nobody_is_known_to_have_done_anybody_may_verify() {
        let one = Some(Uuid::now_v7());
        assert_eq!(refuse_own_assessment(one, None), Ok(()));
        assert_eq!(refuse_own_finding(one, None, &[None]), Ok(()));
        assert_eq!(refuse_own_action(one, None), Ok(()));
    }
}
