using Granary.Domain.People;

namespace Granary.Application.People;

/// <summary>Whose duty and leave somebody plans: everybody's who manages people, else that of those they assign leads to.</summary>
public static class Planning
{
    extension(Viewer viewer)
    {
        /// <summary>Whether they plan somebody's duty and decide their leave; one's own only who manages people.</summary>
        public bool Plans(Guid userId) => viewer.May(Permission.ManagePeople)
            || (userId != viewer.UserId && viewer.Scope(Permission.AssignLeads) != DataScope.None && viewer.Owners(Permission.AssignLeads)?.Contains(userId) != false);

        /// <summary>Themselves and those they plan for; null for everybody.</summary>
        public IReadOnlyCollection<Guid>? Planned() => viewer.May(Permission.ManagePeople) ? null
            : viewer.Scope(Permission.AssignLeads) == DataScope.None ? [viewer.UserId]
            : viewer.Owners(Permission.AssignLeads) is { } owners ? [.. owners.Append(viewer.UserId).Distinct()] : null;
    }
}
