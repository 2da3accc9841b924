using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>
/// The leads behind a count of a step. A key has the basis, the step, and, where the figure stands in a row, what the row is of:
/// <c>cohort.order</c>, <c>activity.mql.channel.{id}</c>, <c>cohort.lead.owner.{id}</c>.
/// </summary>
public static class LeadRecords
{
    private const string Owner = "owner";

    /// <summary>The key of a step.</summary>
    public static string Key(FunnelBasis basis, FunnelStep step) => $"{WireName.Of(basis)}.{WireName.Of(step)}";

    /// <summary>The key of a step in a row of a dimension.</summary>
    public static string Key(FunnelBasis basis, FunnelStep step, Dimension dimension, string key) =>
        dimension == Dimension.None ? Key(basis, step) : $"{Key(basis, step)}.{WireName.Of(dimension)}.{key}";

    /// <summary>The key of a step in the row of an owner.</summary>
    public static string Key(FunnelBasis basis, FunnelStep step, Guid owner) => $"{Key(basis, step)}.{Owner}.{owner:N}";

    /// <summary>A page of them, by their ids, the latest first.</summary>
    public static async Task<IReadOnlyList<ReportRecord>?> Page(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        if (Read(key) is not var (basis, step, dimension, value))
        {
            return null;
        }

        var facts = FactFilter.Counted(work.Filter.Of(work.Db.Set<LeadFact>().AsNoTracking()), basis, step, work.From, work.To);
        if (dimension == Owner)
        {
            if (!Guid.TryParseExact(value, "N", out var owner))
            {
                return null;
            }

            facts = facts.Where(f => f.OwnerId == owner);
        }
        else if (dimension is not null)
        {
            if (Choice<Dimension>(dimension) is not { } by || Narrowed(facts, by, value) is not { } narrowed)
            {
                return null;
            }

            facts = narrowed;
        }

        return await Page(work, facts, f => f.Course.DayOf(step)!.Value, f => Money(f, step), dimension == WireName.Of(Dimension.Product) ? value : null, after, take, ct);
    }

    /// <summary>A page of some leads.</summary>
    /// <param name="work">What it is built from.</param>
    /// <param name="facts">Which.</param>
    /// <param name="on">The day by which one counts.</param>
    /// <param name="money">Its money.</param>
    /// <param name="product">A product that they have; null takes all.</param>
    /// <param name="after">Id of the last one before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IReadOnlyList<ReportRecord>> Page(
        ReportWork work, IQueryable<LeadFact> facts, Func<LeadFact, DateOnly> on, Func<LeadFact, decimal?> money, string? product, Guid? after, int take, CancellationToken ct)
    {
        List<LeadFact> page = [];
        // Lists of products are not looked into by the database: pages are read until enough of them fit.
        for (var more = true; more && page.Count < take;)
        {
            var from = after;
            var read = await (from is { } last ? facts.Where(f => f.LeadId < last) : facts).OrderByDescending(f => f.LeadId).Take(take).ToListAsync(ct);
            page.AddRange(read.Where(f => work.Filter.Buys(f) && (product is null || CellKey.Of(Dimension.Product, f).Contains(product))).Take(take - page.Count));
            more = read.Count == take;
            after = read.Count > 0 ? read[^1].LeadId : after;
        }

        Guid[] ids = [.. page.Select(f => f.LeadId)];
        var seen = work.Viewer.May(Domain.People.Permission.ViewLeads)
            ? await work.Viewer.Leads(work.Db).Where(l => ids.Contains(l.Id)).Select(l => new { l.Id, l.CompanyName, l.ContactName }).ToDictionaryAsync(l => l.Id, l => l.CompanyName ?? l.ContactName, ct)
            : [];
        return [.. page.Select(f => new ReportRecord(
            ReportRecordKind.Lead, f.LeadId, seen.GetValueOrDefault(f.LeadId), on(f), f.OwnerId == LeadFact.Nobody ? null : f.OwnerId, money(f), seen.ContainsKey(f.LeadId)))];
    }

    private static decimal? Money(LeadFact fact, FunnelStep step) => step switch
    {
        FunnelStep.Opportunity => fact.Amount,
        FunnelStep.Order => fact.WonAmount,
        FunnelStep.Payment => fact.PaidAmount,
        _ => null,
    };

    private static IQueryable<LeadFact>? Narrowed(IQueryable<LeadFact> facts, Dimension by, string value) => by switch
    {
        Dimension.Channel => Guid.TryParseExact(value, "N", out var channel) ? facts.Where(f => f.ChannelId == channel) : null,
        Dimension.Campaign => facts.Where(f => (f.Campaign ?? "") == value),
        Dimension.Keyword => Within(value) is var (channel, word) ? facts.Where(f => f.ChannelId == channel && (f.Keyword ?? "") == word) : null,
        Dimension.Content => Within(value) is var (channel, piece) ? facts.Where(f => f.ChannelId == channel && (f.Content ?? "") == piece) : null,
        Dimension.Industry => facts.Where(f => (f.Industry ?? "") == value),
        Dimension.Region => facts.Where(f => (f.Region ?? "") == value),
        _ => facts,
    };

    private static (Guid Channel, string Word)? Within(string value) =>
        value.Length > 32 && value[32] == CellKey.Between && Guid.TryParseExact(value.AsSpan(0, 32), "N", out var channel) ? (channel, value[33..]) : null;

    private static (FunnelBasis Basis, FunnelStep Step, string? Dimension, string Value)? Read(string key)
    {
        var parts = key.Split('.', 4);
        return parts.Length is 2 or 4 && Choice<FunnelBasis>(parts[0]) is { } basis && Choice<FunnelStep>(parts[1]) is { } step
            ? (basis, step, parts.Length == 4 ? parts[2] : null, parts.Length == 4 ? parts[3] : "") : null;
    }

    private static T? Choice<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().Where(v => WireName.Of(v) == name).Select(v => (T?)v).FirstOrDefault();
}
