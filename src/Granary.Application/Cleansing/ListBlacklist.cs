using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Cleansing;

/// <summary>An entry as those who maintain the list see it: phones and e-mail addresses masked (§18).</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Text">The value, masked where it is somebody's.</param>
/// <param name="Reason">Why.</param>
/// <param name="AuthorId">Who listed it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">When it ends; null never.</param>
public sealed record ListedEntry(Guid Id, BlacklistKind Kind, string Text, string Reason, Guid AuthorId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>A page of the blacklist.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record BlacklistPage(IReadOnlyList<ListedEntry> Rows, Guid? Next);

/// <summary>Lists the blacklist.</summary>
public sealed class ListBlacklist(Store store, Vault vault, SettingCache settings)
{
    private const int Rows = 50;

    /// <summary>The latest entries first.</summary>
    /// <param name="kind">Only of this kind; null is all.</param>
    /// <param name="after">The last entry of the page before.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<BlacklistPage> Page(BlacklistKind? kind, Guid? after, CancellationToken ct = default)
    {
        var masks = (await settings.Get(ct)).Masking.At(MaskPlace.List);
        await using var db = store.Open();
        var name = kind is { } wanted ? SaveBlacklistEntry.NameOf(wanted) : null;
        var found = await db.Set<BlacklistEntry>().AsNoTracking()
            .Where(e => (name == null || e.Kind == name) && (after == null || e.Id.CompareTo(after.Value) < 0))
            .OrderByDescending(e => e.Id).Take(Rows + 1).ToListAsync(ct);
        return new BlacklistPage([.. found.Take(Rows).Select(entry => Of(entry, masks))], found.Count > Rows ? found[Rows - 1].Id : null);
    }

    private ListedEntry Of(BlacklistEntry entry, ContactMasks masks)
    {
        var kind = Enum.Parse<BlacklistKind>(entry.Kind, ignoreCase: true);
        var value = vault.Open(entry.Value);
        var text = kind switch
        {
            BlacklistKind.Phone => new PhoneNumber(value, null).Masked(masks.Phone),
            BlacklistKind.Email => new EmailAddress(value).Masked(masks.Email),
            _ => value,
        };
        return new ListedEntry(entry.Id, kind, text, entry.Reason, entry.AuthorId, entry.CreatedAt, entry.ExpiresAt);
    }
}
