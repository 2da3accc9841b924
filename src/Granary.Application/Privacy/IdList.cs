using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Granary.Application.Privacy;

/// <summary>A list of ids as a JSON array in one column.</summary>
internal sealed class IdList() : ValueConverter<List<Guid>, string>(ids => Json.Write(ids), text => Json.Read<List<Guid>>(text))
{
    public static ValueComparer Comparer { get; } = new ValueComparer<List<Guid>>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        ids => ids.Aggregate(0, HashCode.Combine),
        ids => ids.ToList());
}
