using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>Tags stored leads of the same company (§5.1 business rule 4).</summary>
internal static class PossibleDuplicates
{
    public static async Task Tag(WriteScope scope, IReadOnlyCollection<Guid> leads, CancellationToken ct)
    {
        if (leads.Count == 0)
        {
            return;
        }

        const int tag = (int)Finding.PossibleDuplicate;
        var ids = leads.Order().ToArray();
        if (!scope.Store.IsSqlite)
        {
            // Two batches that tag the same leads lock them in one order.
            await scope.Db.Database.ExecuteSqlAsync($"SELECT FROM lead WHERE id = ANY({ids}) ORDER BY id FOR UPDATE", ct);
        }

        await scope.Db.Set<Lead>().Where(l => ids.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.Findings, x => x.Findings | tag), ct);
    }
}
