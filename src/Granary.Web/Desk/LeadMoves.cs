using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Web.Desk;

/// <summary>Which verbs of ownership a viewer is offered on a lead; the use cases ask again.</summary>
/// <param name="Viewer">Who looks.</param>
/// <param name="Detail">The lead.</param>
internal readonly record struct LeadMoves(Viewer Viewer, LeadDetail Detail)
{
    private Lead Lead => Detail.Lead;

    private bool Held => Lead.Status is LeadStatus.Pending or LeadStatus.Working;

    private bool Own => Held && Lead.OwnerId == Viewer.UserId;

    /// <summary>Claim it from its pool.</summary>
    public bool Claim => Lead is { Status: LeadStatus.Unassigned, PoolId: { } pool } && !Detail.Held && Viewer.May(Permission.ClaimLeads) && Viewer.Pools.Contains(pool);

    /// <summary>Give it back to a pool.</summary>
    public bool Return => Own;

    /// <summary>Give it to a colleague.</summary>
    public bool Pass => Own || (Held && Detail.Rights.Assign);

    /// <summary>Ask that it be assigned to somebody else.</summary>
    public bool Adjust => Own && !Detail.Rights.Assign;

    /// <summary>Take it from its owner.</summary>
    public bool Withdraw => Held && !Own && Detail.Rights.Assign;

    /// <summary>Lock it, or extend its protection.</summary>
    public bool Protect => Held && Detail.Rights.Assign;

    /// <summary>Say that it was entered by mistake.</summary>
    public bool Void => Lead.Status is not (LeadStatus.Converted or LeadStatus.Voided)
        && (Detail.Rights.Assign || (VoidLead.Mistook(Viewer, Lead) && Viewer.May(Permission.CreateLeads)));

    /// <summary>Work on it again.</summary>
    public bool Reopen => Lead.Status is LeadStatus.Invalid or LeadStatus.Voided && Detail.Rights.CheckHeld;
}
