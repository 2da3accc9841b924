using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Qualification.Import;

/// <summary>Decides one row of accounts after the other, and changes what is to be written.</summary>
internal sealed class AccountLanding(RecordChunk chunk, AccountBook book, TimeProvider time)
{
    private readonly IReadOnlyCollection<Guid>? _reach = chunk.Viewer.Owners(Permission.ManageAccounts);

    /// <summary>Accounts that were made or changed.</summary>
    public HashSet<Account> Touched { get; } = [];

    public RecordOutcome Land(AccountRow row)
    {
        if (row.Errors.Count > 0)
        {
            return RecordOutcome.Failed(row.Errors);
        }

        var (mode, key) = (chunk.Plan.Mode, chunk.Plan.KeyField);
        var found = mode == ImportMode.Create ? ByCode(row) ?? ByName(row) : key == "creditCode" ? ByCode(row) : ByName(row);
        return found is null ? mode == ImportMode.Update ? RecordOutcome.Failed(new FieldError(key!, "not_found")) : Create(row)
            : !Reaches(found.OwnerId) ? RecordOutcome.Failed(new FieldError(key ?? "name", mode == ImportMode.Update ? "not_found" : "duplicate"))
            : mode == ImportMode.Create ? Compare(row, found) : Update(row, found);
    }

    private Account? ByCode(AccountRow row) => row.CreditCode is { } code ? book.ByCode(code) : null;

    private Account? ByName(AccountRow row) => row.Name is { } name ? book.ByName(name) : null;

    private bool Reaches(Guid? owner) => _reach is null || (owner is { } id && _reach.Contains(id));

    private RecordOutcome Create(AccountRow row)
    {
        var input = AccountRules.Normalised(row.On(new AccountInput("", null, chunk.Viewer.UserId, [])));
        if (Wrong(input, null) is { Count: > 0 } errors)
        {
            return RecordOutcome.Failed(errors);
        }

        var account = new Account { Id = time.NewId(), Name = input.Name, CreatedAt = chunk.Now, ChangedAt = chunk.Now };
        SaveAccount.Write(account, AccountRules.Typed(input, chunk.Setting));
        book.Enter(account);
        Touched.Add(account);
        if (chunk.Trial is null)
        {
            chunk.Db.Add(account);
            chunk.Db.Add(AccountEvent.Of(account.Id, AccountEvent.Created, chunk.Now, chunk.Viewer.UserId, new { account.Name, account.OwnerId, contacts = 0, importId = chunk.ImportId }));
        }

        return RecordOutcome.Of(RecordFate.Created, account.Name);
    }

    // A file that is uploaded again finds what it made.
    private RecordOutcome Compare(AccountRow row, Account account)
    {
        var before = AccountInput.Of(account);
        var after = AccountRules.Typed(AccountRules.Normalised(row.On(before)), chunk.Setting);
        return SaveAccount.Write(Draft(before), after).Count == 0 ? RecordOutcome.Of(RecordFate.Same, account.Name) : RecordOutcome.Failed(new FieldError(row.CreditCode is not null && account.CreditCode == row.CreditCode ? "creditCode" : "name", "duplicate"));
    }

    private static Account Draft(AccountInput input)
    {
        var account = new Account { Name = input.Name };
        SaveAccount.Write(account, input);
        return account;
    }

    private RecordOutcome Update(AccountRow row, Account account)
    {
        var input = AccountRules.Normalised(row.On(AccountInput.Of(account)));
        if (Wrong(input, account) is { Count: > 0 } errors)
        {
            return RecordOutcome.Failed(errors);
        }

        var changes = SaveAccount.Write(account, AccountRules.Typed(input, chunk.Setting));
        if (changes.Count == 0)
        {
            return RecordOutcome.Of(RecordFate.Same, account.Name);
        }

        (account.Version, account.ChangedAt) = (account.Version + 1, chunk.Now);
        book.Enter(account);
        Touched.Add(account);
        if (chunk.Trial is null)
        {
            chunk.Db.Add(AccountEvent.Of(account.Id, AccountEvent.Edited, chunk.Now, chunk.Viewer.UserId, AccountEvent.Edit(changes) with { ImportId = chunk.ImportId }));
        }

        return RecordOutcome.Of(RecordFate.Updated, account.Name, account.Id, changes);
    }

    private List<FieldError> Wrong(AccountInput input, Account? before)
    {
        var errors = AccountRules.Errors(input, chunk.Setting, before).Select(e => e.Field == "ownerId" ? e with { Field = "owner" } : e).ToList();
        if (errors.Count > 0)
        {
            return errors;
        }

        return (before is null || input.OwnerId != before.OwnerId) && !Reaches(input.OwnerId) ? [new FieldError("owner", "unknown_value")]
            : input.Name != before?.Name && book.ByName(CompanyName.Parse(input.Name)!) is { } alike && alike.Id != before?.Id ? [new FieldError("name", "duplicate")]
            : input.CreditCode is { } code && code != before?.CreditCode && book.ByCode(code) is { } other && other.Id != before?.Id ? [new FieldError("creditCode", "duplicate")]
            : [];
    }
}
