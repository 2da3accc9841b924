using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>A lead's conversion with what it became.</summary>
/// <param name="Conversion">The conversion.</param>
/// <param name="Opportunity">The opportunity; null where the viewer does not see it, or it is gone.</param>
/// <param name="AccountName">Name of the account; null where it is gone.</param>
/// <param name="UndoUntil">Until when it can be undone; null where it cannot.</param>
public sealed record ReadConversion(LeadConversion Conversion, Opportunity? Opportunity, string? AccountName, DateTimeOffset? UndoUntil);

/// <summary>Reads what leads were converted into.</summary>
public sealed class ReadConversions(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>A lead's conversion that holds; null where there is none, or the viewer does not see the lead.</summary>
    public async Task<ReadConversion?> Of(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!await viewer.Leads(db).AnyAsync(l => l.Id == leadId, ct)
            || await db.Set<LeadConversion>().AsNoTracking().Where(c => c.LeadId == leadId && c.UndoneAt == null).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct) is not { } conversion)
        {
            return null;
        }

        var opportunity = await viewer.Opportunities(db).AsNoTracking().SingleOrDefaultAsync(o => o.Id == conversion.OpportunityId, ct);
        var account = await db.Set<Account>().Where(a => a.Id == conversion.AccountId).Select(a => a.Name).SingleOrDefaultAsync(ct);
        var setting = await settings.Get(ct);
        var touched = conversion.OpportunityMade && opportunity?.Version != conversion.OpportunityVersion;
        var until = ConversionUndo.Refusal(setting.Qualification, conversion.At, undone: false, touched, time.Now) is null ? ConversionUndo.Until(setting.Qualification, conversion.At) : (DateTimeOffset?)null;
        return new ReadConversion(conversion, opportunity, account, until);
    }

    /// <summary>The leads that became an opportunity, the latest first.</summary>
    public async Task<IReadOnlyList<LeadConversion>> Into(Viewer viewer, Guid opportunityId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Opportunities(db).AnyAsync(o => o.Id == opportunityId, ct)
            ? await db.Set<LeadConversion>().AsNoTracking().Where(c => c.OpportunityId == opportunityId && c.UndoneAt == null).OrderByDescending(c => c.Id).Take(50).ToListAsync(ct)
            : [];
    }

    /// <summary>The open opportunities that a lead can be converted into: those of its account that the viewer works on.</summary>
    public async Task<IReadOnlyList<Opportunity>> Open(Viewer viewer, Lead lead, CancellationToken ct = default)
    {
        if (lead.AccountId is not { } account)
        {
            return [];
        }

        await using var db = store.Open();
        return await viewer.Opportunities(db, Permission.EditOpportunities).AsNoTracking().Where(o => o.AccountId == account && o.ClosedAt == null).OrderByDescending(o => o.Id).Take(20).ToListAsync(ct);
    }
}
