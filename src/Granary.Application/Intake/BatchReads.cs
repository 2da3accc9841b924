using Granary.Application.Assignment;
using Granary.Application.Matching;
using Granary.Application.Storage;

namespace Granary.Application.Intake;

/// <summary>
/// What a batch reads and locks, in two steps (docs/adr/0004). Companies and accounts first, which need no lock; then rotations
/// and loads are locked, always in this order, and behind those locks the holders of contact keys are read. Should two nodes
/// still meet on one key, the database lets one write it and the other decides anew.
/// </summary>
internal abstract class BatchReads
{
    /// <summary>Holders of one contact key that are considered from either end.</summary>
    protected const int KeyHolders = 20;

    /// <summary>Accounts considered for one key.</summary>
    protected const int KeyAccounts = 50;

    /// <summary>Columns of a candidate from table <c>lead</c> alone.</summary>
    protected const string LeadColumns = "id, received_at, owner_id, pool_id, source_lead_id, account_id, company_name, status, findings";

    /// <summary>Columns of a candidate <c>l</c> whose source lead is <c>s</c>.</summary>
    protected const string HolderColumns =
        "l.id, l.received_at, COALESCE(s.owner_id, l.owner_id), l.pool_id, l.source_lead_id, l.account_id, l.company_name, l.status, l.findings";

    /// <summary>The reads of the scope's database.</summary>
    public static BatchReads Of(WriteScope scope) => scope.Store.IsSqlite ? new SqliteReads(scope) : new PostgresReads(scope);

    /// <summary>Looks up companies and accounts.</summary>
    public abstract Task<FirstLook> First(IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, CancellationToken ct);

    /// <summary>Loads the holders of keys; keys that nobody holds are left out.</summary>
    public abstract Task<Dictionary<Guid, HeldKey>> Holders(IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>Looks up companies, accounts, holders of keys and what they do not want at once; locks nothing and leaves the board out.</summary>
    public abstract Task<(FirstLook First, SecondLook Second)> Ahead(
        IReadOnlyList<CompanyLook> looks, IReadOnlyCollection<Guid> accountKeys, IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>Locks and loads the board, then loads the holders of keys.</summary>
    public abstract Task<SecondLook> Second(IReadOnlyCollection<Guid> keys, CancellationToken ct);
}

/// <summary>What the first step found.</summary>
/// <param name="Revision">The setting's revision.</param>
/// <param name="Companies">Stored leads by where they were looked up.</param>
/// <param name="Accounts">Accounts by key.</param>
internal sealed record FirstLook(
    long Revision, Dictionary<CompanyLook, List<LeadCandidate>> Companies, ILookup<Guid, AccountKey> Accounts);

/// <summary>What the second step found.</summary>
/// <param name="Contacts">Holders of the keys that somebody holds.</param>
/// <param name="Board">Rotations and loads.</param>
/// <param name="Stops">What holders of the keys do not want.</param>
internal sealed record SecondLook(Dictionary<Guid, HeldKey> Contacts, BoardRows Board, ILookup<Guid, string> Stops);

/// <summary>A contact key that somebody holds.</summary>
internal sealed class HeldKey
{
    public List<LeadCandidate> Candidates { get; } = [];

    /// <summary>Number of the next holder.</summary>
    public int Next { get; set; }

    public void Add(int seq, LeadCandidate candidate)
    {
        Candidates.Add(candidate);
        Next = Math.Max(Next, seq + 1);
    }
}
