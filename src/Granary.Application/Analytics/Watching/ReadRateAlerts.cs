using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Watching;

/// <summary>Reads what the watch has found. It looks at all leads, so only who reads the reports of everybody sees it.</summary>
public sealed class ReadRateAlerts(Store store)
{
    /// <summary>Most at once.</summary>
    public const int Most = 30;

    /// <summary>The latest; null for whose reports do not reach everybody.</summary>
    public async Task<IReadOnlyList<RateAlert>?> Latest(Viewer viewer, CancellationToken ct = default)
    {
        if (!viewer.Scope(Permission.ViewReports).HasFlag(DataScope.All))
        {
            return null;
        }

        await using var db = store.Open();
        return await db.Set<RateAlert>().AsNoTracking().OrderByDescending(a => a.FromOn).ThenBy(a => a.Span).ThenBy(a => a.Step).Take(Most).ToListAsync(ct);
    }
}
