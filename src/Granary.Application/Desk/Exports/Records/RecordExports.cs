using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification.Named;
using Granary.Application.Review;
using Granary.Domain.People;

namespace Granary.Application.Desk.Exports.Records;

/// <summary>Opportunities.</summary>
public sealed class OpportunitiesExport(ListOpportunities list, RecordWordings<ListedOpportunity> wordings, RecordQueries<OpportunityFilter> queries)
    : RecordExport<ListedOpportunity, OpportunityFilter>(wordings, queries)
{
    /// <inheritdoc />
    public override ExportKind Kind => ExportKind.Opportunities;

    /// <inheritdoc />
    public override Permission Permission => Permission.ViewOpportunities;

    /// <inheritdoc />
    protected override async Task<(IReadOnlyList<ListedOpportunity> Items, Guid? Next)> Read(Viewer viewer, OpportunityFilter filter, Guid? after, CancellationToken ct)
    {
        var page = await list.Page(viewer, filter, after, PageSize, Permission.ExportLeads, ct);
        return ([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Opportunity.Id : null);
    }

    /// <inheritdoc />
    protected override Guid? OwnerOf(ListedOpportunity item) => item.Opportunity.OwnerId;
}

/// <summary>The register of reviews; it names the contacts of leads.</summary>
public sealed class ReviewsExport(ListReviews list, RecordWordings<ListedReview> wordings, RecordQueries<ReviewFilter> queries) : RecordExport<ListedReview, ReviewFilter>(wordings, queries)
{
    /// <inheritdoc />
    public override ExportKind Kind => ExportKind.Reviews;

    /// <inheritdoc />
    public override Permission Permission => Permission.ViewLeads;

    /// <inheritdoc />
    protected override async Task<(IReadOnlyList<ListedReview> Items, Guid? Next)> Read(Viewer viewer, ReviewFilter filter, Guid? after, CancellationToken ct)
    {
        var page = await list.Page(viewer, filter, after, PageSize, Permission.ExportLeads, ct);
        return ([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Review.Id : null);
    }

    /// <inheritdoc />
    protected override Guid? OwnerOf(ListedReview item) => item.Lead.OwnerId;

    /// <inheritdoc />
    protected override Guid? LeadOf(ListedReview item) => item.Lead.Id;
}

/// <summary>The accounts of a list of named accounts.</summary>
public sealed class NamedExport(ReadNamed read, RecordWordings<ListedNamedAccount> wordings, RecordQueries<NamedFilter> queries) : RecordExport<ListedNamedAccount, NamedFilter>(wordings, queries)
{
    /// <inheritdoc />
    public override ExportKind Kind => ExportKind.NamedAccounts;

    /// <inheritdoc />
    public override Permission Permission => Permission.ManageAccounts;

    /// <inheritdoc />
    protected override async Task<(IReadOnlyList<ListedNamedAccount> Items, Guid? Next)> Read(Viewer viewer, NamedFilter filter, Guid? after, CancellationToken ct) =>
        await read.Accounts(viewer, filter, after, PageSize, ct);

    /// <inheritdoc />
    protected override Guid? OwnerOf(ListedNamedAccount item) => item.Account.OwnerId;
}
