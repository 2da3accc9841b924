using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Granary.Domain.People;

namespace Granary.Domain.Assignment;

/// <summary>The people assignment can choose from, with their departments and conversion. Immutable and safe for several threads.</summary>
public sealed class Roster
{
    private readonly FrozenDictionary<Guid, Candidate> _byId;
    private readonly Candidate[] _inOrder;
    private readonly IReadOnlyDictionary<Guid, Guid?> _parents;

    // Targets belong to a policy version; their circles live as long as it does.
    private readonly ConditionalWeakTable<AssignmentTarget, Circle> _circles = [];

    /// <summary>A roster.</summary>
    /// <param name="people">Everybody with an assignment profile; those who left may be missing.</param>
    /// <param name="departments">Each department's parent; null for a root.</param>
    /// <param name="conversion">Conversion of the last 90 days by user, 0 to 1; users without figures may be missing.</param>
    public Roster(
        IEnumerable<Representative> people,
        IReadOnlyDictionary<Guid, Guid?>? departments = null,
        IReadOnlyDictionary<Guid, decimal>? conversion = null)
    {
        _parents = departments ?? FrozenDictionary<Guid, Guid?>.Empty;
        _inOrder = [.. people.OrderBy(person => person.Id)
            .Select(person => new Candidate(person, conversion is not null && conversion.TryGetValue(person.Id, out var rate) ? rate : null))];
        _byId = _inOrder.ToFrozenDictionary(candidate => candidate.Id);
    }

    /// <summary>A user's profile; null when they have none.</summary>
    public Representative? Find(Guid userId) => Candidate(userId)?.Profile;

    /// <summary>The users of a target, in the order of ids; none for a pool.</summary>
    public IEnumerable<Guid> Users(AssignmentTarget target) => CircleOf(target).Candidates.Select(candidate => candidate.Id);

    /// <summary>The weights that <see cref="AssignmentMethod.ByPerformance"/> gives the users of a target.</summary>
    public IReadOnlyDictionary<Guid, int> PerformanceWeights(AssignmentTarget target, PerformanceSettings settings)
    {
        var circle = CircleOf(target);
        return circle.Candidates.ToDictionary(
            candidate => candidate.Id, candidate => Assignment.PerformanceWeights.Of(candidate.Conversion, circle.MeanConversion, settings));
    }

    internal Candidate? Candidate(Guid userId) => _byId.GetValueOrDefault(userId);

    internal Circle CircleOf(AssignmentTarget target) => _circles.GetValue(target, Draw);

    private Circle Draw(AssignmentTarget target)
    {
        if (target.Pool is not null)
        {
            return new Circle([]);
        }

        var named = target.Users.ToHashSet();
        return new Circle([.. _inOrder.Where(candidate => named.Count > 0 ? named.Contains(candidate.Id) : IsInTeam(candidate.Profile, target))]);
    }

    private bool IsInTeam(Representative person, AssignmentTarget target) =>
        (target.Department is not null || target.Role is not null)
        && (target.Role is null || person.Roles.Contains(target.Role))
        && (target.Department is not { } department || IsWithin(person.DepartmentId, department));

    private bool IsWithin(Guid? department, Guid above)
    {
        // The count of departments bounds the climb, should the tree hold a circle.
        for (var steps = 0; department is { } here && steps <= _parents.Count; steps++)
        {
            if (here == above)
            {
                return true;
            }

            department = _parents.GetValueOrDefault(here);
        }

        return false;
    }
}
