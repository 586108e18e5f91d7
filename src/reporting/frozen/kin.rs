use super::{Evidence, FrozenAssessment, FrozenCheck, FrozenCorrectiveAction, FrozenFinding, FrozenReview};
use crate::access::ConfidentialReads;
use async_graphql::Context;
use std::sync::Arc;
use uuid::Uuid;

/// The evidence that something belongs to, to find what it refers to there, and where it is noted that confidential
/// content of it went into an answer.
#[derive(Clone, Debug, Default)]
pub(in crate::reporting) struct Kin {
    evidence: Arc<Evidence>,
    reads: ConfidentialReads,
}

/// Something that may be confidential, and is shown to who may read it.
pub(super) trait Noted {
    /// What the audit log calls its kind: the name of its table.
    const KIND: &'static str;
    /// The fields that are no content of it.
    const OPEN: &'static [&'static str] = &["__typename", "withheld"];

    /// The ids of what it shows that is confidential and not withheld: itself, and what it tells of another.
    fn secrets(&self) -> impl Iterator<Item = Uuid>;
}

macro_rules! noted {
    ($($thing:ident: $kind:literal $(open $open:expr)?),+ $(,)?) => {
        $(
            impl Noted for $thing {
                const KIND: &'static str = $kind;
                $(const OPEN: &'static [&'static str] = $open;)?

                fn secrets(&self) -> impl Iterator<Item = Uuid> {
                    self.secret.then_some(self.id).into_iter()
                }
            }
        )+
    };
}

noted! {
    FrozenCheck: "control_check",
    FrozenReview: "review",
    FrozenFinding: "finding",
    FrozenCorrectiveAction: "corrective_action",
}

impl Noted for FrozenAssessment {
    const KIND: &'static str = "assessment";
    const OPEN: &'static [&'static str] = &["__typename", "withheld", "occasion", "status"];

    fn secrets(&self) -> impl Iterator<Item = Uuid> {
        let compared = self.compared_with.filter(|_| self.secret_compared);
        self.secret.then_some(self.id).into_iter().chain(compared)
    }
}

impl Kin {
    pub(super) fn of(evidence: Evidence, reads: &ConfidentialReads) -> Self {
        Self {
            evidence: Arc::new(evidence),
            reads: reads.clone(),
        }
    }

    pub(super) fn checks(&self, ctx: &Context<'_>, wanted: impl Fn(&FrozenCheck) -> bool) -> Vec<FrozenCheck> {
        let found = self.evidence.checks.iter().filter(|check| wanted(check));
        self.shown(ctx, found.cloned().collect())
    }

    pub(super) fn reviews(&self, ctx: &Context<'_>, wanted: impl Fn(&FrozenReview) -> bool) -> Vec<FrozenReview> {
        let found = self.evidence.reviews.iter().filter(|review| wanted(review));
        let found = found.map(|review| FrozenReview {
            kin: self.clone(),
            ..review.clone()
        });
        self.shown(ctx, found.collect())
    }

    pub(super) fn findings(&self, ctx: &Context<'_>, wanted: impl Fn(&FrozenFinding) -> bool) -> Vec<FrozenFinding> {
        let found = self.evidence.findings.iter().filter(|finding| wanted(finding));
        let found = found.map(|finding| FrozenFinding {
            kin: self.clone(),
            ..finding.clone()
        });
        self.shown(ctx, found.collect())
    }

    pub(super) fn actions(
        &self,
        ctx: &Context<'_>,
        wanted: impl Fn(&FrozenCorrectiveAction) -> bool,
    ) -> Vec<FrozenCorrectiveAction> {
        let found = self.evidence.actions.iter().filter(|action| wanted(action));
        let found = found.map(|action| FrozenCorrectiveAction {
            kin: self.clone(),
            ..action.clone()
        });
        self.shown(ctx, found.collect())
    }

    fn shown<T: Noted>(&self, ctx: &Context<'_>, things: Vec<T>) -> Vec<T> {
        self.note(ctx, &things);
        things
    }

    /// Notes what of these is confidential, when the field that answers them selects their content.
    pub(super) fn note<T: Noted>(&self, ctx: &Context<'_>, things: &[T]) {
        let content = |name: &str| !T::OPEN.contains(&name);
        if ctx.field().selection_set().any(|field| content(field.name())) {
            things.iter().for_each(|thing| self.note_content(thing));
        }
    }

    /// Notes what of it is confidential: its content is shown.
    pub(super) fn note_content<T: Noted>(&self, thing: &T) {
        thing.secrets().for_each(|id| self.reads.note(T::KIND, id));
    }

    #[cfg(test)]
    pub(super) fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}
