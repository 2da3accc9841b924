using Granary.Application.Ownership;
using Granary.Application.People;

namespace Granary.Application.Desk;

/// <summary>Claims several leads one after the other (§9): each stands for itself, as if they had been claimed singly.</summary>
public sealed class ClaimPooled(ClaimLead claim)
{
    /// <summary>Most leads at once: more than a page holds and a day allows.</summary>
    public const int Most = 200;

    /// <summary>Claims them. When a cap is reached the rest are not tried: they would be refused for the same reason.</summary>
    /// <returns>A result for each, in the order of the ids.</returns>
    public async Task<IReadOnlyList<LeadResult>> Claim(Viewer viewer, IReadOnlyList<Guid> ids, CancellationToken ct = default)
    {
        List<LeadResult> results = [];
        LeadResult.Refused? full = null;
        foreach (var id in ids)
        {
            LeadResult result = full is null ? await claim.Claim(viewer, id, null, ct) : full;
            full ??= result is LeadResult.Refused { Code: LeadRefusal.ClaimCapReached or LeadRefusal.HoldingCapReached } reached ? reached : null;
            results.Add(result);
        }

        return results;
    }
}
