using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Qualification;

/// <summary>Which accounts somebody reaches.</summary>
public static class AccountScope
{
    extension(Viewer viewer)
    {
        /// <summary>The accounts a permission reaches, by their owner; an account outside is as if it were not there.</summary>
        public IQueryable<Account> Accounts(GranaryDb db, Permission permission = Permission.ManageAccounts)
        {
            var accounts = db.Set<Account>().AsQueryable();
            if (viewer.Owners(permission) is not { } owners)
            {
                return accounts;
            }

            var list = owners.ToArray();
            return accounts.Where(a => a.OwnerId != null && list.Contains(a.OwnerId.Value));
        }
    }
}
