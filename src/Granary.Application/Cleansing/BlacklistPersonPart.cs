using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Cleansing;

/// <summary>
/// Entries of the blacklist that are a person's contact point. They are shown and copied like everything else, and kept on erasure:
/// they guard against abuse, which is a ground of its own, and end by their date or by hand.
/// </summary>
public sealed class BlacklistPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "blacklist_entry";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var entries = work.Keys.Length == 0 ? [] : await work.Db.Set<BlacklistEntry>().AsNoTracking().ToListAsync(ct);
        return [.. entries.Where(e => work.Means(work.Vault.Open(e.Value))).Select(e => Row(("kind", e.Kind), ("value", work.Vault.Open(e.Value)), ("reason", e.Reason), ("createdAt", e.CreatedAt), ("expiresAt", e.ExpiresAt)))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => Task.FromResult(0);
}
