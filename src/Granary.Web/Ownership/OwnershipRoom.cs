using Granary.Application.Ownership;
using Granary.Application.Privacy;
using Granary.Application.Scoring;
using Granary.Web.Jobs;
using Granary.Web.Policies;

namespace Granary.Web.Ownership;

/// <summary>Composition of the ownership room: who has which lead, and the verbs that change it.</summary>
public static class OwnershipRoom
{
    /// <summary>Registers the verbs.</summary>
    public static IServiceCollection AddOwnership(this IServiceCollection services)
    {
        services.AddSingleton<Explanation>();
        services.AddSingleton<LeadVerb>();
        services.AddSingleton<AssignLead>();
        services.AddSingleton<InvalidateLead>();
        services.AddSingleton<PromoteLead>();
        services.AddSingleton<ClaimLead>();
        services.AddSingleton<ReturnLead>();
        services.AddSingleton<TransferLead>();
        services.AddSingleton<WithdrawLead>();
        services.AddSingleton<VoidLead>();
        services.AddSingleton<ReopenLead>();
        services.AddSingleton<ProtectLead>();
        services.AddSingleton<RequestAdjustment>();
        services.AddSingleton<DecideRequest>();
        services.AddSingleton<LeadRequests>();
        services.AddSingleton<RemindDeciders>();
        services.AddSingleton<TouchLead>();
        services.AddSingleton<RevealContacts>();
        services.AddSingleton<MoveLeads>();
        services.AddSingleton<AssignPooled>();
        services.AddSingleton<LockPooled>();
        services.AddSingleton<RetryUnassigned>();
        services.AddSingleton<PersonPart, TouchPersonPart>();
        services.AddSingleton<PersonPart, OwnershipPersonPart>();
        services.AddSingleton<PersonPart, LeadRequestPersonPart>();
        services.AddSingleton<SaveReactivation>();
        services.AddSingleton<ReadReactivations>();
        services.AddSingleton<RunReactivation>();
        services.AddSweep<RunReactivation>(TimeSpan.FromSeconds(30), (run, ct) => run.Sweep(ct));
        services.AddSweep<RemindDeciders>(TimeSpan.FromSeconds(15), (remind, ct) => remind.Sweep(ct));
        services.AddSweep<RetryUnassigned>(TimeSpan.FromSeconds(30), (retry, ct) => retry.Sweep(ct));
        return services;
    }

    /// <summary>Maps the room's API.</summary>
    public static void MapOwnership(this IEndpointRouteBuilder app)
    {
        app.MapLeadVerbs();
        app.MapOwnershipVerbs();
        app.MapRequests();
        app.MapAssignments();
        app.MapReactivations();
    }
}
