using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;

namespace Granary.Application.Intake;

/// <summary>
/// Everything a batch shares keys with: what was stored before, and what came earlier in the same batch. Numbers the
/// holders of each contact key.
/// </summary>
internal sealed class KeyBook
{
    /// <summary>Leads of a batch that are considered for one company, so that a careless name costs no more than others.</summary>
    private const int Considered = 20;

    private readonly Dictionary<Guid, HeldKey> _contacts;
    private readonly Dictionary<CompanyLook, List<LeadCandidate>> _companies;
    private readonly ILookup<Guid, AccountKey> _accounts;
    private readonly Guid _invalidPool;
    private readonly CoreBook _earlier;
    private readonly ILookup<Guid, string> _stops;
    private readonly IReadOnlyDictionary<Guid, Guid> _named;

    private readonly ParsedNames _names;

    // Several questions are asked of one item.
    private (Prepared? Item, List<LeadCandidate> Leads) _asked = (null, []);

    private KeyBook(
        FirstLook first, IReadOnlyDictionary<Guid, Guid> named, Dictionary<Guid, HeldKey> contacts, IReadOnlyList<Prepared> items, CoreBook earlier, ILookup<Guid, string> stops)
    {
        (_contacts, _companies, _accounts, _named, _invalidPool, _earlier, _stops) = (contacts, first.Companies, first.Accounts, named, items[0].Setting.Pools.Invalid, earlier, stops);
        _names = new ParsedNames(items);
    }

    /// <summary>
    /// Looks up everything a batch may match, and locks and loads the board. Null when the setting is newer than the one the
    /// items were prepared with.
    /// </summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="items">The batch.</param>
    /// <param name="board">Takes what is locked.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<KeyBook?> Open(WriteScope scope, IReadOnlyList<Prepared> items, BoardStore board, CancellationToken ct)
    {
        var reads = BatchReads.Of(scope);
        var first = await First(reads, items, ct);
        if (items.Any(i => i.Setting.Revision < first.Revision))
        {
            return null;
        }

        var named = await Named(scope, first, ct);
        var second = await reads.Second(Contacts(items), ct);
        board.Take(second.Board);
        return new KeyBook(first, named, second.Contacts, items, new CoreBook([]), second.Stops);
    }

