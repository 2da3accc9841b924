using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>What a notice is about, for whoever puts it into words; never contact data.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Company">The lead's company; null where the lead is not the reader's.</param>
/// <param name="DeadlineAt">By when they have to act.</param>
/// <param name="SubjectId">The lead or import.</param>
/// <param name="Zone">The organisation's time zone.</param>
/// <param name="Language">The language in which the channel was chosen; null is the product's first.</param>
public sealed record NoticeFacts(NoticeKind Kind, string? Company, DateTimeOffset? DeadlineAt, Guid SubjectId, TimeZoneInfo Zone, string? Language = null);

/// <summary>A notice in words.</summary>
/// <param name="Subject">In one line.</param>
/// <param name="Text">In full, with the link.</param>
/// <param name="Url">Where it is looked at; null while the product's address is not configured.</param>
public sealed record NoticeText(string Subject, string Text, string? Url);

/// <summary>Puts a notice into words.</summary>
public delegate NoticeText NoticeWording(NoticeFacts facts);

/// <summary>
/// Brings notices to the channels that people chose, at least once. Several nodes share the work: each takes deliveries for a
/// while, so that those of a node that died are sent by another.
/// </summary>
public sealed class NoticesOutbox(
    Store store, SettingCache settings, Vault vault, MailSender mail, WebhookSender webhooks, NoticeWording wording, TimeProvider time)
{
    private const string Consumer = "notice_delivery";
    private const int Batch = 50, MostCollected = 500;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5), GivenUp = TimeSpan.FromDays(3);

    // Transactions that began earlier may end later, and clocks of nodes differ: the last while is looked at again.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10), Step = TimeSpan.FromMinutes(5);

    private static readonly int[] BackOffMinutes = [1, 5, 15, 60, 180, 360, 720];

    /// <summary>Collects what is new and sends what is due; how much was delivered.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        await Collect(ct);
        var delivered = 0;
        while (await Take(ct) is { Count: > 0 } taken)
        {
            delivered += await Send(taken, ct);
        }

        return delivered;
    }

    private async Task Collect(CancellationToken ct)
    {
        await using (var db = store.Open())
        {
            var position = await db.Set<LogPosition>().Where(p => p.Consumer == Consumer).Select(p => (long?)p.Position).SingleOrDefaultAsync(ct);
            if (position is { } at && time.Now - At(at) < Step && (await Wanted(db, at, 1, ct)).Count == 0)
            {
                return;
            }
        }

        await store.Write(
            async scope =>
            {
                var now = time.Now;
                if (!store.IsSqlite)
                {
                    // One node at a time.
                    await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Consumer}))", ct);
                }

                var position = await scope.Db.Set<LogPosition>().SingleOrDefaultAsync(p => p.Consumer == Consumer, ct);
                if (position is null)
                {
                    // What was told before anybody could choose is not sent.
                    scope.Db.Add(new LogPosition { Consumer = Consumer, Position = now.ToUnixTimeMilliseconds() });
                    await scope.Db.SaveChangesAsync(ct);
                    return;
                }

                var wanted = await Wanted(scope.Db, position.Position, MostCollected, ct);
                await scope.Insert().Add([.. wanted.Select(w => new NoticeDelivery { Id = Clock.NewId(now), UserId = w.UserId, NoticeId = w.NoticeId, Kind = w.Kind, NextAt = now })]).Send(ct);
                if (wanted.Count < MostCollected)
                {
                    position.Position = now.ToUnixTimeMilliseconds();
                    await scope.Db.SaveChangesAsync(ct);
                }
            },
            ct);
    }

    // Notices since a while whose kind somebody wants by a channel, and which are not on their way yet; shaped as deliveries.
    private Task<List<NoticeDelivery>> Wanted(GranaryDb db, long position, int most, CancellationToken ct)
    {
        var since = Floor(At(position) - Overlap);
        const string Query = """
            SELECT n.id, n.user_id, n.id AS notice_id, c.kind, 0 AS attempts, n.at AS next_at, n.seen_at AS delivered_at, '' AS error
            FROM notice_channel c JOIN notice n ON n.user_id = c.user_id
            WHERE n.id > {0} AND ((c.kinds >> n.kind) & 1) = 1
              AND NOT EXISTS (SELECT 1 FROM notice_delivery d WHERE d.user_id = n.user_id AND d.notice_id = n.id AND d.kind = c.kind)
            ORDER BY n.id LIMIT {1}
            """;
        object floor = store.IsSqlite ? since.ToByteArray(true) : since;
        return db.Set<NoticeDelivery>().FromSqlRaw(Query, floor, most).AsNoTracking().ToListAsync(ct);
    }

    private Task<List<NoticeDelivery>> Take(CancellationToken ct) => store.Write(
        async scope =>
        {
            var now = time.Now;
            var taken = await scope.Due<NoticeDelivery>(d => d.NextAt, now, Batch, ct);
            foreach (var delivery in taken)
            {
                (delivery.Attempts, delivery.NextAt) = (delivery.Attempts + 1, now + Lease);
            }

            await scope.Db.SaveChangesAsync(ct);
            return taken;
        },
        ct);

    private async Task<int> Send(List<NoticeDelivery> taken, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var (users, ids) = (taken.Select(d => d.UserId).Distinct().ToArray(), taken.Select(d => d.NoticeId).Distinct().ToArray());
        var notices = await db.Set<Notice>().AsNoTracking().Where(n => users.Contains(n.UserId) && ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, ct);
        var subjects = notices.Values.Select(n => n.SubjectId).Distinct().ToArray();
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => subjects.Contains(l.Id)).Select(l => new { l.Id, l.CompanyName, l.OwnerId, l.TrayUserId }).ToDictionaryAsync(l => l.Id, ct);
        var deadlines = await db.Set<LeadTimer>().Where(t => subjects.Contains(t.LeadId)).ToDictionaryAsync(t => t.LeadId, t => t.DeadlineAt, ct);
        var channels = await db.Set<NoticeChannel>().AsNoTracking().Where(c => users.Contains(c.UserId)).ToDictionaryAsync(c => (c.UserId, c.Kind), ct);
        List<(NoticeDelivery Delivery, string? Error)> results = [];
        foreach (var delivery in taken)
        {
            var person = setting.People.GetValueOrDefault(delivery.UserId);
            if (!notices.TryGetValue(delivery.NoticeId, out var notice) || person is null or { Status: PersonStatus.Departed })
            {
                results.Add((delivery, "gone"));
                continue;
            }

            var lead = leads.GetValueOrDefault(notice.SubjectId);
            var own = lead is not null && (lead.OwnerId == person.Id || lead.TrayUserId == person.Id);
            var channel = channels.GetValueOrDefault((person.Id, delivery.Kind));
            var facts = new NoticeFacts(
                notice.Kind, own ? lead!.CompanyName : null, own ? deadlines.GetValueOrDefault(notice.SubjectId) : null, notice.SubjectId, setting.Calendar.Zone, channel?.Language);
            results.Add((delivery, await Deliver(delivery, notice, facts, person, channel?.Address, ct)));
        }

        await Note(results, notices, ct);
        return results.Count(r => r.Error is null);
    }

    private async Task<string?> Deliver(NoticeDelivery delivery, Notice notice, NoticeFacts facts, Person person, SealedText? address, CancellationToken ct)
    {
        var text = wording(facts);
        return delivery.Kind == NoticeChannelKind.Mail ? await mail.Send(person.Email, text.Subject, text.Text, ct)
            : address is { } known ? await webhooks.Send(vault.Open(known), new WebhookMessage(WireName.Of(notice.Kind), text.Text, facts.Company, facts.DeadlineAt, text.Url, notice.At), ct)
            : "gone";
    }

    private Task Note(List<(NoticeDelivery Delivery, string? Error)> results, Dictionary<Guid, Notice> notices, CancellationToken ct) => store.Write(
        async scope =>
        {
            var now = time.Now;
            foreach (var (delivery, error) in results)
            {
                DateTimeOffset? delivered = error is null ? now : null;
                var next = error is null or "gone" || now - notices[delivery.NoticeId].At > GivenUp ? (DateTimeOffset?)null : now + BackOff(delivery.Attempts);
                await scope.Db.Set<NoticeDelivery>().Where(d => d.Id == delivery.Id && d.Attempts == delivery.Attempts)
                    .ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAt, next).SetProperty(x => x.DeliveredAt, delivered).SetProperty(x => x.Error, error), ct);
            }
        },
        ct);

    private static TimeSpan BackOff(int attempts) => TimeSpan.FromMinutes(BackOffMinutes[Math.Min(attempts, BackOffMinutes.Length) - 1]);

    private static DateTimeOffset At(long position) => DateTimeOffset.FromUnixTimeMilliseconds(position);

    // The lowest id of an instant.
    private static Guid Floor(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Clock.NewId(at).TryWriteBytes(bytes, true, out _);
        bytes[6..].Clear();
        return new Guid(bytes, true);
    }
}
