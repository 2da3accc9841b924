using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Opportunities.Partners;

/// <summary>Which partners somebody reaches.</summary>
public static class PartnerScope
{
    extension(Viewer viewer)
    {
        /// <summary>The partners a permission reaches, by who looks after them; one outside is as if it were not there.</summary>
        public IQueryable<Partner> Partners(GranaryDb db, Permission permission = Permission.ViewOpportunities)
        {
            var partners = db.Set<Partner>().AsQueryable();
            if (viewer.Owners(permission) is not { } owners)
            {
                return partners;
            }

            var list = owners.ToArray();
            return partners.Where(p => list.Contains(p.OwnerId));
        }

        /// <summary>Registrations of the partners that somebody reaches.</summary>
        public IQueryable<PartnerRegistration> Registrations(GranaryDb db)
        {
            var partners = viewer.Partners(db).Select(p => p.Id);
            return db.Set<PartnerRegistration>().Where(r => partners.Contains(r.PartnerId));
        }

        /// <summary>Whether somebody changes a partner and asks for it.</summary>
        public bool Works(Partner partner) => viewer.May(Permission.EditOpportunities) && viewer.Owners(Permission.EditOpportunities)?.Contains(partner.OwnerId) != false;

        /// <summary>Whether somebody decides about registrations of a partner.</summary>
        public bool DecidesFor(Partner partner) => viewer.May(Permission.DecideOpportunities) && viewer.Owners(Permission.DecideOpportunities)?.Contains(partner.OwnerId) != false;
    }
}
