use super::{
    FrozenAssessment, FrozenCheck, FrozenCorrectiveAction, FrozenFinding, FrozenFollowUp, FrozenReport, FrozenReview,
    Kin,
};
use crate::{
    access::{ConfidentialReads, Reach, Reader, Right},
    graphql::Withheld,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The ground that each thing is confidential under now, or none: what is not in it is no longer there.
#[derive(Clone, Debug, Default)]
pub(in crate::reporting) struct Marks(pub(in crate::reporting) HashMap<Uuid, Option<String>>);

/// Who looks at frozen content.
#[derive(Clone, Debug)]
pub(in crate::reporting) struct Onlooker {
    /// Where they read what is confidential.
    pub(in crate::reporting) confidential: Reach,
    /// Whether they are somebody of the municipality, and not the public.
    pub(in crate::reporting) internal: bool,
}

impl Onlooker {
    /// Whoever reads.
    pub(in crate::reporting) fn of(reader: &Reader) -> Self {
        Self {
            confidential: reader.reach(Right::ConfidentialRead),
            internal: reader.is_internal(),
        }
    }

    /// Whether nothing of a department's is withheld from them.
    pub(in crate::reporting) fn sees_all_of(&self, department_id: Uuid) -> bool {
        self.confidential.everywhere || self.confidential.departments.contains(&department_id)
    }

    pub(super) fn sees_all(&self, department_id: Uuid, follow_up_id: Uuid) -> bool {
        self.sees_all_of(department_id) || self.confidential.follow_ups.contains(&follow_up_id)
    }
}

impl Marks {
    /// Why something is withheld: the mark that it has now, or had when it was frozen, if it cannot have been lifted.
    pub(super) fn ground(&self, id: Uuid, when_frozen: Option<&String>) -> Option<String> {
        match self.0.get(&id) {
            Some(now) => now.clone(),
            None => when_frozen.cloned(),
        }
    }
}

/// Something that may be confidential.
trait Confidential {
    fn mark(&self) -> (Uuid, Option<&String>);
    fn withhold(&mut self, withheld: Withheld, internal: bool);
    fn tell_secret(&mut self);
}

macro_rules! confidential {
    ($($kind:ident),+ $(,)?) => {
        $(
            impl Confidential for $kind {
                fn mark(&self) -> (Uuid, Option<&String>) {
                    (self.id, self.ground.as_ref())
                }

                fn withhold(&mut self, withheld: Withheld, _internal: bool) {
                    *self = Self { id: self.id, withheld: Some(withheld), ..Self::default() };
                }

                fn tell_secret(&mut self) {
                    self.secret = true;
                }
            }
        )+
    };
}

confidential! { FrozenCheck, FrozenReview, FrozenFinding, FrozenCorrectiveAction }

impl Confidential for FrozenAssessment {
    fn mark(&self) -> (Uuid, Option<&String>) {
        (self.id, self.ground.as_ref())
    }

    fn withhold(&mut self, withheld: Withheld, internal: bool) {
        *self = Self {
            id: self.id,
            occasion: self.occasion.take().filter(|_| internal),
            status: self.status.filter(|_| internal),
            withheld: Some(withheld),
            ..Self::default()
        };
    }

    fn tell_secret(&mut self) {
        self.secret = true;
    }
}

fn seal<C: Confidential>(things: &mut [C], marks: &Marks, internal: bool) {
    for thing in things {
        let (id, when_frozen) = thing.mark();
        if let Some(ground) = marks.ground(id, when_frozen) {
            thing.withhold(Withheld { ground }, internal);
        }
    }
}

/// Tells of each thing that is confidential that it is, since it is shown all the same.
fn tell<C: Confidential>(things: &mut [C], marks: &Marks) {
    for thing in things {
        let (id, when_frozen) = thing.mark();
        if marks.ground(id, when_frozen).is_some() {
            thing.tell_secret();
        }
    }
}

impl FrozenAssessment {
    /// Whether its trend gives away a rating of the year before that is confidential by now.
    fn compares_with_marked(&self, marks: &Marks) -> bool {
        self.compared_with
            .is_some_and(|before| marks.ground(before, None).is_some())
    }
}

impl FrozenReport {
    /// The ids of everything in it that may be confidential: assessments, checks, reviews, findings, actions.
    pub(in crate::reporting) fn confidential_ids(&self) -> [Vec<Uuid>; 5] {
        let all = || self.follow_ups.iter();
        [
            all()
                .flat_map(|of| &of.assessments)
                .flat_map(|thing| [Some(thing.id), thing.compared_with])
                .flatten()
                .collect(),
            all()
                .flat_map(|of| of.evidence.checks.iter().map(|thing| thing.id))
                .collect(),
            all()
                .flat_map(|of| of.evidence.reviews.iter().map(|thing| thing.id))
                .collect(),
            all()
                .flat_map(|of| of.evidence.findings.iter().map(|thing| thing.id))
                .collect(),
            all()
                .flat_map(|of| of.evidence.actions.iter().map(|thing| thing.id))
                .collect(),
        ]
    }

    /// The content as `onlooker` may see it; what is confidential and goes into an answer is noted in `reads`.
    pub(in crate::reporting) fn opened(
        mut self,
        department_id: Uuid,
        marks: &Marks,
        onlooker: &Onlooker,
        reads: &ConfidentialReads,
    ) -> Self {
        for follow_up in &mut self.follow_ups {
            if onlooker.sees_all(department_id, follow_up.id) {
                follow_up.tell_secrets(marks);
            } else {
                follow_up.seal(marks, onlooker.internal);
            }
            follow_up.kin = Kin::of(std::mem::take(&mut follow_up.evidence), reads);
        }
        self
    }
}

impl FrozenFollowUp {
    fn seal(&mut self, marks: &Marks, internal: bool) {
        if !internal {
            self.keep_files_inside();
        }
        seal(&mut self.assessments, marks, internal);
        for assessment in &mut self.assessments {
            if assessment.compares_with_marked(marks) {
                assessment.trend = None;
            }
        }
        seal(&mut self.evidence.checks, marks, internal);
        seal(&mut self.evidence.reviews, marks, internal);
        seal(&mut self.evidence.findings, marks, internal);
        seal(&mut self.evidence.actions, marks, internal);
        self.seal_actions_of_withheld_findings(internal);
    }

    /// The public sees no files: a report is published with what it says, and nobody has looked through its files for that.
    fn keep_files_inside(&mut self) {
        self.attachments.clear();
        let evidence = &mut self.evidence;
        evidence.checks.iter_mut().for_each(|it| it.attachments.clear());
        evidence.reviews.iter_mut().for_each(|it| it.attachments.clear());
        evidence.findings.iter_mut().for_each(|it| it.attachments.clear());
        evidence.actions.iter_mut().for_each(|it| it.attachments.clear());
    }

    fn tell_secrets(&mut self, marks: &Marks) {
        let evidence = &mut self.evidence;
        tell(&mut self.assessments, marks);
        for assessment in &mut self.assessments {
            assessment.secret_compared = assessment.compares_with_marked(marks);
        }
        tell(&mut evidence.checks, marks);
        tell(&mut evidence.reviews, marks);
        tell(&mut evidence.findings, marks);
        tell(&mut evidence.actions, marks);
        let secret = evidence.findings.iter().filter(|finding| finding.secret);
        let secret: HashSet<Uuid> = secret.map(|finding| finding.id).collect();
        for action in &mut evidence.actions {
            action.secret |= action.finding_id.is_some_and(|id| secret.contains(&id));
        }
    }

    /// What is done about a finding tells what was found: an action without a ground of its own has its finding's.
    fn seal_actions_of_withheld_findings(&mut self, internal: bool) {
        let evidence = &mut self.evidence;
        let withheld: HashMap<Uuid, &Withheld> = evidence
            .findings
            .iter()
            .filter_map(|finding| Some((finding.id, finding.withheld.as_ref()?)))
            .collect();
        for action in &mut evidence.actions {
            if let Some(of) = action.finding_id.and_then(|id| withheld.get(&id)) {
                action.withhold((*of).clone(), internal);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::Date;
    use crate::reporting::frozen::{Evidence, FrozenActionExtension};
    use chrono::NaiveDate;
    use entity::{FollowUpStatus, Trend};

    const GROUND: &str = "OSL 18 kap. 8 §";

    fn put_off() -> FrozenActionExtension {
        FrozenActionExtension {
            from_date: None,
            to_date: Date(NaiveDate::MIN),
            reason: "The locks are sold out".to_owned(),
            decided_by: "Head of IT".to_owned(),
        }
    }

    fn report(ground: Option<&str>) -> (FrozenReport, Uuid) {
        let id = Uuid::now_v7();
        let finding = FrozenFinding {
            id,
            ground: ground.map(str::to_owned),
            title: Some("Network access".to_owned()),
            severity_basis: Some("The source's colour".to_owned()),
            accepted_reason: Some("Too dear to mend".to_owned()),
            ..FrozenFinding::default()
        };
        let assessment = FrozenAssessment {
            id,
            ground: ground.map(str::to_owned),
            status: Some(FollowUpStatus::Reviewed),
            conclusion: Some("It works.".to_owned()),
            ..FrozenAssessment::default()
        };
        let follow_up = FrozenFollowUp {
            id,
            assessments: vec![assessment],
            evidence: Evidence {
                findings: vec![finding],
                ..Evidence::default()
            },
            ..FrozenFollowUp::default()
        };
        let report = FrozenReport {
            follow_ups: vec![follow_up],
            ..FrozenReport::default()
        };
        (report, id)
    }

    fn opened(report: FrozenReport, marks: &Marks, onlooker: &Onlooker) -> (FrozenFinding, FrozenAssessment) {
        let mut report = report.opened(Uuid::nil(), marks, onlooker, &ConfidentialReads::default());
        let mut follow_up = report.follow_ups.pop().unwrap();
        let finding = follow_up.kin.evidence().findings[0].clone();
        (finding, follow_up.assessments.pop().unwrap())
    }

    fn stranger(internal: bool) -> Onlooker {
        Onlooker {
            confidential: Reach::default(),
            internal,
        }
    }

    #[test]
    fn a_mark_withholds_whether_it_was_set_before_or_after() {
        for (when_frozen, now, withheld) in [
            (None, Some(None), false),
            (None, Some(Some(GROUND.to_owned())), true),
            (Some(GROUND), Some(Some(GROUND.to_owned())), true),
            (Some(GROUND), Some(None), false),
            (Some(GROUND), None, true),
            (None, None, false),
        ] {
            let (report, id) = report(when_frozen);
            let marks = Marks(now.clone().map(|now| (id, now)).into_iter().collect());
            let (finding, assessment) = opened(report, &marks, &stranger(true));
            assert_eq!(finding.withheld.is_some(), withheld, "{when_frozen:?} {now:?}");
            assert_eq!(finding.title.is_none(), withheld);
            assert_eq!(finding.severity_basis.is_none(), withheld);
            assert_eq!(finding.accepted_reason.is_none(), withheld);
            assert_eq!(assessment.conclusion.is_none(), withheld);
            assert_eq!(assessment.status, Some(FollowUpStatus::Reviewed));
        }
    }

    #[test]
    fn a_trend_is_withheld_with_what_it_compares_with() {
        let before = Uuid::now_v7();
        let (mut content, _) = report(None);
        content.follow_ups[0].assessments[0].compared_with = Some(before);
        content.follow_ups[0].assessments[0].trend = Some(Trend::Worsened);
        let marks = Marks(HashMap::from([(before, Some(GROUND.to_owned()))]));
        let (_, outside) = opened(content.clone(), &marks, &stranger(true));
        assert_eq!((outside.trend, outside.withheld.is_some()), (None, false));
        let mut own = stranger(true);
        own.confidential.departments.insert(Uuid::nil());
        let (_, own) = opened(content.clone(), &marks, &own);
        assert_eq!((own.trend, own.secret_compared), (Some(Trend::Worsened), true));
        let (_, unmarked) = opened(content, &Marks::default(), &stranger(true));
        assert_eq!(unmarked.trend, Some(Trend::Worsened));
    }

    #[test]
    fn an_action_is_withheld_with_its_finding() {
        const OWN: &str = "OSL 21 kap. 1 §";
        for (own, finding, expected) in [
            (None, Some(GROUND), Some(GROUND)),
            (Some(OWN), Some(GROUND), Some(OWN)),
            (Some(OWN), None, Some(OWN)),
            (None, None, None),
        ] {
            let (mut content, id) = report(finding);
            content.follow_ups[0].evidence.actions.push(FrozenCorrectiveAction {
                id: Uuid::now_v7(),
                ground: own.map(str::to_owned),
                finding_id: Some(id),
                title: Some("Locks".to_owned()),
                description: Some("New locks on the server room".to_owned()),
                extensions: vec![put_off()],
                ..FrozenCorrectiveAction::default()
            });
            let mut sealed = content.opened(
                Uuid::nil(),
                &Marks::default(),
                &stranger(true),
                &ConfidentialReads::default(),
            );
            let action = sealed.follow_ups.remove(0).kin.evidence().actions[0].clone();
            assert_eq!(action.withheld.map(|withheld| withheld.ground).as_deref(), expected);
            assert_eq!(action.title.is_none(), expected.is_some());
            assert_eq!(action.description.is_none(), expected.is_some());
            assert_eq!(action.extensions.is_empty(), expected.is_some());
        }
    }

    #[test]
    fn the_public_sees_the_ground_alone_and_those_who_may_see_everything() {
        let (content, id) = report(Some(GROUND));
        let (_, assessment) = opened(content.clone(), &Marks::default(), &stranger(false));
        assert_eq!(assessment.status, None);
        assert_eq!(assessment.withheld.unwrap().ground, GROUND);
        let mut performer = stranger(true);
        performer.confidential.follow_ups.insert(id);
        let (finding, _) = opened(content, &Marks::default(), &performer);
        assert_eq!(finding.title.as_deref(), Some("Network access"));
    }
}
