using Granary.Application.Integration;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>By what somebody is told besides the bell.</summary>
/// <param name="Mail">Kinds told by mail.</param>
/// <param name="Webhook">Kinds told by webhook.</param>
/// <param name="Host">Host of the webhook; null without one. The address itself is not shown again.</param>
public sealed record ChosenChannels(IReadOnlySet<NoticeKind> Mail, IReadOnlySet<NoticeKind> Webhook, string? Host);

/// <summary>Lets somebody choose by what they are told (§8 Notice).</summary>
public sealed class NoticeChannels(Store store, Vault vault, WebhookSender webhooks)
{
    private const int LongestAddress = 500;

    /// <summary>What somebody chose.</summary>
    public async Task<ChosenChannels> Of(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var chosen = await db.Set<NoticeChannel>().AsNoTracking().Where(c => c.UserId == userId).ToListAsync(ct);
        var webhook = chosen.Find(c => c.Kind == NoticeChannelKind.Webhook);
        return new(
            Kinds(chosen.Find(c => c.Kind == NoticeChannelKind.Mail)?.Kinds ?? 0),
            Kinds(webhook?.Kinds ?? 0),
            webhook?.Address is { } address ? new Uri(vault.Open(address)).Host : null);
    }

    /// <summary>Chooses; errors name the field.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="mail">Kinds told by mail.</param>
    /// <param name="webhook">Kinds told by webhook.</param>
    /// <param name="address">The webhook's address; empty keeps the one there is.</param>
    /// <param name="forget">Whether the address is deleted.</param>
    /// <param name="language">Language of the messages; null is the product's first.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<FieldError>> Choose(
        Guid userId, IReadOnlyCollection<NoticeKind> mail, IReadOnlyCollection<NoticeKind> webhook, string? address, bool forget, string? language = null, CancellationToken ct = default)
    {
        var typed = string.IsNullOrWhiteSpace(address) ? null : address.Trim();
        if ((typed?.Length > LongestAddress ? "address_invalid" : typed is null ? null : webhooks.Refuse(typed)) is { } refusal)
        {
            return [new FieldError("address", refusal)];
        }

        return await store.Write<IReadOnlyList<FieldError>>(
            async scope =>
            {
                var chosen = await scope.Db.Set<NoticeChannel>().Where(c => c.UserId == userId).ToListAsync(ct);
                var kept = chosen.Find(c => c.Kind == NoticeChannelKind.Webhook)?.Address;
                var next = forget ? null : typed is null ? kept : vault.Seal(typed);
                if (webhook.Count > 0 && next is null && !forget)
                {
                    return [new FieldError("address", "address_missing")];
                }

                scope.Db.RemoveRange(chosen);
                await scope.Db.SaveChangesAsync(ct);
                if (mail.Count > 0)
                {
                    scope.Db.Add(new NoticeChannel { UserId = userId, Kind = NoticeChannelKind.Mail, Kinds = Flags(mail), Language = language });
                }

                if (next is { } stored)
                {
                    scope.Db.Add(new NoticeChannel { UserId = userId, Kind = NoticeChannelKind.Webhook, Address = stored, Kinds = Flags(webhook), Language = language });
                }

                await scope.Db.SaveChangesAsync(ct);
                return [];
            },
            ct);
    }

    /// <summary>Sends a message to somebody's own webhook; null when it was taken, else the code of what went wrong.</summary>
    public async Task<string?> Try(Guid userId, WebhookMessage message, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var address = await db.Set<NoticeChannel>().AsNoTracking().Where(c => c.UserId == userId && c.Kind == NoticeChannelKind.Webhook).Select(c => c.Address).SingleOrDefaultAsync(ct);
        return address is { } known ? await webhooks.Send(vault.Open(known), message, ct) : "address_missing";
    }

    private static long Flags(IEnumerable<NoticeKind> kinds) => kinds.Aggregate(0L, (flags, kind) => flags | (1L << (int)kind));

    private static HashSet<NoticeKind> Kinds(long flags) => [.. Enum.GetValues<NoticeKind>().Where(k => (flags & (1L << (int)k)) != 0)];
}
