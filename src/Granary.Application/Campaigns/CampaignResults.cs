using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What has come of a campaign by an instant.</summary>
/// <param name="Leads">Leads.</param>
/// <param name="MqlLeads">Those that were MQL by then.</param>
/// <param name="SqlLeads">Those that were SQL by then.</param>
/// <param name="Opportunities">Opportunities they had become.</param>
/// <param name="OpportunityAmount">Their amount, as it is now.</param>
/// <param name="Won">Those that were won.</param>
/// <param name="WonAmount">Their amount.</param>
/// <param name="Payments">Payments received, less refunds.</param>
/// <param name="Planned">Planned costs.</param>
/// <param name="Cost">Real costs.</param>
public sealed record CampaignOutcome(int Leads, int MqlLeads, int SqlLeads, int Opportunities, decimal OpportunityAmount, int Won, decimal WonAmount, decimal Payments, decimal Planned, decimal Cost)
{
    /// <summary>Order amount ÷ cost (§15.2).</summary>
    public decimal? Return => CampaignFigures.Return(WonAmount, Cost);

    /// <summary>(Payments − cost) ÷ cost (§15.2).</summary>
    public decimal? NetReturn => CampaignFigures.NetReturn(Payments, Cost);
}

/// <summary>Counts what has come of campaigns, and makes their tracking reports (§14).</summary>
public sealed class CampaignResults(Store store, SettingCache settings, TimeProvider time)
{
    private const string Name = "campaign_reports";
    private const int Batch = 100;

    /// <summary>What has come of a campaign by now.</summary>
    public async Task<CampaignOutcome> Now(Campaign campaign, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        return await Of(db, setting, campaign, null, ct);
    }

    /// <summary>The tracking reports of a campaign, in order.</summary>
    public async Task<IReadOnlyList<CampaignReport>> Reports(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var reach = viewer.Campaigns(db).Where(c => c.Id == campaignId).Select(c => c.Id);
        return await db.Set<CampaignReport>().AsNoTracking().Where(r => reach.Contains(r.CampaignId)).OrderBy(r => r.OnDay).ToListAsync(ct);
    }

    /// <summary>Makes the reports whose day is over, each once; those of a time in which the product stood still are made from what is known of then.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write(
            async scope =>
            {
                var db = scope.Db;
                if (!store.IsSqlite)
                {
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Name}))", ct);
                }

                var (now, made) = (time.Now, 0);
                var today = setting.Calendar.DateOf(now);
                foreach (var campaign in await db.Set<Campaign>().Where(c => c.ReportOn != null && c.ReportOn < today).OrderBy(c => c.ReportOn).Take(Batch).ToListAsync(ct))
                {
                    var due = TrackingReports.Of(campaign.EndsOn!.Value).Where(d => d.On >= campaign.ReportOn && d.On < today).ToList();
                    var there = await db.Set<CampaignReport>().Where(r => r.CampaignId == campaign.Id).Select(r => r.OnDay).ToListAsync(ct);
                    foreach (var date in due.Where(d => !there.Contains(d.On)))
                    {
                        db.Add(Row(campaign, date, await Of(db, setting, campaign, date.On, ct), now));
                        db.Add(AccountEvent.Of(campaign.Id, CampaignEvent.Reported, now, null, new { on = date.On, date.Points }));
                        made++;
                    }

                    if (due.Count > 0 && setting.CanOwn(campaign.OwnerId))
                    {
                        db.Add(new Notice { Id = time.NewId(), UserId = campaign.OwnerId, Kind = NoticeKind.CampaignReportMade, SubjectId = campaign.Id, At = now });
                    }

                    (campaign.ReportOn, campaign.Version) = (TrackingReports.NextAfter(campaign.EndsOn.Value, today.AddDays(-1)), campaign.Version + 1);
                }

                await db.SaveChangesAsync(ct);
                return made;
            },
            ct);
    }

    private static CampaignReport Row(Campaign campaign, TrackingDate date, CampaignOutcome o, DateTimeOffset now) => new()
    {
        CampaignId = campaign.Id,
        OnDay = date.On,
        Points = date.Points,
        Leads = o.Leads,
        MqlLeads = o.MqlLeads,
        SqlLeads = o.SqlLeads,
        Opportunities = o.Opportunities,
        OpportunityAmount = o.OpportunityAmount,
        Won = o.Won,
        WonAmount = o.WonAmount,
        Payments = o.Payments,
        Cost = o.Cost,
        MadeAt = now,
    };

    private static async Task<CampaignOutcome> Of(GranaryDb db, Setting setting, Campaign campaign, DateOnly? until, CancellationToken ct)
    {
        // The day counts whole, in organisation time.
        var before = until is { } day ? setting.Calendar.StartOf(day.AddDays(1)) : DateTimeOffset.MaxValue;
        var all = db.Set<Lead>().Where(l => l.Campaign == campaign.Code && l.MergedIntoId == null);
        var leads = until is null ? all : all.Where(l => l.ReceivedAt < before);
        var judged = db.Set<LeadQualification>().Where(q => leads.Any(l => l.Id == q.LeadId));
        judged = until is null ? judged : judged.Where(q => q.At < before);
        var stages = await judged.GroupBy(q => q.LeadId).Select(g => new { g.Key, Stage = g.Max(q => q.Stage) }).ToListAsync(ct);
        var conversions = db.Set<LeadConversion>().Where(c => c.UndoneAt == null && leads.Any(l => l.Id == c.LeadId));
        conversions = until is null ? conversions : conversions.Where(c => c.At < before);
        var converted = await conversions.Select(c => new { c.LeadId, c.OpportunityId }).ToListAsync(ct);
        var ids = converted.Select(c => c.OpportunityId).Distinct().ToList();
        // As in the funnel: whoever became an opportunity took the steps before it.
        int Reached(QualificationStage stage) => stages.Where(s => s.Stage >= stage).Select(s => s.Key).Concat(converted.Select(c => c.LeadId)).Distinct().Count();
        var deals = await db.Set<Opportunity>().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Line, o.Stage, o.ClosedAt, o.Amount }).ToListAsync(ct);
        var won = deals.FindAll(d => d.ClosedAt is { } at && (until is null || at < before) && setting.Opportunities.Line(d.Line)?.Stage(d.Stage)?.Kind == StageKind.Won);
        var payments = await db.Set<OpportunityPayment>().Where(p => ids.Contains(p.OpportunityId)).Select(p => new { p.Kind, p.Amount, p.PaidOn }).ToListAsync(ct);
        var costs = await db.Set<CampaignCost>().Where(c => c.CampaignId == campaign.Id).Select(c => new { c.Planned, c.Actual, c.OnDay }).ToListAsync(ct);
        return new CampaignOutcome(
            await leads.CountAsync(ct), Reached(QualificationStage.Mql), Reached(QualificationStage.Sql),
            deals.Count, deals.Sum(d => d.Amount), won.Count, won.Sum(d => d.Amount),
            payments.Where(p => until is null || p.PaidOn <= until).Sum(p => p.Kind == PaymentKind.Refund ? -p.Amount : p.Amount),
            costs.Sum(c => c.Planned), costs.Where(c => until is null || c.OnDay is null || c.OnDay <= until).Sum(c => c.Actual ?? 0));
    }
}
