using Granary.Domain.Policies;

namespace Granary.Application.Opportunities;

/// <summary>What became of a verb on an opportunity.</summary>
public abstract record OpportunityResult
{
    /// <summary>It is done; the opportunity as it stands now.</summary>
    /// <param name="Opportunity">The opportunity.</param>
    /// <param name="Id">The id of what was made besides; null where nothing was.</param>
    public sealed record Done(Opportunity Opportunity, Guid? Id = null) : OpportunityResult;

    /// <summary>There is no such opportunity, or part of it, for this viewer.</summary>
    public sealed record NotFound : OpportunityResult;

    /// <summary>They see it, but the verb does not reach it.</summary>
    public sealed record Forbidden : OpportunityResult;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Current">The version it has now.</param>
    public sealed record Stale(int Current) : OpportunityResult;

    /// <summary>As it stands, it cannot be done.</summary>
    /// <param name="Code">A code of <see cref="OpportunityRefusal"/>.</param>
    public sealed record Refused(string Code) : OpportunityResult
    {
        /// <summary>What is missing: ids of checks as <c>stage.check</c>.</summary>
        public IReadOnlyList<string> Missing { get; init; } = [];
    }

    /// <summary>Fields of the request are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : OpportunityResult;
}

/// <summary>Why a verb cannot be done; stable codes of the API.</summary>
public static class OpportunityRefusal
{
    /// <summary>The account that matches is somebody else's, out of the viewer's reach.</summary>
    public const string AccountOfAnother = "account_of_another";

    /// <summary>The lead was not converted here.</summary>
    public const string NotConverted = "not_converted";

    /// <summary>The time in which a conversion can be undone is over.</summary>
    public const string UndoTooLate = "undo_too_late";

    /// <summary>Somebody has worked on the opportunity.</summary>
    public const string OpportunityTouched = "opportunity_touched";

    /// <summary>It is in that stage.</summary>
    public const string NoChange = "no_change";

    /// <summary>It is won or lost.</summary>
    public const string Closed = "opportunity_closed";

    /// <summary>It is neither won nor lost.</summary>
    public const string NotClosed = "opportunity_open";

    /// <summary>Required lines of an exit checklist are not ticked.</summary>
    public const string ExitNotMet = "exit_checklist_not_met";

    /// <summary>The conversion plan is not approved.</summary>
    public const string PlanNotApproved = "plan_not_approved";

    /// <summary>A reason must be given.</summary>
    public const string ReasonRequired = "reason_required";

    /// <summary>Losing needs a loss report.</summary>
    public const string LossReportRequired = "loss_report_required";

    /// <summary>Winning needs a success case.</summary>
    public const string SuccessCaseRequired = "success_case_required";

    /// <summary>What must be there to win it is not there.</summary>
    public const string DealRuleNotMet = "deal_rule_not_met";

    /// <summary>Winning and losing are changes of the stage.</summary>
    public const string ClosesByStage = "closes_by_stage";

    /// <summary>Nothing waits for a decision.</summary>
    public const string NothingToDecide = "nothing_to_judge";

    /// <summary>Nobody decides about what is their own.</summary>
    public const string OwnOpportunity = "own_judgement";

    /// <summary>It takes the sales director.</summary>
    public const string DirectorRequired = "director_required";

    /// <summary>There is no conversion plan.</summary>
    public const string NoPlan = "no_plan";

    /// <summary>It was answered.</summary>
    public const string AlreadyAnswered = "already_answered";

    /// <summary>It was not answered.</summary>
    public const string NotAnswered = "not_answered";

    /// <summary>There is no contract.</summary>
    public const string NoContract = "no_contract";

    /// <summary>The contract is not a draft any more.</summary>
    public const string ContractFixed = "contract_fixed";

    /// <summary>The contract cannot take this step from where it stands.</summary>
    public const string ContractStep = "contract_step";

    /// <summary>The contract is not signed.</summary>
    public const string NotSigned = "not_signed";

    /// <summary>More than the contract still expects.</summary>
    public const string AboveContract = "above_contract";

    /// <summary>More given back than was received.</summary>
    public const string AboveReceived = "above_received";

    /// <summary>It is not won.</summary>
    public const string NotWon = "not_won";

    /// <summary>It was accepted.</summary>
    public const string AlreadyAccepted = "already_accepted";

    /// <summary>The user is away or has left.</summary>
    public const string InactiveUser = "inactive_user";
}
