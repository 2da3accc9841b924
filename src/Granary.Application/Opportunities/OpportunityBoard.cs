using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>A card of the board: what it shows of an opportunity, and no more.</summary>
public sealed record BoardCard
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version.</summary>
    public required int Version { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the account.</summary>
    public string? Account { get; init; }

    /// <summary>Id of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Since when it is there.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Confirmed grade.</summary>
    public OpportunityGrade? Grade { get; init; }

    /// <summary>Inquiry grade.</summary>
    public required InquiryGrade Inquiry { get; init; }

    /// <summary>Owner.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>When it is expected to be won.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>A column of the board.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Count">How many are in it; of those won and lost, within the last 30 days.</param>
/// <param name="Amount">Sum of their amounts.</param>
/// <param name="Cards">The first of them.</param>
public sealed record BoardColumn(OpportunityStage Stage, int Count, decimal Amount, IReadOnlyList<BoardCard> Cards);

/// <summary>
/// The board of a business line: a column for each stage, what moved last first. Its cards come by one question, and what stands at the
/// head of a column from the tally, so that it costs the same however many opportunities there are; filters that the tally does not
/// know are counted over what they leave.
/// </summary>
public sealed class OpportunityBoard(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Cards of a column.</summary>
    public const int MostCards = 50;

    private const int DaysOfClosed = 30;

    /// <summary>The columns.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="line">The line.</param>
    /// <param name="filter">Which opportunities.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<BoardColumn>> Read(Viewer viewer, BusinessLine line, OpportunityFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var (setting, closed) = (await settings.Get(ct), time.Now.AddDays(-DaysOfClosed));
        // Owners and receivers by questions of their own: an "or" between them finds neither by its index.
        var (own, handed) = viewer.OpportunitiesApart(db);
        var parts = new[] { own, handed }.OfType<IQueryable<Opportunity>>().Select(part => filter.Over(db, part.AsNoTracking(), setting).Where(o => o.Line == line.Id)).ToList();
        Dictionary<string, List<BoardCard>> cards = [];
        Dictionary<string, (int Count, decimal Amount)> heads = [];
        foreach (var (i, part) in parts.Index())
        {
            // Most people are handed nothing.
            if (i > 0 && !await part.AnyAsync(ct))
            {
                continue;
            }

            await Cards(cards, db, part, line, closed, ct);
            await Heads(heads, cards, part, line, closed, i == 0 && filter.TallyKnows, ct);
        }

        await (filter.TallyKnows ? Tallied(heads, db, viewer, line, filter, ct) : Task.CompletedTask);
        return [.. line.Stages.Select(s => new BoardColumn(s, heads.GetValueOrDefault(s.Id).Count, heads.GetValueOrDefault(s.Id).Amount, [.. First(cards.GetValueOrDefault(s.Id) ?? [])]))];
    }

    private static IEnumerable<BoardCard> First(List<BoardCard> cards) => cards.OrderByDescending(c => c.StageSince).ThenByDescending(c => c.Id).Take(MostCards);

    // What is closed is in its stage since then.
    private static IQueryable<Opportunity> In(IQueryable<Opportunity> all, OpportunityStage stage, DateTimeOffset closed)
    {
        var id = stage.Id;
        return stage.Kind == StageKind.Open ? all.Where(o => o.Stage == id && o.ClosedAt == null) : all.Where(o => o.Stage == id && o.StageSince > closed);
    }

    private static async Task Cards(Dictionary<string, List<BoardCard>> cards, GranaryDb db, IQueryable<Opportunity> all, BusinessLine line, DateTimeOffset closed, CancellationToken ct)
    {
        var some = line.Stages.Select(s => In(all, s, closed).OrderByDescending(o => o.StageSince).ThenByDescending(o => o.Id).Take(MostCards)
            .Select(o => new { o.Id, o.Version, o.Name, o.AccountId, o.Stage, o.StageSince, o.Amount, o.Currency, o.Grade, o.Inquiry, o.OwnerId, o.ExpectedOn, o.ClosedAt })).Aggregate((a, b) => a.Concat(b));
        var read = from o in some
                   join a in db.Set<Account>() on o.AccountId equals a.Id into accounts
                   from a in accounts.DefaultIfEmpty()
                   select new BoardCard
                   {
                       Id = o.Id,
                       Version = o.Version,
                       Name = o.Name,
                       Account = a.Name,
                       Stage = o.Stage,
                       StageSince = o.StageSince,
                       Amount = o.Amount,
                       Currency = o.Currency,
                       Grade = o.Grade,
                       Inquiry = o.Inquiry,
                       OwnerId = o.OwnerId,
                       ExpectedOn = o.ExpectedOn,
                       ClosedAt = o.ClosedAt,
                   };
        foreach (var card in await read.ToListAsync(ct))
        {
            (cards.TryGetValue(card.Stage, out var there) ? there : cards[card.Stage] = []).Add(card);
        }
    }

    // A column that its cards show whole is told by them; what is longer is counted, but for open ones where the tally knows them.
    private static async Task Heads(
        Dictionary<string, (int Count, decimal Amount)> heads, Dictionary<string, List<BoardCard>> cards, IQueryable<Opportunity> all, BusinessLine line, DateTimeOffset closed, bool tallied, CancellationToken ct)
    {
        void Add(string stage, int count, decimal amount)
        {
            var (n, sum) = heads.GetValueOrDefault(stage);
            heads[stage] = (n + count, sum + amount);
        }

        var counted = line.Stages.Where(s => !tallied || s.Kind != StageKind.Open).ToLookup(s => cards.GetValueOrDefault(s.Id) is { Count: >= MostCards });
        foreach (var stage in counted[false])
        {
            var shown = cards.GetValueOrDefault(stage.Id) ?? [];
            Add(stage.Id, shown.Count, shown.Sum(c => c.Amount));
        }

        if (counted[true].Any())
        {
            // Added up as it is stored, in hundredths: the database knows no decimals.
            var longer = counted[true].Select(s => In(all, s, closed).Select(o => new { o.Stage, Hundredths = (long)(object)o.Amount })).Aggregate((a, b) => a.Concat(b));
            foreach (var head in await longer.GroupBy(o => o.Stage).Select(g => new { g.Key, Count = g.Count(), Hundredths = g.Sum(o => o.Hundredths) }).ToListAsync(ct))
            {
                Add(head.Key, head.Count, head.Hundredths / 100m);
            }
        }
    }

    private static async Task Tallied(Dictionary<string, (int Count, decimal Amount)> heads, GranaryDb db, Viewer viewer, BusinessLine line, OpportunityFilter filter, CancellationToken ct)
    {
        var (id, wanted, products) = (line.Id, filter.Owners.ToArray(), filter.ProductLines.ToArray());
        string[] open = [.. line.Stages.Where(s => s.Kind == StageKind.Open).Select(s => s.Id)];
        var tally = viewer.Tally(db).Where(t => t.Line == id && open.Contains(t.Stage));
        tally = wanted.Length == 0 ? tally : tally.Where(t => wanted.Contains(t.OwnerId));
        tally = products.Length == 0 ? tally : tally.Where(t => products.Contains(t.ProductLine));
        foreach (var t in await tally.GroupBy(t => t.Stage).Select(g => new { g.Key, Open = g.Sum(t => t.Open), Amount = g.Sum(t => t.OpenAmount) }).ToListAsync(ct))
        {
            var (count, sum) = heads.GetValueOrDefault(t.Key);
            heads[t.Key] = (count + t.Open, sum + (t.Amount / 100m));
        }
    }
}
