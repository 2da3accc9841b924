using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>What a viewer may do with an opportunity.</summary>
/// <param name="Edit">Work on it.</param>
/// <param name="Decides">As whom they decide about it; null where they do not.</param>
/// <param name="Review">Look its contract through.</param>
/// <param name="Floor">See the lowest price of its plan.</param>
/// <param name="Receive">Accept the handover or send it back.</param>
public sealed record OpportunityRights(bool Edit, PlanApprover? Decides, bool Review, bool Floor, bool Receive)
{
    /// <summary>What a viewer may do.</summary>
    public static OpportunityRights Of(Viewer viewer, Opportunity o) => new(
        viewer.Reaches(o, Permission.EditOpportunities),
        viewer.Decides(o),
        viewer.Reaches(o, Permission.ReviewContracts),
        o.OwnerId == viewer.UserId || viewer.Decides(o) is not null,
        o.ReceiverId == viewer.UserId);
}

/// <summary>Everything the page of one opportunity shows.</summary>
public sealed record OpportunityDetail
{
    /// <summary>The opportunity.</summary>
    public required Opportunity Opportunity { get; init; }

    /// <summary>What the viewer may do.</summary>
    public required OpportunityRights Rights { get; init; }

    /// <summary>Name of the account.</summary>
    public string? Account { get; init; }

    /// <summary>Name and title of the contact it began with.</summary>
    public string? Contact { get; init; }

    /// <summary>Evaluations, the latest first.</summary>
    public IReadOnlyList<OpportunityEvaluation> Evaluations { get; init; } = [];

    /// <summary>Changes of the inquiry grade, the latest first.</summary>
    public IReadOnlyList<InquiryChange> Inquiries { get; init; } = [];

    /// <summary>The papers in force, by kind.</summary>
    public IReadOnlyDictionary<PaperKind, OpportunityPaper> Papers { get; init; } = new Dictionary<PaperKind, OpportunityPaper>();

    /// <summary>Objections, the latest first.</summary>
    public IReadOnlyList<OpportunityObjection> Objections { get; init; } = [];

    /// <summary>The contract.</summary>
    public OpportunityContract? Contract { get; init; }

    /// <summary>Payments, the latest first.</summary>
    public IReadOnlyList<OpportunityPayment> Payments { get; init; } = [];

    /// <summary>The handover.</summary>
    public OpportunityHandover? Handover { get; init; }

    /// <summary>What was paid of the contract.</summary>
    public PaymentAccount? Paid => Contract is { } c ? PaymentAccount.Of(c.Amount, c.Currency, Payments.Select(p => p.Fact)) : null;

    /// <summary>A paper of a kind; null where there is none.</summary>
    public T? Paper<T>(PaperKind kind)
        where T : class => Papers.GetValueOrDefault(kind)?.Read<T>();

    /// <summary>The conversion plan as the viewer may see it: without the lowest price where that is not theirs to see.</summary>
    public ConversionPlan? Plan => Paper<ConversionPlan>(PaperKind.Plan) is { } plan ? Rights.Floor ? plan : plan with { PriceFloor = null } : null;

    /// <summary>Whether the deal rule holds.</summary>
    public bool Won(OpportunityPolicy policy)
    {
        var o = Opportunity;
        var amount = Contract?.Amount ?? o.Amount;
        return DealRules.Won(policy.DealRules, new DealFacts(o.Line, o.ProductLine is { } p ? [p] : [], amount, Contract?.State, PaymentAccount.Of(amount, o.Currency, Payments.Select(x => x.Fact)).Net) { Custom = OpportunityEdit.CustomOf(o) });
    }

    /// <summary>Ids of ticked checks of a stage.</summary>
    public IReadOnlyList<string> Ticked(string stage) => MoveStage.Ticked(Opportunity).GetValueOrDefault(stage) ?? [];
}

/// <summary>Reads one opportunity within the viewer's reach.</summary>
public sealed class ReadOpportunity(Store store)
{
    private const int Most = 50;

    /// <summary>The opportunity with all that belongs to it; null where the viewer does not see it.</summary>
    public async Task<OpportunityDetail?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Opportunities(db).AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } opportunity)
        {
            return null;
        }

        var contact = opportunity.ContactId is { } c ? await db.Set<AccountContact>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == c, ct) : null;
        var papers = await db.Set<OpportunityPaper>().AsNoTracking().Where(p => p.OpportunityId == id).OrderByDescending(p => p.Id).ToListAsync(ct);
        return new OpportunityDetail
        {
            Opportunity = opportunity,
            Rights = OpportunityRights.Of(viewer, opportunity),
            Account = await db.Set<Account>().Where(a => a.Id == opportunity.AccountId).Select(a => a.Name).SingleOrDefaultAsync(ct),
            Contact = contact is null ? null : string.Join(" · ", new[] { contact.Name, contact.Title }.Where(t => !string.IsNullOrEmpty(t))),
            Evaluations = await db.Set<OpportunityEvaluation>().AsNoTracking().Where(e => e.OpportunityId == id).OrderByDescending(e => e.Id).Take(Most).ToListAsync(ct),
            Inquiries = await db.Set<InquiryChange>().AsNoTracking().Where(e => e.OpportunityId == id).OrderByDescending(e => e.Id).Take(Most).ToListAsync(ct),
            Papers = papers.GroupBy(p => p.Kind).ToDictionary(g => g.Key, g => g.First()),
            Objections = await db.Set<OpportunityObjection>().AsNoTracking().Where(e => e.OpportunityId == id).OrderByDescending(e => e.Id).Take(Most).ToListAsync(ct),
            Contract = await db.Set<OpportunityContract>().AsNoTracking().SingleOrDefaultAsync(x => x.OpportunityId == id, ct),
            Payments = await db.Set<OpportunityPayment>().AsNoTracking().Where(e => e.OpportunityId == id).OrderByDescending(e => e.PaidOn).ThenByDescending(e => e.Id).ToListAsync(ct),
            Handover = await db.Set<OpportunityHandover>().AsNoTracking().SingleOrDefaultAsync(x => x.OpportunityId == id, ct),
        };
    }

    /// <summary>What happened to it, the latest first, and the position behind which the next page begins.</summary>
    public async Task<(IReadOnlyList<EventRecord> Events, long? Next)> Timeline(Viewer viewer, Guid id, long? before, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!await viewer.Opportunities(db).AnyAsync(o => o.Id == id, ct))
        {
            return ([], null);
        }

        var events = await db.Set<EventRecord>().AsNoTracking().Where(e => e.SubjectId == id && (before == null || e.Position < before)).OrderByDescending(e => e.Position).Take(Most + 1).ToListAsync(ct);
        return ([.. events.Take(Most)], events.Count > Most ? events[Most - 1].Position : null);
    }

    /// <summary>Answers to objections that serve others too, the latest first; of opportunities within the viewer's reach.</summary>
    public async Task<IReadOnlyList<OpportunityObjection>> Answers(Viewer viewer, string? text, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var mine = viewer.Opportunities(db).Select(o => o.Id);
        var answers = db.Set<OpportunityObjection>().AsNoTracking().Where(x => x.Reusable && x.Answer != null && mine.Contains(x.OpportunityId));
        return await (string.IsNullOrWhiteSpace(text) ? answers : answers.Where(x => x.Text.Contains(text) || x.Answer!.Contains(text))).OrderByDescending(x => x.Id).Take(20).ToListAsync(ct);
    }
}
