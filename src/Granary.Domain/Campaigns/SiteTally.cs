namespace Granary.Domain.Campaigns;

/// <summary>An entry of a company that was linked on site.</summary>
/// <param name="MemberId">Who linked it.</param>
/// <param name="Day">The day in organisation time.</param>
/// <param name="Company">The company: one key for one company, however its name is written.</param>
/// <param name="Person">The person, as their lead.</param>
/// <param name="KeyPerson">Whether it is a key person.</param>
/// <param name="Intent">Whether they showed intent.</param>
public sealed record SiteEntry(Guid MemberId, DateOnly Day, Guid Company, Guid Person, bool KeyPerson, bool Intent);

/// <summary>What was done on site.</summary>
/// <param name="Companies">Companies linked, each once.</param>
/// <param name="KeyPeople">Key persons met, each once.</param>
/// <param name="Intents">Companies with intent, each once.</param>
public sealed record SiteFigures(int Companies, int KeyPeople, int Intents);

/// <summary>Counts what was done on site (§14 daily report).</summary>
public static class SiteTally
{
    /// <summary>The figures of some entries: of one member, of a day, of all.</summary>
    public static SiteFigures Of(IEnumerable<SiteEntry> entries)
    {
        var all = entries.ToList();
        return new SiteFigures(
            all.Select(e => e.Company).Distinct().Count(),
            all.Where(e => e.KeyPerson).Select(e => e.Person).Distinct().Count(),
            all.Where(e => e.Intent).Select(e => e.Company).Distinct().Count());
    }
}
