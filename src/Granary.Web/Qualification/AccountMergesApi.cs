using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Settings;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>Merging accounts, and undoing it (§5.3).</summary>
public static class AccountMergesApi
{
    internal static void MapAccountMerges(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/api/v1/accounts/{id:guid}").WithTags("Accounts").Require(Permission.ManageAccounts).Idempotent();
        account.MapGet("/merge", Preview).Produces<MergePreviewView>();
        account.MapPost("/merge", Merge).Produces<MergeView>(StatusCodes.Status201Created);
        account.MapGet("/merges", List).Produces<IReadOnlyList<MergeView>>();
        account.MapPost("/merges/{merge:guid}/undo", Undo).Produces<MergeView>(StatusCodes.Status201Created);
    }

    /// <summary>Shows two accounts beside each other before they are merged.</summary>
    /// <param name="id">The account that stays.</param>
    /// <param name="with">The account that goes.</param>
    /// <param name="read">The merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Preview(Guid id, Guid? with, ReadMerges read, Viewer viewer, CancellationToken ct) =>
        with is { } other && await read.Accounts(viewer, id, other, ct) is { } found
            ? TypedResults.Ok(new MergePreviewView(found.Survivor.Version, found.Merged.Version, [.. found.Fields.Select(MergeFieldView.Of)]))
            : Problem.NotFound();

    /// <summary>Merges another account into this one. Contacts, leads and what belongs to it go over; the other account leads here from then on.</summary>
    /// <param name="id">The account that stays.</param>
    /// <param name="body">The other one, and what is kept.</param>
    /// <param name="merge">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Merge(Guid id, MergeBody body, MergeAccounts merge, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (body.With is not { } with)
        {
            return Problem.Invalid([new FieldError("with", "required")]);
        }

        return Answer(id, await merge.Merge(viewer, id, new MergeInput(with, body.Choose ?? new Dictionary<string, MergeSide>(), body.WithVersion), AccountAnswers.Seen(http), ct), setting, http);
    }

    /// <summary>Lists what was merged into an account, the latest first.</summary>
    /// <param name="id">The account.</param>
    /// <param name="read">The merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, ReadMerges read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.OfAccount(viewer, id, ct) is { } merges ? TypedResults.Ok<IReadOnlyList<MergeView>>([.. merges.Select(m => MergeView.Of(m, setting))]) : Problem.NotFound();

    /// <summary>Undoes a merge within the days of the policy (merge_undone, merge_undo_over). What somebody changed since stays as it is.</summary>
    /// <param name="id">The account that stayed.</param>
    /// <param name="merge">The merge.</param>
    /// <param name="accounts">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Undo(Guid id, Guid merge, MergeAccounts accounts, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(id, await accounts.Undo(viewer, id, merge, ct), setting, http);

    private static IResult Answer(Guid id, AccountResult<RecordMerge> result, Setting setting, HttpContext http) =>
        result is AccountResult<RecordMerge>.Done(var merge) ? TypedResults.Created($"/api/v1/accounts/{id}/merges", MergeView.Of(merge, setting)) : result.Problem(http)!;
}
