using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A page of a list and where the next one begins.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="Next">Behind which the next page begins; null at the end.</param>
public sealed record LeadListPage<T>(IReadOnlyList<T> Items, LeadCursor? Next);

/// <summary>Lists the leads a viewer may see (§18): filtered, in order, page by page.</summary>
public sealed class LeadList(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    /// <summary>Lists are counted exactly up to here.</summary>
    public const int CountedUpTo = 10_000;

    /// <summary>A page of rows as the screen shows them, with one masked phone each.</summary>
    public async Task<LeadListPage<ListedLead>> Read(Viewer viewer, LeadFilter filter, LeadCursor? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var asked = ListedLead.Of(await Page(db, viewer, filter, after, take, ct));
        var setting = await settings.Get(ct);
        var masks = setting.Masking.At(MaskPlace.List);
        var rows = store.IsSqlite ? await WithPhonesAfter(db, asked, masks, ct) : await WithPhones(db, asked, masks, ct);
        return Cut(rows.ConvertAll(row => row.Veiled(viewer, setting)), take, last => LeadCursor.Of(filter.Sort, last.Id, last.ReceivedAt, last.Score, last.ChangedAt));
    }

    /// <summary>A page of whole leads.</summary>
    public Task<LeadListPage<Lead>> ReadWhole(Viewer viewer, LeadFilter filter, LeadCursor? after = null, int take = PageSize, CancellationToken ct = default) =>
        ReadWhole(viewer, filter, after, take, null, ct);

    /// <summary>A page of whole leads that a permission reaches besides; null asks for none.</summary>
    internal async Task<LeadListPage<Lead>> ReadWhole(Viewer viewer, LeadFilter filter, LeadCursor? after, int take, Permission? within, CancellationToken ct)
    {
        await using var db = store.Open();
        var leads = await (await Page(db, viewer, filter, after, take, ct, within)).AsNoTracking().ToListAsync(ct);
        var setting = await settings.Get(ct);
        return Cut(leads.ConvertAll(lead => viewer.Veiled(setting, lead)), take, last => LeadCursor.Of(last, filter.Sort));
    }

    /// <summary>How many there are; one more than <see cref="CountedUpTo"/> says that there are more than that.</summary>
    public async Task<int> Count(Viewer viewer, LeadFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var leads = await new LeadQuery(db, vault, await settings.Get(ct), viewer).Filtered(filter, ct);
        return await leads.Select(l => l.Id).Take(CountedUpTo + 1).CountAsync(ct);
    }

    private async Task<IQueryable<Lead>> Page(GranaryDb db, Viewer viewer, LeadFilter filter, LeadCursor? after, int take, CancellationToken ct, Permission? within = null)
    {
        var query = new LeadQuery(db, vault, await settings.Get(ct), viewer);
        var leads = await query.Filtered(filter, ct, within);
        return query.Ordered(after?.Behind(leads, filter.Ascending, query.Score) ?? leads, filter).Take(take + 1);
    }

    // One row more than asked for was read, to know whether a next page begins.
    private static LeadListPage<T> Cut<T>(List<T> rows, int take, Func<T, LeadCursor> place) =>
        rows.Count > take ? new(rows[..take], place(rows[take - 1])) : new(rows, null);

    private async Task<List<ListedLead>> WithPhones(GranaryDb db, IQueryable<ListedLead> asked, ContactMasks masks, CancellationToken ct)
    {
        var phones = db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Phone);
        var rows = await asked
            .Select(row => new { Row = row, Phone = phones.Where(c => c.LeadId == row.Id).OrderBy(c => c.Ordinal).Select(c => (SealedText?)c.Value).FirstOrDefault() })
            .ToListAsync(ct);
        return rows.ConvertAll(r => r.Phone is { } phone ? WithPhone(r.Row, phone, masks) : r.Row);
    }

    private ListedLead WithPhone(ListedLead row, SealedText phone, ContactMasks masks) =>
        row with { Phone = vault.Masked(new ContactPoint { Kind = ContactKind.Phone, Value = phone }, masks) };

    // SQLite makes what a row shows before it sorts, for every row there is; so it is asked again when the page is known.
    private async Task<List<ListedLead>> WithPhonesAfter(GranaryDb db, IQueryable<ListedLead> asked, ContactMasks masks, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var rows = await asked.ToListAsync(ct);
        var leads = rows.ConvertAll(r => r.Id);
        var points = await db.Set<ContactPoint>().Where(c => leads.Contains(c.LeadId) && c.Kind == ContactKind.Phone)
            .OrderByDescending(c => c.Ordinal).Select(c => new { c.LeadId, c.Value }).ToListAsync(ct);
        var phones = new Dictionary<Guid, SealedText>();
        foreach (var point in points)
        {
            phones[point.LeadId] = point.Value;
        }

        return rows.ConvertAll(row => phones.TryGetValue(row.Id, out var phone) ? WithPhone(row, phone, masks) : row);
    }
}
