using Granary.Application.Assignment;
using Granary.Domain.Cleansing;

namespace Granary.Application.Intake;

/// <summary>What a batch leaves to those behind it, which decide before this one is stored.</summary>
/// <param name="Board">Rotations and loads.</param>
/// <param name="Companies">Leads it entered.</param>
/// <param name="Keys">Keys that it reads or writes: of contact points, of requests and of imported rows.</param>
/// <param name="Changed">Leads that it changes.</param>
/// <param name="Tagged">Leads that it tags as possible duplicates.</param>
internal sealed record BatchNews(BoardRows Board, CoreBook Companies, IReadOnlySet<Guid> Keys, IReadOnlySet<Guid> Changed, IReadOnlySet<Guid> Tagged)
{
    /// <summary>Brings what was looked up to what it will be; false where more than a tag has changed and it must be looked up again.</summary>
    public bool Update(IEnumerable<LeadCandidate> looked)
    {
        if (Changed.Count == 0 && Tagged.Count == 0)
        {
            return true;
        }

        foreach (var lead in looked)
        {
            if (Changed.Contains(lead.Id))
            {
                return false;
            }

            if (Tagged.Contains(lead.Id))
            {
                lead.Findings |= (int)Finding.PossibleDuplicate;
            }
        }

        return true;
    }

    /// <summary>Keys that two batches must not both have for one to go ahead.</summary>
    public static HashSet<Guid> KeysOf(IReadOnlyList<Prepared> items)
    {
        HashSet<Guid> keys = new(items.Count * 3);
        foreach (var item in items)
        {
            foreach (var contact in item.Contacts)
            {
                keys.Add(contact.Key);
            }

            if (item.Request.Idempotency is { } request)
            {
                keys.Add(request.Key);
            }

            if (item.Request.Import is { } row)
            {
                keys.Add(row.Key);
            }
        }

        return keys;
    }
}
