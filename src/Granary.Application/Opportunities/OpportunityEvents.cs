namespace Granary.Application.Opportunities;

/// <summary>Kinds of events of an opportunity, as the log keeps them.</summary>
public static class OpportunityEvent
{
    /// <summary>It was made.</summary>
    public const string Created = "opportunity.created";

    /// <summary>Another lead became part of it.</summary>
    public const string LeadLinked = "opportunity.lead_linked";

    /// <summary>A lead was taken out of it again.</summary>
    public const string LeadUnlinked = "opportunity.lead_unlinked";

    /// <summary>The conversion that had made it was undone.</summary>
    public const string Removed = "opportunity.removed";

    /// <summary>The account that it had made went with it.</summary>
    public const string AccountRemoved = "account.removed";

    /// <summary>Fields were changed.</summary>
    public const string Edited = "opportunity.edited";

    /// <summary>It has another owner.</summary>
    public const string Transferred = "opportunity.transferred";

    /// <summary>Lines of an exit checklist were ticked or cleared.</summary>
    public const string Ticked = "opportunity.ticked";

    /// <summary>It is in another stage.</summary>
    public const string StageChanged = "opportunity.stage_changed";

    /// <summary>It was closed and is worked on again.</summary>
    public const string Reopened = "opportunity.reopened";

    /// <summary>It was evaluated.</summary>
    public const string Evaluated = "opportunity.evaluated";

    /// <summary>The supervisor confirmed an evaluation.</summary>
    public const string GradeConfirmed = "opportunity.grade_confirmed";

    /// <summary>The supervisor sent an evaluation back.</summary>
    public const string GradeRejected = "opportunity.grade_rejected";

    /// <summary>Its inquiry grade changed.</summary>
    public const string InquiryChanged = "opportunity.inquiry_changed";

    /// <summary>A paper of it was written: plan, chains, vision, charter, success case, loss report.</summary>
    public const string Written = "opportunity.written";

    /// <summary>Its conversion plan was handed in.</summary>
    public const string PlanSubmitted = "opportunity.plan_submitted";

    /// <summary>Its conversion plan was approved.</summary>
    public const string PlanApproved = "opportunity.plan_approved";

    /// <summary>Its conversion plan was sent back.</summary>
    public const string PlanRejected = "opportunity.plan_rejected";

    /// <summary>An objection was raised.</summary>
    public const string ObjectionRaised = "opportunity.objection_raised";

    /// <summary>An objection was answered.</summary>
    public const string ObjectionAnswered = "opportunity.objection_answered";

    /// <summary>What an answer led to is known.</summary>
    public const string ObjectionSettled = "opportunity.objection_settled";

    /// <summary>Terms of its contract were written.</summary>
    public const string ContractWritten = "opportunity.contract_written";

    /// <summary>Its contract went a step.</summary>
    public const string ContractMoved = "opportunity.contract_moved";

    /// <summary>Money was received or given back.</summary>
    public const string Paid = "opportunity.paid";

    /// <summary>It was handed over to delivery.</summary>
    public const string HandedOver = "opportunity.handed_over";

    /// <summary>Delivery took it over.</summary>
    public const string HandoverAccepted = "opportunity.handover_accepted";

    /// <summary>Delivery sent it back.</summary>
    public const string HandoverReturned = "opportunity.handover_returned";

    /// <summary>The deal rule of its line holds.</summary>
    public const string DealRuleMet = "opportunity.deal_rule_met";

    /// <summary>Opportunities were taken out as a file; its subject is the number in the file's mark.</summary>
    public const string Exported = "opportunity.exported";

    /// <summary>Somebody was reminded of what is due.</summary>
    public const string Reminded = "opportunity.reminded";
}
