using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

/// <summary>What the clocks of other rooms would have written.</summary>
internal static class DeskTime
{
    /// <summary>Gives a lead a deadline.</summary>
    public static Task Deadline(this Shop shop, Guid lead, DateTimeOffset at, string rule) => shop.Store.Write(
        async scope =>
        {
            await scope.Db.Set<LeadTimer>().Where(t => t.LeadId == lead).ExecuteDeleteAsync(Shop.Ct);
            scope.Db.Add(new LeadTimer { LeadId = lead, DueAt = at, RuleId = rule, Percent = 100, DeadlineAt = at, DeadlineRule = rule });
            await scope.Db.SaveChangesAsync(Shop.Ct);
        },
        Shop.Ct);

    /// <summary>Brings a lead to where its owner works on it, with a next step or without.</summary>
    public static Task Planned(this Shop shop, Guid lead, LeadStatus status, DateTimeOffset? nextAt) => shop.Store.Write(
        scope => scope.Db.Set<Lead>().Where(l => l.Id == lead).ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, status).SetProperty(x => x.NextAt, nextAt), Shop.Ct),
        Shop.Ct);
}
