using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Scheduled;

/// <summary>A report in words.</summary>
/// <param name="Subject">In one line.</param>
/// <param name="Text">In full: figures, tables, the address.</param>
/// <param name="Brief">Figures and the address, for chat robots.</param>
/// <param name="Html">In full as a page for mail programs.</param>
/// <param name="Url">Where it is looked at; null while the product's address is not configured.</param>
public sealed record ReportText(string Subject, string Text, string Brief, string? Html, string? Url);

/// <summary>Puts a saved report into words for one reader, with what they may see; null when they may not read it.</summary>
/// <param name="viewer">The reader.</param>
/// <param name="report">The saved report.</param>
/// <param name="language">The language; null is the product's first.</param>
/// <param name="dueAt">The time it was due, at which relative periods are understood.</param>
/// <param name="ct">Cancellation.</param>
public delegate Task<ReportText?> ReportWriting(Viewer viewer, SavedReport report, string? language, DateTimeOffset dueAt, CancellationToken ct);

/// <summary>
/// Sends scheduled reports when they are due (§15). What is due is noted once, under the lock of the schedule's row, whichever node comes first;
/// times that passed while nothing ran become one. Nodes share the sending by leases, at least once; what cannot be sent is tried again for a day,
/// then given up and told to whoever set it up.
/// </summary>
public sealed class SendReports(
    Store store, SettingCache settings, Vault vault, MailSender mail, WebhookSender webhooks, ReportWriting writing, TimeProvider time)
{
    private const int Batch = 20;

    // With the times between them, about a day.
    private const int MostAttempts = 12;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly int[] BackOffMinutes = [1, 5, 15, 60, 180];

    /// <summary>Notes what is due and sends it; how much was delivered.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        while (await AnyDue(ct) && await Note(ct) > 0)
        {
        }

        var delivered = 0;
        while (await Take(ct) is { Count: > 0 } taken)
        {
            foreach (var delivery in taken)
            {
                delivered += await Send(delivery, ct) ? 1 : 0;
            }
        }

        return delivered;
    }

    private async Task<bool> AnyDue(CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.AnyDue<ReportSchedule>(s => s.NextAt, time.Now, ct);
    }

    private async Task<int> Note(CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                var (now, db) = (time.Now, scope.Db);
                var due = await scope.Due<ReportSchedule>(s => s.NextAt, now, Batch, ct);
                var ids = due.ConvertAll(s => s.Id);
                var recipients = (await db.Set<ReportRecipient>().AsNoTracking().Where(r => ids.Contains(r.ScheduleId)).ToListAsync(ct)).ToLookup(r => r.ScheduleId, r => r.UserId);
                foreach (var schedule in due)
                {
                    var at = schedule.NextAt!.Value;
                    db.AddRange(recipients[schedule.Id].Select(r => new ReportDelivery { Id = time.NewId(), ScheduleId = schedule.Id, UserId = r, DueAt = at, NextAt = now }));
                    (schedule.LastAt, schedule.NextAt) = (at, schedule.Open ? Json.Read<ReactivationSchedule>(schedule.Plan).Next(now, setting.Calendar) : null);
                }

                await db.SaveChangesAsync(ct);
                return due.Count;
            },
            ct);
    }

    private Task<List<ReportDelivery>> Take(CancellationToken ct) => store.Write(
        async scope =>
        {
            var now = time.Now;
            var taken = await scope.Due<ReportDelivery>(d => d.NextAt, now, Batch, ct);
            // Whoever dies with it leaves it to another after the lease.
            taken.ForEach(d => (d.Attempts, d.NextAt) = (d.Attempts + 1, now + Lease));
            await scope.Db.SaveChangesAsync(ct);
            return taken;
        },
        ct);

    private async Task<bool> Send(ReportDelivery delivery, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var (schedule, report, address) = await Read(delivery, ct);
        if (schedule is null || report is null)
        {
            return false;
        }

        var error = setting.People.GetValueOrDefault(delivery.UserId) is { } person && setting.ViewerOf(delivery.UserId) is { } viewer && viewer.May(Permission.ViewReports) && !setting.Owes(viewer.UserId)
            ? await Send(delivery, schedule, report, address, person, viewer, ct)
            : "may_not_read";
        await Note(delivery, schedule, error, ct);
        return error is null;
    }

    private async Task<(ReportSchedule? Schedule, SavedReport? Report, SealedText? Address)> Read(ReportDelivery delivery, CancellationToken ct)
    {
        await using var db = store.Open();
        var schedule = await db.Set<ReportSchedule>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == delivery.ScheduleId, ct);
        var report = schedule is null ? null : await db.Set<SavedReport>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == schedule.ReportId, ct);
        var address = await db.Set<NoticeChannel>().AsNoTracking().Where(c => c.UserId == delivery.UserId && c.Kind == NoticeChannelKind.Webhook).Select(c => c.Address).SingleOrDefaultAsync(ct);
        return (schedule, report, address);
    }

    private async Task<string?> Send(ReportDelivery delivery, ReportSchedule schedule, SavedReport report, SealedText? address, Person person, Viewer viewer, CancellationToken ct)
    {
        if (schedule.Channel == NoticeChannelKind.Webhook && address is null)
        {
            return "address_missing";
        }

        if (report.UserId != schedule.OwnerId && !report.Shared)
        {
            return "gone";
        }

        if (await writing(viewer, report, schedule.Language, delivery.DueAt, ct) is not { } text)
        {
            return "may_not_read";
        }

        return schedule.Channel == NoticeChannelKind.Mail
            ? await mail.Send(person.Email, text.Subject, text.Text, text.Html, ct)
            : await webhooks.Send(vault.Open(address!.Value), new WebhookMessage("report", text.Brief, null, null, text.Url, delivery.DueAt), ct);
    }

    private Task Note(ReportDelivery delivery, ReportSchedule schedule, string? error, CancellationToken ct) => store.Write(
        async scope =>
        {
            var now = time.Now;
            var ends = error is null or "may_not_read" or "gone" || delivery.Attempts >= MostAttempts;
            DateTimeOffset? next = ends ? null : now + TimeSpan.FromMinutes(BackOffMinutes[Math.Min(delivery.Attempts, BackOffMinutes.Length) - 1]);
            DateTimeOffset? delivered = error is null ? now : null;
            var mine = await scope.Db.Set<ReportDelivery>().Where(d => d.Id == delivery.Id && d.Attempts == delivery.Attempts)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.NextAt, next).SetProperty(x => x.DeliveredAt, delivered).SetProperty(x => x.Error, error), ct);
            if (mine > 0 && ends && error is not null && !await scope.Db.Set<Notice>().AnyAsync(n => n.UserId == schedule.OwnerId && n.SeenAt == null && n.Kind == NoticeKind.ReportUnsent && n.SubjectId == schedule.Id, ct))
            {
                scope.Db.Add(new Notice { Id = time.NewId(), UserId = schedule.OwnerId, Kind = NoticeKind.ReportUnsent, SubjectId = schedule.Id, At = now });
                await scope.Db.SaveChangesAsync(ct);
            }
        },
        ct);
}
