using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>Changes what privacy says of a lead, for those who manage it.</summary>
internal static class LeadMark
{
    /// <summary>Changes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="viewer">Who.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="change">The change: why it is refused, or null.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<PrivacyResult<Lead>> Change(
        Store store, Viewer viewer, Guid leadId, string? reason, Func<WriteScope, Lead, string, Task<string?>> change, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > SaveConsent.LongestWords)
        {
            return new PrivacyResult<Lead>.Invalid([string.IsNullOrWhiteSpace(reason) ? new FieldError("reason", "required") : new FieldError("reason", "too_long", $"{SaveConsent.LongestWords}")]);
        }

        return await store.Write<PrivacyResult<Lead>>(
            async scope =>
            {
                if (await viewer.LeadsOfPrivacy(scope.Db).SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
                {
                    return new PrivacyResult<Lead>.NotFound();
                }

                if (!await viewer.Leads(scope.Db, Permission.ManagePrivacy).AnyAsync(l => l.Id == leadId, ct))
                {
                    return new PrivacyResult<Lead>.Forbidden();
                }

                if ((lead.AnonymisedAt is null ? await change(scope, lead, reason.Trim()) : PrivacyRefusal.Anonymised) is { } code)
                {
                    return new PrivacyResult<Lead>.Refused(code);
                }

                await scope.Db.SaveChangesAsync(ct);
                return new PrivacyResult<Lead>.Done(lead);
            },
            ct);
    }
}
