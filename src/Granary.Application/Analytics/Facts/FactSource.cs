using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Says what is the case with leads, from the tables: a fixed number of questions for as many leads as one likes. Of judgements those count that
/// the next stage has not sent back; an opportunity counts at the lead with which it began.
/// </summary>
internal static class FactSource
{
    /// <summary>The facts of those of the leads that count: neither voided nor merged into another.</summary>
    public static async Task<List<LeadFact>> Of(GranaryDb db, WorkingCalendar calendar, FactInput input, CancellationToken ct)
    {
        var ids = input.Worked;
        // What began with a lead that was merged since is the survivor's.
        var merged = (await input.Known(db.Set<Lead>().Where(l => l.MergedIntoId != null && ids.Contains(l.MergedIntoId.Value)).Select(l => new { l.Id, Into = l.MergedIntoId!.Value }), ct))
            .ToDictionary(l => l.Id, l => l.Into);
        Guid?[] all = [.. ids, .. merged.Keys];
        var judged = (await input.Known(db.Set<LeadQualification>().Where(q => ids.Contains(q.LeadId) && q.Acceptance != Acceptance.Rejected).Select(q => new { q.LeadId, q.Stage, q.At }), ct))
            .ToLookup(q => q.LeadId);
        var opportunities = await input.Known(db.Set<Opportunity>().AsNoTracking().Where(o => all.Contains(o.LeadId)), ct);
        Guid[] deals = [.. opportunities.Select(o => o.Id)];
        var contracts = deals.Length == 0 ? [] : await db.Set<OpportunityContract>().AsNoTracking().Where(c => deals.Contains(c.OpportunityId)).ToDictionaryAsync(c => c.OpportunityId, ct);
        var received = (deals.Length == 0 ? [] : await db.Set<OpportunityPayment>().AsNoTracking().Where(p => deals.Contains(p.OpportunityId)).ToListAsync(ct)).ToLookup(p => p.OpportunityId);
        var begun = opportunities.ToLookup(o => merged.GetValueOrDefault(o.LeadId!.Value, o.LeadId!.Value));
        return [.. input.Leads.Where(l => l is { MergedIntoId: null, Status: not LeadStatus.Voided }).Select(lead =>
        {
            var periods = input.HeldOf(lead.Id);
            var made = begun[lead.Id].OrderBy(o => o.CreatedAt).ThenBy(o => o.Id).ToList();
            var won = made.FindAll(Won);
            var paid = made.SelectMany(o => received[o.Id].Where(p => p.Currency == o.Currency)).ToList();
            // What the product itself knows goes before what was brought along.
            var told = lead.History is null ? null : Json.Read<LeadHistory>(lead.History);
            var brought = made.Count == 0 ? told : null;
            DateOnly? Day(DateTimeOffset? at) => at is { } known ? calendar.DateOf(known) : null;
            var days = FunnelSteps.Taken(
                calendar.DateOf(lead.ReceivedAt),
                Day(judged[lead.Id].Min(q => (DateTimeOffset?)q.At) ?? told?.MqlAt),
                Day(judged[lead.Id].Where(q => q.Stage == QualificationStage.Sql).Min(q => (DateTimeOffset?)q.At) ?? told?.SqlAt),
                Day(made.Min(o => (DateTimeOffset?)o.CreatedAt) ?? brought?.OpportunityAt),
                Day(won.Min(o => o.ClosedAt) ?? brought?.WonAt),
                paid.Where(p => p.Kind == PaymentKind.Received).Min(p => (DateOnly?)p.PaidOn) ?? Day(brought?.PaidAt));
            List<PaidOnDay> payments = brought is { PaidAt: not null, PaidAmount: { } sum } ? [new(days[5]!.Value, sum)]
                : [.. paid.GroupBy(p => p.PaidOn).OrderBy(g => g.Key).Select(g => new PaidOnDay(g.Key < days[0] ? days[0]!.Value : g.Key, g.Sum(Signed)))];
            DateOnly? assigned = periods.Count == 0 ? null : calendar.DateOf(periods[0].From), followed = Day(periods.Min(o => o.FirstFollowUpAt));
            return new LeadFact
            {
                LeadId = lead.Id,
                OwnerId = lead.CountsFor,
                FirstOwnerId = periods.Count == 0 ? null : periods[0].OwnerId,
                Acquired = periods.Count == 0 ? null : (int)periods[^1].Acquired,
                ChannelId = lead.ChannelId,
                Campaign = lead.Campaign,
                Keyword = lead.Keyword,
                Content = lead.Content,
                Industry = lead.Industry,
                Region = lead.Region,
                Products = [.. lead.Products],
                Status = (int)lead.Status,
                InvalidReason = lead.InvalidReason,
                ReceivedOn = days[0]!.Value,
                RecordedOn = calendar.DateOf(lead.RecordedAt),
                AssignedOn = assigned,
                FollowedOn = followed,
                MqlOn = days[1],
                SqlOn = days[2],
                OpportunityOn = days[3],
                WonOn = days[4],
                PaidOn = days[5],
                LastOn = days.Append(assigned).Append(followed).Append(payments.Max(p => (DateOnly?)p.On)).Max()!.Value,
                OpportunityId = made.Count == 0 ? null : made[0].Id,
                Amount = brought?.Amount ?? made.Sum(o => o.Amount),
                WonAmount = brought is null ? won.Sum(o => contracts.TryGetValue(o.Id, out var contract) && contract.Currency == o.Currency ? contract.Amount : o.Amount)
                    : brought.WonAt is null ? 0 : brought.Amount ?? 0,
                PaidAmount = payments.Sum(p => p.Amount),
                Payments = payments.Count == 0 ? "[]" : Json.Write(payments),
            };
        })];
    }

    /// <summary>Whether an opportunity is won.</summary>
    internal static bool Won(Opportunity o) => o is { ClosedAt: not null, Inquiry: InquiryGrade.S };

    private static decimal Signed(OpportunityPayment payment) => payment.Kind == PaymentKind.Refund ? -payment.Amount : payment.Amount;
}
