using System.Collections.Concurrent;
using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake.Collect;

/// <summary>What a code stands for.</summary>
/// <param name="Id">The link.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Address">The same with UTM parameters and code.</param>
/// <param name="Utm">UTM parameters.</param>
/// <param name="ChannelId">Channel.</param>
/// <param name="Campaign">Campaign.</param>
/// <param name="Content">Content piece.</param>
/// <param name="UserId">The employee who shares it.</param>
/// <param name="Retired">Whether it leads nowhere any more.</param>
public sealed record LinkCard(Guid Id, string Target, string Address, UtmTags Utm, Guid? ChannelId, string? Campaign, string? Content, Guid? UserId, bool Retired);

/// <summary>Looks links up by their codes, and remembers what it found for a few seconds: a page that many read names one link again and again.</summary>
public sealed class LinkBook(Store store, TimeProvider time)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long At, LinkCard? Card)> _known = new(StringComparer.Ordinal);

    /// <summary>The link of a code, retired ones among them; null where there is none.</summary>
    public async ValueTask<LinkCard?> Find(string? typed, CancellationToken ct)
    {
        if (LinkCode.Read(typed) is not { } code)
        {
            return null;
        }

        if (_known.TryGetValue(code, out var known) && time.GetElapsedTime(known.At) < Fresh)
        {
            return known.Card;
        }

        await using var db = store.Open();
        var link = await db.Set<TrackedLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Code == code, ct);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        var card = link is null ? null : new LinkCard(link.Id, link.Target, link.Address, link.Utm, link.ChannelId, link.Campaign, link.Content, link.UserId, link.RetiredAt is not null);
        _known[code] = (time.GetTimestamp(), card);
        return card;
    }
}
