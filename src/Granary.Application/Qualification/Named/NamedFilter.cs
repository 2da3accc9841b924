using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Qualification;

namespace Granary.Application.Qualification.Named;

/// <summary>Which accounts of a list are shown.</summary>
/// <param name="ListId">The list; null for all lists.</param>
/// <param name="Stage">Their stage.</param>
/// <param name="OwnerId">Their owner.</param>
/// <param name="Industry">Their industry: a path, or a level with all below it.</param>
/// <param name="Q">Part of the company's name.</param>
public sealed record NamedFilter(Guid? ListId = null, NamedAccountStage? Stage = null, Guid? OwnerId = null, string? Industry = null, string? Q = null)
{
    internal IQueryable<NamedAccount> Of(GranaryDb db, Viewer viewer)
    {
        var accounts = viewer.Accounts(db);
        if (OwnerId is { } owner)
        {
            accounts = accounts.Where(a => a.OwnerId == owner);
        }

        if (CleanText.Line(Industry) is { Length: > 0 } industry)
        {
            var below = industry + "/";
            accounts = accounts.Where(a => a.Industry == industry || (a.Industry != null && a.Industry.StartsWith(below)));
        }

        if (CleanText.Line(Q) is { Length: > 0 } q)
        {
            accounts = accounts.Where(a => a.Name.Contains(q));
        }

        var ids = accounts.Select(a => a.Id);
        var named = db.Set<NamedAccount>().Where(n => ids.Contains(n.AccountId));
        named = ListId is { } list ? named.Where(n => n.ListId == list) : named;
        return Stage is { } stage ? named.Where(n => n.Stage == stage) : named;
    }
}