    /// <summary>
    /// Looks up everything a batch may match while those before are not stored yet, whose news tell the rest; locks nothing. Null when one of them touches what
    /// this one asks for, or the setting is newer.
    /// </summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="keys">All keys of the batch, those of what only repeats another included.</param>
    /// <param name="items">What is to land.</param>
    /// <param name="board">Takes what the last of them leaves.</param>
    /// <param name="place">Tells what that is.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<KeyBook?> OpenAhead(
        WriteScope scope, IReadOnlySet<Guid> keys, IReadOnlyList<Prepared> items, BoardStore board, LandingPlace place, CancellationToken ct)
    {
        var (first, held) = await BatchReads.Of(scope).Ahead(Companies(items), Accounts(items), Contacts(items), ct);
        if (items.Any(i => i.Setting.Revision < first.Revision)
            || await place.News() is not { } news)
        {
            return null;
        }

        List<LeadCandidate> looked = [.. first.Companies.Values.SelectMany(leads => leads), .. held.Contacts.Values.SelectMany(key => key.Candidates)];
        if (!news.All(n => !n.Keys.Overlaps(keys) && n.Update(looked)))
        {
            return null;
        }

        board.Take(news[^1].Board);
        return new KeyBook(first, await Named(scope, first, ct), held.Contacts, items, new CoreBook([.. news.Select(n => n.Companies)]), held.Stops);
    }

    /// <summary>Looks up everything a batch may match and claims nothing, for a trial; what earlier batches of the trial entered is matched too.</summary>
    public static async Task<KeyBook> Look(WriteScope scope, IReadOnlyList<Prepared> items, KeyBook? earlier, CancellationToken ct)
    {
        var reads = BatchReads.Of(scope);
        var first = await First(reads, items, ct);
        var contacts = earlier?._contacts ?? [];
        var unknown = items.SelectMany(i => i.Contacts).Select(c => c.Key).Where(k => !contacts.ContainsKey(k)).ToHashSet();
        foreach (var (key, held) in await reads.Holders(unknown, ct))
        {
            contacts[key] = held;
        }

        return new KeyBook(first, await Named(scope, first, ct), contacts, items, earlier?._earlier ?? new CoreBook([]), Enumerable.Empty<Guid>().ToLookup(key => key, _ => ""));
    }

    /// <summary>Leads this batch entered, by company.</summary>
    public CoreBook Entered => _earlier;

    /// <summary>Whether a holder of one of an item's contact points has said that they do not want a purpose.</summary>
    public bool Stops(Prepared item, string purpose) => item.Contacts.Any(c => _stops[c.Key].Contains(purpose));

    /// <summary>Leads that share a contact key with an item.</summary>
    public IEnumerable<LeadCandidate> ByContact(Prepared item) =>
        item.Contacts.SelectMany(c => _contacts.TryGetValue(c.Key, out var key) ? key.Candidates : []);

    /// <summary>All candidates of an item.</summary>
    public List<MatchCandidate> Candidates(Prepared item)
    {
        List<MatchCandidate> candidates = [];
        foreach (var (key, kind) in item.AccountKeys)
        {
            foreach (var account in _accounts[key])
            {
                if (Of(account, kind, item) is { } candidate)
                {
                    candidates.Add(candidate);
                }
            }
        }

        foreach (var contact in item.Contacts.Where(c => c.Kind != ContactKind.Unusable))
        {
            if (_contacts.TryGetValue(contact.Key, out var key))
            {
                candidates.AddRange(key.Candidates.Select(lead => Of(lead, (MatchKeyKind)contact.Kind, MatchLevel.Exact)));
            }
        }

        foreach (var lead in Companies(item))
        {
            var level = Level(item, lead.CompanyName);
            if (level > MatchLevel.None)
            {
                candidates.Add(Of(lead, MatchKeyKind.Company, level));
            }
        }

        return candidates;
    }

    /// <summary>Owner of the named account that an item is of (§8); null for none.</summary>
    public Guid? NamedOwner(Prepared item) => _named.Count == 0 ? null : NamedOwners.Best(
        item.AccountKeys.SelectMany(k => _accounts[k.Key].Select(a => (a.AccountId, Of(a, k.Kind, item)?.Level ?? MatchLevel.None))), _named);

    /// <summary>The stored or earlier lead of an id that shares the item's company.</summary>
    public LeadCandidate? Company(Prepared item, Guid leadId) => Companies(item).Find(l => l.Id == leadId);

    /// <summary>
    /// Enters a lead that was decided: those behind it in the batch match it. Returns its contact points, numbered.
    /// </summary>
    public IEnumerable<ContactPoint> Enter(Prepared item, Lead lead)
    {
        var candidate = LeadCandidate.Of(lead);
        foreach (var contact in item.Contacts)
        {
            if (!_contacts.TryGetValue(contact.Key, out var key))
            {
                _contacts[contact.Key] = key = new HeldKey();
            }

            key.Candidates.Add(candidate);
            (contact.Seq, contact.LeadId) = (key.Next++, lead.Id);
            yield return contact;
        }

        if (item.Company is { } company && !item.Held)
        {
            _asked = (null, []);
            _earlier.Add(company.Core, candidate);
        }
    }

    /// <summary>Lets a lead hold a key too; the number it holds it under, null when it holds it already.</summary>
    public int? Give(Guid contactKey, Lead lead)
    {
        if (!_contacts.TryGetValue(contactKey, out var key))
        {
            _contacts[contactKey] = key = new HeldKey();
        }

        if (key.Candidates.Exists(c => c.Id == lead.Id))
        {
            return null;
        }

        key.Candidates.Add(LeadCandidate.Of(lead));
        return key.Next++;
    }

    private static Task<FirstLook> First(BatchReads reads, IReadOnlyList<Prepared> items, CancellationToken ct) =>
        reads.First(Companies(items), Accounts(items), ct);

    private static List<CompanyLook> Companies(IReadOnlyList<Prepared> items) => [.. items.SelectMany(i => i.CompanyLooks).Distinct()];

    private static List<Guid> Accounts(IReadOnlyList<Prepared> items) => [.. items.SelectMany(i => i.AccountKeys).Select(k => k.Key).Distinct()];

    private static List<Guid> Contacts(IReadOnlyList<Prepared> items) => [.. items.SelectMany(i => i.Contacts).Select(c => c.Key).Distinct()];

    // Asked only where some account was found, which few leads do.
    private static Task<IReadOnlyDictionary<Guid, Guid>> Named(WriteScope scope, FirstLook first, CancellationToken ct) =>
        NamedOwners.Among(scope.Db, [.. first.Accounts.SelectMany(a => a).Select(a => a.AccountId).Distinct()], ct);

    private List<LeadCandidate> Companies(Prepared item)
    {
        if (_asked.Item == item)
        {
            return _asked.Leads;
        }

        List<LeadCandidate> leads = [];
        foreach (var look in item.CompanyLooks)
        {
            if (_companies.TryGetValue(look, out var stored))
            {
                Add(leads, stored, stored.Count);
            }
        }

        if (item.Company is { } company && item.CompanyLooks.Count > 0)
        {
            Add(leads, _earlier.Like(company.Core), Considered);
        }

        _asked = (item, leads);
        return leads;
    }

    // They are so few that looking through them is quicker than a set.
    private static void Add(List<LeadCandidate> leads, IEnumerable<LeadCandidate> more, int most)
    {
        foreach (var lead in more)
        {
            if (most == 0)
            {
                return;
            }

            if (!leads.Exists(l => l.Id == lead.Id))
            {
                leads.Add(lead);
                most--;
            }
        }
    }

    private MatchCandidate? Of(AccountKey account, MatchKeyKind kind, Prepared item)
    {
        var level = kind == MatchKeyKind.Company ? Level(item, account.AccountName) : MatchLevel.Exact;
        return level == MatchLevel.None ? null : new MatchCandidate
        {
            Target = kind is MatchKeyKind.Company or MatchKeyKind.CreditCode ? MatchTarget.Account : MatchTarget.AccountContact,
            Id = account.AccountId,
            Key = kind,
            Level = level,
            OwnerId = account.OwnerId,
            AccountId = account.AccountId,
            ReceivedAt = DateTimeOffset.UnixEpoch,
        };
    }

    private MatchCandidate Of(LeadCandidate lead, MatchKeyKind key, MatchLevel level) => new()
    {
        Target = MatchTarget.Lead,
        Id = lead.Id,
        Key = key,
        Level = level,
        OwnerId = lead.OwnerId,
        PoolId = lead.PoolId,
        SourceLeadId = lead.SourceLeadId,
        AccountId = lead.AccountId,
        ReceivedAt = lead.ReceivedAt,
        Closed = lead.Status is LeadStatus.Invalid or LeadStatus.Voided || lead.PoolId == _invalidPool,
    };

    private MatchLevel Level(Prepared item, string? name) =>
        item.Company is { } own && name is not null && _names.Of(name) is { } other ? CompanyMatching.Compare(own, other, item.Setting.Aliases) : MatchLevel.None;
}
