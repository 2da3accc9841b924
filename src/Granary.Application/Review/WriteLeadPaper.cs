using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>
/// Works on a lead before it is an opportunity (§7 Incubation): pain chain with the pains agreed on, decision chain with the plan for each
/// relation, vision, and what raises interest.
/// </summary>
public sealed class WriteLeadPaper(LeadVerb verb, Store store, SettingCache settings)
{
    /// <summary>The kinds that are written about leads.</summary>
    public static IReadOnlyList<PaperKind> Kinds { get; } = [PaperKind.PainChain, PaperKind.Interest, PaperKind.DecisionChain, PaperKind.Vision];

    /// <summary>Writes a new version.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="paper">A <see cref="PainChain"/>, <see cref="DecisionChain"/>, <see cref="Vision"/> or <see cref="Interest"/>.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Write(Viewer viewer, Guid id, object paper, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            if (work.Unassignable(lead) is { } no)
            {
                return no;
            }

            var pains = (await work.Scope.Db.PapersOf(id, ct)).GetValueOrDefault(PaperKind.PainChain)?.Read<PainChain>();
            if (Errors(paper, pains) is [_, ..] errors)
            {
                return new LeadResult.Invalid(errors);
            }

            var row = new LeadPaper { Id = Clock.NewId(work.Now), LeadId = id, Kind = KindOf(paper), Body = Json.Write(paper), AuthorId = viewer.UserId, At = work.Now };
            work.Scope.Db.Add(row);
            work.Changes.Happened(id, ReviewEvent.Written, work.Now, work.ActorId, new { paper = row.Kind });
            return work.Changed(lead);
        }, ct);

    /// <summary>The papers of a lead in force, by kind; null where the viewer does not see the lead.</summary>
    public async Task<IReadOnlyDictionary<PaperKind, LeadPaper>?> Of(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead ? null
            : viewer.Veil(await settings.Get(ct), lead).Hangs ? new Dictionary<PaperKind, LeadPaper>()
            : await db.PapersOf(id, ct);
    }

    private static PaperKind KindOf(object paper) => paper switch
    {
        PainChain => PaperKind.PainChain,
        DecisionChain => PaperKind.DecisionChain,
        Vision => PaperKind.Vision,
        Interest => PaperKind.Interest,
        _ => throw new ArgumentException($"{paper.GetType().Name} is not written about a lead.", nameof(paper)),
    };

    private static IReadOnlyList<FieldError> Errors(object paper, PainChain? pains) => paper switch
    {
        PainChain chain => chain.Validate(),
        DecisionChain chain => chain.Validate(),
        Vision vision => vision.Validate(pains),
        Interest interest => interest.Validate(pains),
        _ => [],
    };
}
