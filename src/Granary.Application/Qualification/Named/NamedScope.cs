using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Qualification.Named;

/// <summary>Which lists and named accounts somebody reaches.</summary>
public static class NamedScope
{
    extension(Viewer viewer)
    {
        /// <summary>The named accounts whose account somebody reaches.</summary>
        public IQueryable<NamedAccount> NamedAccounts(GranaryDb db)
        {
            var accounts = viewer.Accounts(db).Select(a => a.Id);
            return db.Set<NamedAccount>().Where(n => accounts.Contains(n.AccountId));
        }

        /// <summary>The lists of those whom somebody reaches, and those that hold an account of theirs.</summary>
        public IQueryable<NamedList> NamedLists(GranaryDb db)
        {
            if (viewer.Owners(Permission.ManageAccounts) is not { } owners)
            {
                return db.Set<NamedList>();
            }

            var (list, theirs) = (owners.ToArray(), viewer.NamedAccounts(db).Select(n => n.ListId));
            return db.Set<NamedList>().Where(l => list.Contains(l.OwnerId) || theirs.Contains(l.Id));
        }

        /// <summary>Whether somebody may change a list and its goals: its keeper, and who reaches its keeper.</summary>
        public bool Keeps(NamedList list) => viewer.Owners(Permission.ManageAccounts)?.Contains(list.OwnerId) != false;
    }
}
