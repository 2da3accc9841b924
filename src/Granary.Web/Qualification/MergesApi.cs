using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification.Merging;
using Granary.Application.Settings;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A merge.</summary>
/// <param name="With">The record that goes.</param>
/// <param name="Choose">Whose value is kept, by field: survivor, merged, or both where a field holds several; what is not named is as proposed.</param>
/// <param name="WithVersion">The version of the record that goes, as it was seen.</param>
public sealed record MergeBody(Guid? With = null, IReadOnlyDictionary<string, MergeSide>? Choose = null, int? WithVersion = null);

/// <summary>A field of two records beside each other.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Survivor">Value in the record that stays.</param>
/// <param name="Merged">Value in the record that goes.</param>
/// <param name="Several">Whether both can be kept.</param>
/// <param name="Differs">Whether somebody has to choose.</param>
/// <param name="Proposed">What is kept when nothing is chosen.</param>
public sealed record MergeFieldView(string Name, string? Survivor, string? Merged, bool Several, bool Differs, MergeSide Proposed)
{
    internal static MergeFieldView Of(MergeField f) => new(f.Name, f.Survivor, f.Merged, f.Several, f.Differs, f.Proposed);
}

/// <summary>Two records before they are merged.</summary>
/// <param name="SurvivorVersion">Version of the record that stays.</param>
/// <param name="MergedVersion">Version of the record that goes.</param>
/// <param name="Fields">Their fields.</param>
public sealed record MergePreviewView(int SurvivorVersion, int MergedVersion, IReadOnlyList<MergeFieldView> Fields);

/// <summary>A merge that was done.</summary>
/// <param name="Id">Id.</param>
/// <param name="SurvivorId">The record that stayed.</param>
/// <param name="MergedId">The record that went.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="UndoUntil">Until when it can be undone; null when it cannot be any more.</param>
/// <param name="UndoneAt">When it was undone.</param>
/// <param name="UndoneBy">Who undid it.</param>
public sealed record MergeView(Guid Id, Guid SurvivorId, Guid MergedId, DateTimeOffset At, OwnerAnswer? By, DateTimeOffset? UndoUntil, DateTimeOffset? UndoneAt, OwnerAnswer? UndoneBy)
{
    internal static MergeView Of(RecordMerge m, Setting setting) => new(
        m.Id, m.SurvivorId, m.MergedId, m.At, OwnerAnswer.Of(m.ActorId, setting),
        m.UndoneAt is null && m.Body is not null ? m.At.AddDays(setting.Qualification.MergeUndoDays) : null, m.UndoneAt, OwnerAnswer.Of(m.UndoneBy, setting));
}

/// <summary>Merging leads, and undoing it (§5.3).</summary>
public static class MergesApi
{
    internal static void MapMerges(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Idempotent();
        lead.MapGet("/merge", Preview).Require(Permission.EditLeads).Produces<MergePreviewView>();
        lead.MapPost("/merge", Merge).Require(Permission.EditLeads).Produces<MergeView>(StatusCodes.Status201Created);
        lead.MapGet("/merges", List).Require(Permission.ViewLeads).Produces<IReadOnlyList<MergeView>>();
        lead.MapPost("/merges/{merge:guid}/undo", Undo).Require(Permission.EditLeads).Produces<MergeView>(StatusCodes.Status201Created);
    }

    /// <summary>Shows two leads beside each other before they are merged.</summary>
    /// <param name="id">The lead that stays.</param>
    /// <param name="with">The lead that goes.</param>
    /// <param name="read">The merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Preview(Guid id, Guid? with, ReadMerges read, Viewer viewer, CancellationToken ct) =>
        await read.EditsLead(viewer, id, ct) is false ? Problem.Forbidden()
        : with is { } other && await read.Leads(viewer, id, other, ct) is { } found
            ? TypedResults.Ok(new MergePreviewView(found.Survivor.Version, found.Merged.Version, [.. found.Fields.Select(MergeFieldView.Of)]))
            : Problem.NotFound();

    /// <summary>
    /// Merges another lead into this one. Touches, follow-ups, files, judgements, consents, links and contact points go over; the other lead leads here from then on.
    /// </summary>
    /// <param name="id">The lead that stays.</param>
    /// <param name="body">The other one, and what is kept.</param>
    /// <param name="merge">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Merge(Guid id, MergeBody body, MergeLeads merge, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (body.With is not { } with)
        {
            return Problem.Invalid([new FieldError("with", "required")]);
        }

        return Answer(id, await merge.Merge(viewer, id, new MergeInput(with, body.Choose ?? new Dictionary<string, MergeSide>(), body.WithVersion), LeadAnswers.Seen(http), ct), setting, http);
    }

    /// <summary>Lists what was merged into a lead, the latest first.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="read">The merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, ReadMerges read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.OfLead(viewer, id, ct) is { } merges ? TypedResults.Ok<IReadOnlyList<MergeView>>([.. merges.Select(m => MergeView.Of(m, setting))]) : Problem.NotFound();

    /// <summary>Undoes a merge within the days of the policy (merge_undone, merge_undo_over, merge_erased). What somebody changed since stays as it is.</summary>
    /// <param name="id">The lead that stayed.</param>
    /// <param name="merge">The merge.</param>
    /// <param name="unmerge">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Undo(Guid id, Guid merge, UnmergeLeads unmerge, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(id, await unmerge.Undo(viewer, id, merge, LeadAnswers.Seen(http), ct), setting, http);

    private static IResult Answer(Guid id, (RecordMerge? Merge, LeadResult Result) done, Setting setting, HttpContext http)
    {
        if (done is not (Merge: { } merge, Result: LeadResult.Done(var lead)))
        {
            return done.Result.Problem(http)!;
        }

        RecordVersion.Tag(http, $"{lead.Version}");
        return TypedResults.Created($"/api/v1/leads/{id}/merges", MergeView.Of(merge, setting));
    }
}
