namespace Granary.Application.Intake;

/// <summary>Leads by the core of their company's name: those of the very core, and those whose core begins alike, of which one may be short for the other.</summary>
/// <param name="before">Leads of the batches before that may not be seen in the database yet.</param>
internal sealed class CoreBook(IReadOnlyList<CoreBook> before)
{
    // No core that is an abbreviation of another is shorter.
    private const int Alike = 2;

    private readonly Dictionary<string, List<LeadCandidate>> _cores = new(StringComparer.Ordinal), _beginnings = new(StringComparer.Ordinal);
    private IReadOnlyList<CoreBook> _before = before;

    /// <summary>Enters a lead.</summary>
    public void Add(string core, LeadCandidate lead)
    {
        Into(_cores, core).Add(lead);
        Into(_beginnings, Beginning(core)).Add(lead);
    }

    /// <summary>Leads that a core may mean, those of the very core first, some twice.</summary>
    public IEnumerable<LeadCandidate> Like(string core) => _before.SelectMany(b => b.Own(core)).Concat(Own(core));

    /// <summary>Lets go of the batches before, when this one has entered its last lead: a long import would keep all of its batches.</summary>
    public CoreBook Done()
    {
        _before = [];
        return this;
    }

    private IEnumerable<LeadCandidate> Own(string core) =>
        _beginnings.TryGetValue(Beginning(core), out var alike) ? _cores.GetValueOrDefault(core, []).Concat(alike) : [];

    private static string Beginning(string core) => core.Length <= Alike ? core : core[..Alike];

    private static List<LeadCandidate> Into(Dictionary<string, List<LeadCandidate>> book, string key)
    {
        if (!book.TryGetValue(key, out var leads))
        {
            book[key] = leads = [];
        }

        return leads;
    }
}
