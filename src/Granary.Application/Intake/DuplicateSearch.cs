using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>What somebody looks for before they enter a lead (§5.3).</summary>
/// <param name="Company">Company name.</param>
/// <param name="Phone">Phone.</param>
/// <param name="WeChat">WeChat id.</param>
/// <param name="Email">E-mail address.</param>
public sealed record DuplicateQuery(string? Company = null, string? Phone = null, string? WeChat = null, string? Email = null);

/// <summary>Searches leads and accounts by whatever identifies them (§5.3 查重工具). Every look-up enters an index; matches are masked.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, byte by byte.")]
public sealed class DuplicateSearch(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Most matches given.</summary>
    public const int Most = 50;

    private const int PerKey = 20, PerRange = 20;
    private const char Last = '\uFFFF';

    /// <summary>The matches, the closest first.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<DuplicateMatch>> Search(Viewer viewer, DuplicateQuery query, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var found = new DuplicateMatches(setting);
        await ByContact(db, query, found, ct);
        if (CompanyName.Parse(query.Company) is { } name)
        {
            await ByCompany(db, name, setting, found, ct);
        }

        var matches = found.Ranked(Most);
        var ids = matches.Where(m => m.Kind == DuplicateKind.Lead).Select(m => m.Id).ToArray();
        var visible = await viewer.Leads(db).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct);
        var phones = (await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.LeadId) && c.Kind == ContactKind.Phone).OrderBy(c => c.Ordinal).ToListAsync(ct))
            .ToLookup(c => c.LeadId);
        var masks = setting.Masking.At(MaskPlace.Search);
        var (companies, contacts) = (await Hiding(db, viewer.Showing(setting, "company"), ids, ct), await Hiding(db, viewer.Showing(setting, "contacts"), ids, ct));
        return [.. matches.Select(m => Veiled(
            m with { Visible = visible.Contains(m.Id), Phone = phones[m.Id].Select(c => vault.Masked(c, masks)).FirstOrDefault() }, companies.Contains(m.Id), contacts.Contains(m.Id)))];
    }

    private static async Task<IReadOnlyCollection<Guid>> Hiding(GranaryDb db, Expression<Func<Lead, bool>>? showing, Guid[] ids, CancellationToken ct) =>
        showing is null || ids.Length == 0 ? [] : ids.Except(await db.Set<Lead>().Where(showing).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)).ToHashSet();

    // That there is one somewhere is what the search is for; which of a pool's leads it is stays hidden with what was typed.
    private static DuplicateMatch Veiled(DuplicateMatch match, bool company, bool contacts)
    {
        var told = (company && match.MatchedBy.Contains(MatchKeyKind.Company)) || (contacts && match.MatchedBy.Any(k => k != MatchKeyKind.Company));
        match = match with { Company = company ? null : match.Company, Phone = contacts ? null : match.Phone };
        return told
            ? match with { Id = Guid.Empty, Company = null, Contact = null, Phone = null, ReceivedAt = null, Visible = false, Similarity = match.Level == MatchLevel.Exact ? 1 : 0 }
            : match;
    }

    private async Task ByContact(GranaryDb db, DuplicateQuery query, DuplicateMatches found, CancellationToken ct)
    {
        foreach (var (key, kind) in Keys(query))
        {
            var ids = await db.Set<ContactPoint>().Where(c => c.Key == key).OrderBy(c => c.Seq).Select(c => c.LeadId).Take(PerKey).ToListAsync(ct);
            foreach (var lead in await db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToListAsync(ct))
            {
                found.Add(lead, kind, MatchLevel.Exact, 1);
            }

            foreach (var account in await db.Set<AccountKey>().AsNoTracking().Where(k => k.Key == key).Take(PerKey).ToListAsync(ct))
            {
                found.Add(account, kind, MatchLevel.Exact, 1);
            }
        }
    }

    private IEnumerable<(Guid Key, MatchKeyKind Kind)> Keys(DuplicateQuery query)
    {
        if (PhoneNumber.TryParse(query.Phone, out var phone, out _))
        {
            yield return (vault.Key(phone), MatchKeyKind.Phone);
        }

        if (WeChatId.TryParse(query.WeChat, out var weChat, out _))
        {
            yield return (vault.Key(weChat), MatchKeyKind.WeChat);
        }

        if (EmailAddress.TryParse(query.Email, out var email, out _))
        {
            yield return (vault.Key(email), MatchKeyKind.Email);
        }
    }

    private async Task ByCompany(GranaryDb db, CompanyName name, Setting setting, DuplicateMatches found, CancellationToken ct)
    {
        var keys = CompanySearchKeys.For(name, setting.Aliases);
        var ranges = CompanyRange.For(name, setting.Aliases)
            .Concat(keys.Cores.Select(core => new CompanyRange(core, core + Last)))
            .Concat(keys.Tails.Select(tail => new CompanyRange(tail, tail + Last))).Distinct();
        foreach (var range in ranges)
        {
            var (from, to) = (range.From, range.To);
            found.AddCompany(name, await db.Set<Lead>().AsNoTracking()
                .Where(l => string.Compare(l.CompanyKey, from) >= 0 && string.Compare(l.CompanyKey, to) < 0)
                .OrderBy(l => l.CompanyKey).ThenBy(l => l.ReceivedAt).Take(PerRange).ToListAsync(ct));
        }

        foreach (var tail in keys.Tails.Append(name.Core).Distinct())
        {
            found.AddCompany(name, await db.Set<Lead>().AsNoTracking().Where(l => l.CompanyTail == tail).Take(PerRange).ToListAsync(ct));
        }

        var accounts = vault.Sought(name, setting.Aliases).Concat(keys.Cores.Select(vault.CompanyKey)).Distinct().ToArray();
        found.AddCompany(name, await db.Set<AccountKey>().AsNoTracking().Where(k => accounts.Contains(k.Key)).Take(PerRange * accounts.Length).ToListAsync(ct));
    }
}
