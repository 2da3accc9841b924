using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Which accounts and contacts somebody reaches.</summary>
public static class AccountScope
{
    extension(Viewer viewer)
    {
        /// <summary>The accounts a permission reaches, by their owner; an account outside is as if it were not there.</summary>
        public IQueryable<Account> Accounts(GranaryDb db, Permission permission = Permission.ManageAccounts)
        {
            var accounts = db.Set<Account>().Where(a => a.MergedIntoId == null);
            if (viewer.Owners(permission) is not { } owners)
            {
                return accounts;
            }

            var list = owners.ToArray();
            return accounts.Where(a => a.OwnerId != null && list.Contains(a.OwnerId.Value));
        }

        /// <summary>The account into which one was merged, where the viewer sees it.</summary>
        public Task<Guid?> AccountMergedInto(GranaryDb db, Guid id, CancellationToken ct)
        {
            var into = db.Set<Account>().Where(a => a.Id == id && a.MergedIntoId != null).Select(a => a.MergedIntoId!.Value);
            return viewer.Accounts(db).Where(a => into.Contains(a.Id)).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        }

        /// <summary>Contacts of the accounts that somebody reaches.</summary>
        public IQueryable<AccountContact> Contacts(GranaryDb db)
        {
            var accounts = viewer.Accounts(db).Select(a => a.Id);
            return db.Set<AccountContact>().Where(c => accounts.Contains(c.AccountId));
        }
    }
}
