using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Retrospectives;

/// <summary>Retrospectives may name customers: words that name the person go; figures are counted and hold nobody.</summary>
public sealed class RetrospectivePersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "retrospective";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var notes = await work.Db.Set<RetrospectiveNote>().AsNoTracking().Where(n => n.Factors != null).ToListAsync(ct);
        var measures = await work.Db.Set<RetrospectiveMeasure>().AsNoTracking().ToListAsync(ct);
        return
        [
            .. notes.Where(n => work.Named(n.Factors)).Select(n => Row(("id", n.Id), ("factors", n.Factors))),
            .. measures.Where(m => work.Named(m.Text)).Select(m => Row(("id", m.RetrospectiveId), ("measure", m.Text))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var changed = 0;
        foreach (var note in await work.Db.Set<RetrospectiveNote>().Where(n => n.Factors != null).ToListAsync(ct))
        {
            if (work.Named(note.Factors))
            {
                (note.Factors, note.Version, changed) = (PersonWork.Gone, note.Version + 1, changed + 1);
            }
        }

        foreach (var measure in await work.Db.Set<RetrospectiveMeasure>().ToListAsync(ct))
        {
            if (work.Named(measure.Text))
            {
                (measure.Text, changed) = (PersonWork.Gone, changed + 1);
            }
        }

        await work.Db.SaveChangesAsync(ct);
        return changed;
    }
}
