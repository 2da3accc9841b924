using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;

namespace Granary.Application.Opportunities;

/// <summary>Which opportunities somebody reaches.</summary>
public static class OpportunityScope
{
    extension(Viewer viewer)
    {
        /// <summary>
        /// The opportunities a permission reaches, by their owner; to see them, also those that were handed over to the viewer. One
        /// outside is as if it were not there.
        /// </summary>
        public IQueryable<Opportunity> Opportunities(GranaryDb db, Permission permission = Permission.ViewOpportunities)
        {
            var opportunities = db.Set<Opportunity>().AsQueryable();
            if (viewer.Owners(permission) is not { } owners)
            {
                return opportunities;
            }

            var (me, list) = (viewer.UserId, owners.ToArray());
            return permission == Permission.ViewOpportunities && viewer.May(permission)
                ? opportunities.Where(o => list.Contains(o.OwnerId) || o.ReceiverId == me)
                : opportunities.Where(o => list.Contains(o.OwnerId));
        }

        /// <summary>Whether a permission reaches an opportunity by its owner.</summary>
        public bool Reaches(Opportunity opportunity, Permission permission) =>
            viewer.May(permission) && viewer.Owners(permission)?.Contains(opportunity.OwnerId) != false;

        /// <summary>
        /// As whom somebody decides about an opportunity: whose reach is a department with those below it as the sales director, whose
        /// reach is a team as the supervisor; null where they do not decide. Nobody decides about their own.
        /// </summary>
        public PlanApprover? Decides(Opportunity opportunity) =>
            opportunity.OwnerId == viewer.UserId || !viewer.Reaches(opportunity, Permission.DecideOpportunities) ? null
            : (viewer.Scope(Permission.DecideOpportunities) & (DataScope.DepartmentTree | DataScope.All)) != 0 ? PlanApprover.Director
            : PlanApprover.Supervisor;
    }
}
