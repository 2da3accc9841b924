using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>The contact data of a contact in plain text.</summary>
/// <param name="Id">The contact.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail.</param>
/// <param name="Wechat">WeChat id.</param>
public sealed record RevealedAccountContact(Guid Id, string? Phone, string? Email, string? Wechat);

/// <summary>Shows the contact data of an account whole; each look is in the log and counts like one at a lead (§18).</summary>
public sealed class RevealAccountContacts(LeadVerb verb, Vault vault)
{
    /// <summary>Shows it, or says why not: <c>forbidden</c>, or a refusal of looks at leads.</summary>
    /// <param name="viewer">Who; they must reach the account, and its owner's contact data.</param>
    /// <param name="id">The account.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<IReadOnlyList<RevealedAccountContact>>> Reveal(Viewer viewer, Guid id, CancellationToken ct = default) =>
        verb.Run<AccountResult<IReadOnlyList<RevealedAccountContact>>>(viewer.UserId, async work =>
        {
            var db = work.Scope.Db;
            if (await viewer.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account)
            {
                return new AccountResult<IReadOnlyList<RevealedAccountContact>>.NotFound();
            }

            if (!await viewer.Accounts(db, Permission.RevealContacts).AnyAsync(a => a.Id == id, ct))
            {
                return new AccountResult<IReadOnlyList<RevealedAccountContact>>.Refused("forbidden");
            }

            if (await RevealContacts.Count(work, viewer, id, ct) is { } refused)
            {
                return new AccountResult<IReadOnlyList<RevealedAccountContact>>.Refused(refused.Code);
            }

            var contacts = await db.Set<AccountContact>().AsNoTracking().Where(c => c.AccountId == account.Id).OrderBy(c => c.Id).ToListAsync(ct);
            work.Changes.Happened(account.Id, AccountEvent.Revealed, work.Now, work.ActorId, new RevealedData(contacts.Count, null));
            return new AccountResult<IReadOnlyList<RevealedAccountContact>>.Done([.. contacts.Select(c => new RevealedAccountContact(c.Id, Open(c.Phone), Open(c.Email), Open(c.WeChat)))]);
        }, ct);

    private string? Open(SealedText? text) => text is { } value ? vault.Open(value) : null;
}
