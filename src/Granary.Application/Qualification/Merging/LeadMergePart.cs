using Granary.Application.Capture;
using Granary.Application.Storage;

namespace Granary.Application.Qualification.Merging;

/// <summary>
/// What a later room keeps of leads, which goes over when two become one and back when that is undone. A room that keeps anything by
/// lead brings its own; what earlier rooms keep is in <see cref="MovedRows"/>.
/// </summary>
public abstract class LeadMergePart
{
    /// <summary>Stable snake_case name of what it moves.</summary>
    public abstract string Name { get; }

    /// <summary>Moves from one lead to another what the other can have: ids of what moved. Both leads may be changed; they are counted.</summary>
    public abstract Task<IReadOnlyList<Guid>> Move(GranaryDb db, Lead from, Lead to, CancellationToken ct);

    /// <summary>Moves back those of some rows that are still where they had been moved to.</summary>
    /// <param name="db">The database.</param>
    /// <param name="ids">The rows.</param>
    /// <param name="from">The lead that they belong to again.</param>
    /// <param name="to">The lead to which they had been moved.</param>
    /// <param name="ct">Cancellation.</param>
    public abstract Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Lead from, Lead to, CancellationToken ct);
}
