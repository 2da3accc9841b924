using Granary.Domain.Policies;

namespace Granary.Application.Policies;

/// <summary>What is stored of an explanation.</summary>
/// <param name="Versions">Versions of the policies that decided, by kind.</param>
/// <param name="Reasons">The reasons in order.</param>
public sealed record Trace(IReadOnlyDictionary<string, int> Versions, IReadOnlyList<Reason> Reasons);
