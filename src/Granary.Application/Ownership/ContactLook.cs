using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Ownership;

/// <summary>That somebody looked at the contact data of a lead on a day of the organisation; what a daily limit counts (§18).</summary>
public sealed class ContactLook
{
    /// <summary>Who.</summary>
    public Guid UserId { get; set; }

    /// <summary>On which day.</summary>
    public DateOnly Day { get; set; }

    /// <summary>At which lead.</summary>
    public Guid LeadId { get; set; }
}

/// <summary>Counting looks.</summary>
internal static class ContactLooks
{
    // What a limit no longer counts is told by the event log.
    private const int KeptDays = 7;

    /// <summary>Where somebody stands today.</summary>
    public static async Task<RevealQuota> Quota(GranaryDb db, Setting setting, Viewer viewer, DateTimeOffset now, CancellationToken ct)
    {
        var today = setting.Calendar.DateOf(now);
        var limit = viewer.Scope(Permission.RevealContacts).HasFlag(DataScope.All) ? null : setting.Masking.DailyLimit(setting.People.GetValueOrDefault(viewer.UserId)?.Roles ?? []);
        var used = limit is null ? 0 : await db.Set<ContactLook>().CountAsync(l => l.UserId == viewer.UserId && l.Day == today, ct);
        return new RevealQuota(limit, used, setting.Calendar.StartOf(today.AddDays(1)));
    }

    /// <summary>Counts a look, and says where they stood before; null when they looked at this lead today already.</summary>
    public static async Task<RevealQuota?> Count(LeadWork work, Viewer viewer, Guid leadId, CancellationToken ct)
    {
        var (db, today) = (work.Scope.Db, work.Setting.Calendar.DateOf(work.Now));
        // Their own row is the lock: two looks at once count one after the other.
        await work.Board([viewer.UserId], ct);
        if (await db.Set<ContactLook>().AnyAsync(l => l.UserId == viewer.UserId && l.Day == today && l.LeadId == leadId, ct))
        {
            return null;
        }

        var before = await Quota(db, work.Setting, viewer, work.Now, ct);
        if (before is { Limit: not null, Left: not 0 })
        {
            if (before.Used == 0)
            {
                var old = today.AddDays(-KeptDays);
                await db.Set<ContactLook>().Where(l => l.UserId == viewer.UserId && l.Day < old).ExecuteDeleteAsync(ct);
            }

            db.Add(new ContactLook { UserId = viewer.UserId, Day = today, LeadId = leadId });
        }

        return before;
    }
}

internal sealed class ContactLookTable : IEntityTypeConfiguration<ContactLook>
{
    public void Configure(EntityTypeBuilder<ContactLook> table)
    {
        table.ToTable("ContactLook");
        table.HasKey(l => new { l.UserId, l.Day, l.LeadId });
    }
}
