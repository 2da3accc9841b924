using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>What became of a line that was to be named.</summary>
public enum NamedOutcome
{
    /// <summary>A known account is in the list now.</summary>
    Added,

    /// <summary>A new account was made, and is in the list now.</summary>
    Made,

    /// <summary>It was in the list already.</summary>
    AlreadyHere,

    /// <summary>It is in another list.</summary>
    InAnotherList,

    /// <summary>Its account is somebody else's.</summary>
    OfAnother,

    /// <summary>It is no company's name, or no account.</summary>
    Invalid,
}

/// <summary>What became of a line.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">The line as it was given.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="AccountId">Its account, where the viewer reaches it.</param>
/// <param name="Code">Why it is invalid.</param>
public sealed record NamedLine(int Line, string Text, NamedOutcome Outcome, Guid? AccountId = null, string? Code = null);

/// <summary>
/// Puts accounts into a list: known ones, or companies by their names, line by line. A company that is known by name or credit code is that
/// account, else a new one is made for whoever names it.
/// </summary>
public sealed class NameAccounts(Store store, Vault vault, SettingCache settings, SaveAccount accounts, TimeProvider time)
{
    /// <summary>Most lines at a time.</summary>
    public const int MostLines = 1_000;

    /// <summary>Puts known accounts into a list.</summary>
    public async Task<AccountResult<IReadOnlyList<NamedLine>>> Add(Viewer viewer, Guid listId, IReadOnlyList<Guid> ids, CancellationToken ct = default)
    {
        if (Refused(ids.Count, "accountIds") is { } refused)
        {
            return refused;
        }

        List<(int, string, Guid?, bool, string?)> lines = [.. ids.Select((id, i) => (i + 1, id.ToString(), (Guid?)id, false, (string?)null))];
        return await Write(viewer, listId, lines, ct);
    }

    /// <summary>Puts companies into a list by their names: a line each, a credit code after a tab or a comma.</summary>
    public async Task<AccountResult<IReadOnlyList<NamedLine>>> Import(Viewer viewer, Guid listId, IReadOnlyList<string> companies, CancellationToken ct = default)
    {
        if (Refused(companies.Count, "companies") is { } refused)
        {
            return refused;
        }

        await using (var db = store.Open())
        {
            if (!await viewer.NamedLists(db).AnyAsync(l => l.Id == listId, ct))
            {
                return new AccountResult<IReadOnlyList<NamedLine>>.NotFound();
            }
        }

        var setting = await settings.Get(ct);
        var typed = companies.Select(c => Company.Of(c, setting.Aliases)).ToList();
        var known = await Known(typed, ct);
        List<(int, string, Guid?, bool, string?)> lines = [];
        foreach (var (i, company) in typed.Index())
        {
            var found = known.Find(company);
            var (id, made, code) = found is not null || company.Name is null ? (found, false, company.Name is null ? "company_name" : null) : await Make(viewer, company, known, ct);
            lines.Add((i + 1, company.Text, id, made, code));
        }

        return await Write(viewer, listId, lines, ct);
    }

    private static AccountResult<IReadOnlyList<NamedLine>>? Refused(int lines, string field) =>
        lines == 0 ? new AccountResult<IReadOnlyList<NamedLine>>.Invalid([new FieldError(field, "required")])
        : lines > MostLines ? new AccountResult<IReadOnlyList<NamedLine>>.Invalid([new FieldError(field, "too_many", $"{MostLines}")])
        : null;

    // Somebody may have made it meanwhile, or a line before this one has.
    private async Task<(Guid? Id, bool Made, string? Code)> Make(Viewer viewer, Company company, Companies known, CancellationToken ct)
    {
        var (id, errors) = await accounts.Create(viewer, new AccountInput(company.Typed!, company.CreditCode, viewer.UserId, []), ct);
        if (id is null && errors.Any(e => e.Code == "duplicate"))
        {
            return ((await Known([company], ct)).Find(company), false, null);
        }

        if (id is { } made)
        {
            known.Add(company, made);
        }

        return (id, id is not null, id is null ? errors[0].Code : null);
    }

    private async Task<Companies> Known(IReadOnlyList<Company> companies, CancellationToken ct)
    {
        await using var db = store.Open();
        var keys = companies.SelectMany(c => c.Names.Select(n => vault.CompanyKey(n.Core)).Concat(c.CreditCode is { } code ? [vault.CreditCodeKey(code)] : [])).Distinct().ToArray();
        var rows = await db.Set<AccountKey>().AsNoTracking().Where(k => keys.Contains(k.Key)).OrderBy(k => k.AccountId).ToListAsync(ct);
        return new Companies(vault, rows);
    }

