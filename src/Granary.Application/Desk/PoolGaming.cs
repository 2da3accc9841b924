using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>What somebody does with one lead again and again.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Name">Its company or contact; null when it is none of the reader's.</param>
/// <param name="Times">How often.</param>
public sealed record Repetition(Guid LeadId, string? Name, int Times);

/// <summary>What looks like gaming of one member (§9 Against gaming). It accuses nobody: a manager looks at it.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Returned">Leads they claimed and returned at least twice, with how often.</param>
/// <param name="Short">Leads with follow-ups of theirs too short to be of use.</param>
/// <param name="Repeated">Leads with follow-ups of theirs that say word for word what others of theirs say.</param>
public sealed record GamingSigns(Guid UserId, IReadOnlyList<Repetition> Returned, IReadOnlyList<Repetition> Short, IReadOnlyList<Repetition> Repeated)
{
    /// <summary>How much there is to look at.</summary>
    public int Weight => Returned.Sum(r => r.Times) + Short.Sum(r => r.Times) + Repeated.Sum(r => r.Times);
}

/// <summary>Reports repeated claim-and-return and empty follow-ups on leads that were claimed from a pool.</summary>
public sealed class PoolGaming(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Days it looks back.</summary>
    public const int Days = 90;

    /// <summary>Claims and returns of one lead by one member from which on they are reported.</summary>
    public const int Returns = 2;

    /// <summary>A follow-up with fewer characters than these, spaces not counted, is too short to be of use.</summary>
    public const int Useful = 15;

    /// <summary>Follow-ups of the same words by one member from which on they are reported.</summary>
    public const int Copies = 3;

    private const int MostFollowUps = 5_000;

    /// <summary>Members with anything to look at, most first. Who may see it is asked before.</summary>
    public async Task<IReadOnlyList<GamingSigns>> Of(Viewer viewer, Guid poolId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var members = setting.Pools.MembersOf(poolId).Select(m => m.UserId).ToArray();
        var since = time.Now.AddDays(-Days);
        await using var db = store.Open();
        var claims = await db.Set<OwnershipRecord>().AsNoTracking()
            .Where(o => members.Contains(o.OwnerId) && o.From >= since && o.Acquired == Acquired.Claimed && o.FromPoolId == poolId)
            .Select(o => new { o.OwnerId, o.LeadId, o.Ended }).ToListAsync(ct);
        var claimed = claims.Select(c => c.LeadId).Distinct().ToArray();
        var followUps = await db.Set<FollowUpRecord>().AsNoTracking()
            .Where(f => claimed.Contains(f.LeadId) && f.RecordedAt >= since).OrderByDescending(f => f.RecordedAt).Take(MostFollowUps)
            .Select(f => new { f.AuthorId, f.LeadId, f.Content }).ToListAsync(ct);
        var written = followUps.Where(f => members.Contains(f.AuthorId)).Select(f => (f.AuthorId, f.LeadId, Text: Words(f.Content))).ToList();
        var copied = written.GroupBy(f => (f.AuthorId, f.Text)).Where(g => g.Count() >= Copies).SelectMany(g => g).ToList();

        var returned = claims.Where(c => c.Ended == Ended.Returned).Select(c => (c.OwnerId, c.LeadId)).GroupBy(c => c).Where(g => g.Count() >= Returns).SelectMany(g => g).ToLookup(c => c.OwnerId, c => c.LeadId);
        var tooShort = written.Where(f => f.Text.Length < Useful).ToLookup(f => f.AuthorId, f => f.LeadId);
        var repeated = copied.ToLookup(f => f.AuthorId, f => f.LeadId);
        Guid[] named = [.. returned.Concat(tooShort).Concat(repeated).SelectMany(g => g).Distinct()];
        var names = await viewer.Leads(db).Where(l => named.Contains(l.Id)).Select(l => new { l.Id, Name = l.CompanyName ?? l.ContactName ?? "" }).ToDictionaryAsync(l => l.Id, l => l.Name, ct);
        IReadOnlyList<Repetition> Each(IEnumerable<Guid> leads) =>
            [.. leads.GroupBy(id => id).Select(g => new Repetition(g.Key, names.GetValueOrDefault(g.Key), g.Count())).OrderByDescending(r => r.Times).ThenBy(r => r.LeadId)];

        return
        [
            .. members.Select(user => new GamingSigns(user, Each(returned[user]), Each(tooShort[user]), Each(repeated[user])))
                .Where(signs => signs.Weight > 0).OrderByDescending(signs => signs.Weight).ThenBy(signs => signs.UserId),
        ];
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
