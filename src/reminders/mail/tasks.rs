use entity::{Language, WorkItemKind};

/// What is to be done, in a few words and without what it is about.
pub(super) fn task(kind: WorkItemKind, language: Language) -> &'static str {
    match language {
        Language::Sv => swedish(kind),
        Language::En => english(kind),
    }
}

fn swedish(kind: WorkItemKind) -> &'static str {
    use WorkItemKind::*;
    match kind {
        PerformCheck => "Utför kontrollen",
        Assess => "Bedöm uppföljningen",
        Reassess => "Bedöm uppföljningen på nytt: granskaren har skickat tillbaka bedömningen",
        Review => "Granska bedömningen",
        PlanAction => "Planera en åtgärd för bristen",
        ResolveFinding => "Avsluta bristen: alla åtgärder är klara",
        VerifyFinding => "Verifiera att bristen är åtgärdad",
        MendAction => "Genomför åtgärden",
        VerifyAction => "Verifiera att åtgärden är genomförd",
        BeginReport => "Påbörja slutredovisningen",
        SubmitReport => "Lämna in slutredovisningen",
        ReopenReport => "Ta upp slutredovisningen, som har återremitterats",
        ProposeReport => "Föreslå nämnden slutredovisningen",
        RecordDecision => "Protokollför nämndens behandling av slutredovisningen",
        PublishReport => "Publicera slutredovisningen",
        BeginJointReport => "Påbörja den gemensamma rapporten",
        SubmitJointReport => "Lämna in den gemensamma rapporten",
        ReopenJointReport => "Ta upp den gemensamma rapporten, som har återremitterats",
        ProposeJointReport => "Föreslå kommunstyrelsen den gemensamma rapporten",
        RecordJointDecision => "Protokollför behandlingen av den gemensamma rapporten",
        PublishJointReport => "Publicera den gemensamma rapporten",
        SendDispatch => "Expediera beslutet",
        ClarifyDispatch => "Ta reda på om beslutet har kommit fram",
        DecideCarryOvers => "Bestäm vad som ska följa med från förra året",
        WritePlan => "Upprätta internkontrollplanen",
        ProposePlan => "Föreslå nämnden internkontrollplanen",
        RecordPlanDecision => "Protokollför nämndens behandling av internkontrollplanen",
        StartFollowUps => "Starta uppföljningen av planens kontrollpunkter",
        AssignPerformers => "Utse någon som utför kontrollen",
        ApproveAccessChange => "Godkänn eller avslå en ändring av behörigheter",
    }
}

fn english(kind: WorkItemKind) -> &'static str {
    use WorkItemKind::*;
    match kind {
        PerformCheck => "Perform the check",
        Assess => "Assess the follow-up",
        Reassess => "Assess the follow-up again: the reviewer sent the assessment back",
        Review => "Review the assessment",
        PlanAction => "Plan an action for the finding",
        ResolveFinding => "Resolve the finding: all its actions are done",
        VerifyFinding => "Verify that the finding is resolved",
        MendAction => "Carry out the corrective action",
        VerifyAction => "Verify that the corrective action is carried out",
        BeginReport => "Begin the department report",
        SubmitReport => "Submit the department report",
        ReopenReport => "Take up the department report, which was referred back",
        ProposeReport => "Propose the department report to the committee",
        RecordDecision => "Record what the committee made of the department report",
        PublishReport => "Publish the department report",
        BeginJointReport => "Begin the joint report",
        SubmitJointReport => "Submit the joint report",
        ReopenJointReport => "Take up the joint report, which was referred back",
        ProposeJointReport => "Propose the joint report to the executive board",
        RecordJointDecision => "Record what was made of the joint report",
        PublishJointReport => "Publish the joint report",
        SendDispatch => "Send the decision",
        ClarifyDispatch => "Find out whether the decision has arrived",
        DecideCarryOvers => "Decide what comes along from the year before",
        WritePlan => "Write the internal control plan",
        ProposePlan => "Propose the internal control plan to the committee",
        RecordPlanDecision => "Record what the committee made of the internal control plan",
        StartFollowUps => "Start following up the points of the plan",
        AssignPerformers => "Assign somebody to perform the control",
        ApproveAccessChange => "Approve or reject a change of access",
    }
}