    private Task<AccountResult<IReadOnlyList<NamedLine>>> Write(Viewer viewer, Guid listId, List<(int Line, string Text, Guid? Id, bool Made, string? Code)> lines, CancellationToken ct) =>
        store.Write<AccountResult<IReadOnlyList<NamedLine>>>(
            async scope =>
            {
                // The list's row is the lock: two who name the same account at once do so one after the other.
                await scope.Db.Set<NamedList>().OrderBy(l => l.Id).ExecuteUpdateAsync(l => l.SetProperty(x => x.Version, x => x.Version), ct);
                if (await viewer.NamedLists(scope.Db).SingleOrDefaultAsync(l => l.Id == listId, ct) is not { } list)
                {
                    return new AccountResult<IReadOnlyList<NamedLine>>.NotFound();
                }

                var ids = lines.Select(l => l.Id).OfType<Guid>().Distinct().ToArray();
                var reached = await viewer.Accounts(scope.Db).Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToHashSetAsync(ct);
                var named = await scope.Db.Set<NamedAccount>().Where(n => ids.Contains(n.AccountId)).ToDictionaryAsync(n => n.AccountId, n => n.ListId, ct);
                List<NamedLine> report = [];
                foreach (var line in lines)
                {
                    report.Add(line.Id is not { } id ? new NamedLine(line.Line, line.Text, NamedOutcome.Invalid, Code: line.Code)
                        : !reached.Contains(id) ? new NamedLine(line.Line, line.Text, NamedOutcome.OfAnother)
                        : named.TryGetValue(id, out var there) ? new NamedLine(line.Line, line.Text, there == listId ? NamedOutcome.AlreadyHere : NamedOutcome.InAnotherList, id)
                        : Named(scope, viewer, list, line.Line, line.Text, id, line.Made));
                    named.TryAdd(line.Id ?? Guid.Empty, listId);
                }

                await scope.Db.SaveChangesAsync(ct);
                return new AccountResult<IReadOnlyList<NamedLine>>.Done(report);
            },
            ct);

    private NamedLine Named(WriteScope scope, Viewer viewer, NamedList list, int line, string text, Guid id, bool made)
    {
        scope.Db.Add(new NamedAccount { Id = time.NewId(), ListId = list.Id, AccountId = id, StageSince = time.Now, AddedAt = time.Now, AddedById = viewer.UserId });
        scope.Db.Add(AccountEvent.Of(id, NamedEvent.Named, time.Now, viewer.UserId, new { list.Name, listId = list.Id }));
        return new NamedLine(line, text, made ? NamedOutcome.Made : NamedOutcome.Added, id);
    }

    private sealed record Company(string Text, string? Typed, CompanyName? Name, string? CreditCode, IReadOnlyList<CompanyName> Names)
    {
        private const int LongestText = 300;

        public static Company Of(string line, CompanyAliases aliases)
        {
            var cells = line.Split(['\t', ',', '，'], 2);
            var typed = CleanText.Line(cells[0].Trim('"', ' '));
            var code = cells.Length > 1 ? Domain.Capture.CreditCode.Normalise(cells[1].Trim('"', ' ')) : null;
            var name = CompanyName.Parse(typed);
            return new Company(line.Length > LongestText ? line[..LongestText] : line, typed, name, code is not null && Domain.Capture.CreditCode.IsValid(code) ? code : null, name is null ? [] : [.. aliases.NamesFor(name)]);
        }
    }

    /// <summary>The accounts that companies may be, by their keys.</summary>
    private sealed class Companies(Vault vault, List<AccountKey> rows)
    {
        private readonly ILookup<Guid, AccountKey> _rows = rows.ToLookup(r => r.Key);
        private readonly Dictionary<string, Guid> _made = new(StringComparer.Ordinal);

        public void Add(Company company, Guid id) => _made[company.Name!.ExactKey] = id;

        public Guid? Find(Company company) =>
            (company.CreditCode is { } code ? _rows[vault.CreditCodeKey(code)].Select(r => (Guid?)r.AccountId).FirstOrDefault() : null)
            ?? company.Names.SelectMany(n => _rows[vault.CompanyKey(n.Core)].Where(r => CompanyName.Parse(r.AccountName)?.ExactKey == n.ExactKey)).Select(r => (Guid?)r.AccountId).FirstOrDefault()
            ?? (company.Name is { } name && _made.TryGetValue(name.ExactKey, out var made) ? made : null);
    }
}
