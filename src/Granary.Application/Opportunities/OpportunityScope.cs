using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

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

        /// <summary>
        /// The opportunities the viewer sees in two parts that share none: by their owners, and those of others that were handed over to
        /// the viewer; the second is null where the first is all there are.
        /// </summary>
        public (IQueryable<Opportunity> Own, IQueryable<Opportunity>? Handed) OpportunitiesApart(GranaryDb db)
        {
            var (all, me) = (db.Set<Opportunity>().AsQueryable(), viewer.UserId);
            return viewer.Owners(Permission.ViewOpportunities)?.ToArray() switch
            {
                null => (all, null),
                // Of one owner alone the index gives them in order.
                [var only] => (all.Where(o => o.OwnerId == only), viewer.May(Permission.ViewOpportunities) ? all.Where(o => o.ReceiverId == me && o.OwnerId != only) : null),
                var several => (all.Where(o => several.Contains(o.OwnerId)), viewer.May(Permission.ViewOpportunities) ? all.Where(o => o.ReceiverId == me && !several.Contains(o.OwnerId)) : null),
            };
        }

        /// <summary>The tally of the opportunities the viewer sees by their owners.</summary>
        public IQueryable<OpportunityTally> Tally(GranaryDb db)
        {
            var tally = db.Set<OpportunityTally>().AsNoTracking();
            return viewer.Owners(Permission.ViewOpportunities)?.ToArray() is { } owners ? tally.Where(t => owners.Contains(t.OwnerId)) : tally;
        }

        /// <summary>Whether a permission reaches an opportunity by its owner.</summary>
        public bool Reaches(Opportunity opportunity, Permission permission) => viewer.ReachesOf(opportunity.OwnerId, permission);

        /// <summary>Whether a permission reaches opportunities of an owner.</summary>
        public bool ReachesOf(Guid ownerId, Permission permission) => viewer.May(permission) && viewer.Owners(permission)?.Contains(ownerId) != false;

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
