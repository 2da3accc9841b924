using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Which opportunities a list shows.</summary>
public sealed record OpportunityFilter
{
    /// <summary>Owners; any where empty.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Ids of business lines.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Ids of stages.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Grades.</summary>
    public IReadOnlyList<OpportunityGrade> Grades { get; init; } = [];

    /// <summary>Inquiry grades.</summary>
    public IReadOnlyList<InquiryGrade> Inquiries { get; init; } = [];

    /// <summary>Product lines.</summary>
    public IReadOnlyList<string> ProductLines { get; init; } = [];

    /// <summary>The first day of the month in which it is expected.</summary>
    public DateOnly? Month { get; init; }

    /// <summary>The account.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Open ones alone, closed ones alone, or both.</summary>
    public bool? Open { get; init; }

    /// <summary>Values of custom fields by key; of one field any of several.</summary>
    public IReadOnlyList<(string Key, string Value)> Custom { get; init; } = [];

    /// <summary>Part of the name, the code or the account's name.</summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="OpportunityTally"/> can answer for it: it asks for owners and product lines alone.</summary>
    internal bool TallyKnows => Lines.Count + Stages.Count + Grades.Count + Inquiries.Count + Custom.Count == 0 && Month is null && AccountId is null && Open is null && string.IsNullOrWhiteSpace(Text);

    internal IQueryable<Opportunity> Over(GranaryDb db, IQueryable<Opportunity> all, Setting setting)
    {
        if (Owners.Count > 0)
        {
            var owners = Owners.ToArray();
            all = all.Where(o => owners.Contains(o.OwnerId));
        }

        if (Lines.Count > 0)
        {
            var lines = Lines.ToArray();
            all = all.Where(o => lines.Contains(o.Line));
        }

        if (Stages.Count > 0)
        {
            var stages = Stages.ToArray();
            all = all.Where(o => stages.Contains(o.Stage));
        }

        if (Grades.Count > 0)
        {
            var grades = Grades.Select(g => (OpportunityGrade?)g).ToArray();
            all = all.Where(o => grades.Contains(o.Grade));
        }

        if (Inquiries.Count > 0)
        {
            var inquiries = Inquiries.ToArray();
            all = all.Where(o => inquiries.Contains(o.Inquiry));
        }

        if (ProductLines.Count > 0)
        {
            var products = ProductLines.ToArray();
            all = all.Where(o => o.ProductLine != null && products.Contains(o.ProductLine));
        }

        if (Month is { } month)
        {
            var (from, to) = (new DateOnly(month.Year, month.Month, 1), new DateOnly(month.Year, month.Month, 1).AddMonths(1));
            all = all.Where(o => o.ExpectedOn >= from && o.ExpectedOn < to);
        }

        foreach (var field in Custom.GroupBy(c => c.Key))
        {
            all = all.Where(Composed.Any(field.Select(c => CustomQuery.Holds<Opportunity>(setting, CustomFieldOwner.Opportunity, o => o.Custom, c.Key, c.Value))));
        }

        all = AccountId is { } account ? all.Where(o => o.AccountId == account) : all;
        all = Open is { } open ? all.Where(o => (o.ClosedAt == null) == open) : all;
        return string.IsNullOrWhiteSpace(Text) ? all : Said(db, all, Text.Trim());
    }

    // Codes are in capitals; who types one need not be.
    private static IQueryable<Opportunity> Said(GranaryDb db, IQueryable<Opportunity> all, string text)
    {
        var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var code = pattern.ToUpperInvariant();
        var accounts = db.Set<Account>().Where(a => EF.Functions.Like(a.Name, pattern, "\\")).Select(a => a.Id);
        return all.Where(o => EF.Functions.Like(o.Name, pattern, "\\") || EF.Functions.Like(o.Code, code, "\\") || accounts.Contains(o.AccountId));
    }
}

/// <summary>An opportunity with the name of its account.</summary>
/// <param name="Opportunity">The opportunity.</param>
/// <param name="Account">Name of the account.</param>
public sealed record ListedOpportunity(Opportunity Opportunity, string? Account);

/// <summary>Lists opportunities within the viewer's reach.</summary>
public sealed class ListOpportunities(Store store, SettingCache settings)
{
    /// <summary>A page, the latest first, one more than asked for where there is more.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The id behind which the page begins.</param>
    /// <param name="size">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<IReadOnlyList<ListedOpportunity>> Page(Viewer viewer, OpportunityFilter filter, Guid? after, int size, CancellationToken ct = default) =>
        Page(viewer, filter, after, size, Permission.ViewOpportunities, ct);

    /// <summary>A page of those that the viewer sees and another permission reaches as well.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The id behind which the page begins.</param>
    /// <param name="size">How many.</param>
    /// <param name="also">The other permission.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<ListedOpportunity>> Page(Viewer viewer, OpportunityFilter filter, Guid? after, int size, Permission also, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var all = filter.Over(db, viewer.Opportunities(db).AsNoTracking(), await settings.Get(ct));
        if (also != Permission.ViewOpportunities && viewer.Owners(also)?.ToArray() is { } owners)
        {
            all = all.Where(o => owners.Contains(o.OwnerId));
        }

        return await Named(db, (after is { } id ? all.Where(o => o.Id < id) : all).OrderByDescending(o => o.Id).Take(size + 1), ct);
    }

    /// <summary>How many there are, counted up to one more than 10,000.</summary>
    public async Task<int> Count(Viewer viewer, OpportunityFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await filter.Over(db, viewer.Opportunities(db), await settings.Get(ct)).Take(10_001).CountAsync(ct);
    }

    /// <summary>Product lines in use within the viewer's reach.</summary>
    public async Task<IReadOnlyList<string>> ProductLines(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var own = viewer.Tally(db).Where(t => t.ProductLine != "" && (t.Open > 0 || t.Closed > 0)).Select(t => t.ProductLine).Distinct();
        var all = viewer.OpportunitiesApart(db).Handed is { } handed ? own.Union(handed.Where(o => o.ProductLine != null).Select(o => o.ProductLine!)) : own;
        return await all.OrderBy(p => p).Take(100).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<ListedOpportunity>> Named(GranaryDb db, IQueryable<Opportunity> some, CancellationToken ct)
    {
        var read = await some.ToListAsync(ct);
        var ids = read.Select(o => o.AccountId).Distinct().ToArray();
        var names = await db.Set<Account>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        return read.ConvertAll(o => new ListedOpportunity(o, names.GetValueOrDefault(o.AccountId)));
    }
}
