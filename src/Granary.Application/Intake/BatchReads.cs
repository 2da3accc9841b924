using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Storage;

namespace Granary.Application.Intake;

/// <summary>
/// What a batch reads and locks, in two steps (docs/adr/0004). First each submission claims the head (seq 0) of its contact
/// keys; the database lets one win. Then, of keys that had a head before, that row is locked, so that two nodes that meet on
/// one key decide one after the other. Claims and locks are taken in the order of the keys, then rotations, then loads.
/// </summary>
internal abstract class BatchReads
{
    /// <summary>Holders of one contact key that are considered from either end.</summary>
    protected const int KeyHolders = 20;

    /// <summary>Leads considered for one range of company keys; a company has few leads, a careless name may have many.</summary>
    protected const int RangeLeads = 10;

    /// <summary>Accounts considered for one key.</summary>
    protected const int KeyAccounts = 50;

    /// <summary>Columns of a candidate from table <c>lead</c> alone.</summary>
    protected const string LeadColumns = "id, received_at, owner_id, pool_id, source_lead_id, account_id, company_name, status, findings";

    /// <summary>Columns of a candidate <c>l</c> whose source lead is <c>s</c>.</summary>
    protected const string HolderColumns =
        "l.id, l.received_at, COALESCE(s.owner_id, l.owner_id), l.pool_id, l.source_lead_id, l.account_id, l.company_name, l.status, l.findings";

    /// <summary>The reads of the scope's database.</summary>
    public static BatchReads Of(WriteScope scope) => scope.Store.IsSqlite ? new SqliteReads(scope) : new PostgresReads(scope);

    /// <summary>Claims the heads and looks up companies and accounts.</summary>
    public abstract Task<FirstLook> First(List<ContactPoint> heads, IReadOnlyCollection<CompanyRange> ranges, IReadOnlyCollection<Guid> accountKeys, CancellationToken ct);

    /// <summary>Loads the holders of keys without locking any.</summary>
    public abstract Task<Dictionary<Guid, HeldKey>> Holders(IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>Locks the keys that others hold and loads their holders; locks and loads the board.</summary>
    public abstract Task<SecondLook> Second(IReadOnlyCollection<Guid> held, CancellationToken ct);
}

/// <summary>What the first step found.</summary>
/// <param name="Revision">The setting's revision.</param>
/// <param name="Held">Keys that somebody held before.</param>
/// <param name="Companies">Stored leads by range.</param>
/// <param name="Accounts">Accounts by key.</param>
internal sealed record FirstLook(
    long Revision, HashSet<Guid> Held, Dictionary<CompanyRange, List<LeadCandidate>> Companies, ILookup<Guid, AccountKey> Accounts);

/// <summary>What the second step found.</summary>
/// <param name="Contacts">Holders of the keys that were held before.</param>
/// <param name="Rotations">Rotations.</param>
/// <param name="Loads">Loads.</param>
internal sealed record SecondLook(Dictionary<Guid, HeldKey> Contacts, IReadOnlyList<StoredRotation> Rotations, IReadOnlyList<UserLoad> Loads);

/// <summary>A contact key that somebody holds.</summary>
internal sealed class HeldKey
{
    public List<LeadCandidate> Candidates { get; } = [];

    /// <summary>Number of the next holder.</summary>
    public int Next { get; set; } = 1;

    public void Add(int seq, LeadCandidate candidate)
    {
        Candidates.Add(candidate);
        Next = Math.Max(Next, seq + 1);
    }
}
