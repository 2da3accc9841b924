using System.Diagnostics.CodeAnalysis;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Finds the leads that belong together with one, among those the viewer may see.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, byte by byte.")]
internal static class Kin
{
    private const int Most = 20;

    public static async Task<IReadOnlyList<Relative>> Of(GranaryDb db, Viewer viewer, Setting setting, Lead lead, CancellationToken ct)
    {
        List<Relative> relatives = [];
        void Add(Kinship kinship, MatchLevel level, IEnumerable<ListedLead> leads) =>
            relatives.AddRange(leads.Where(l => l.Id != lead.Id && relatives.TrueForAll(r => r.Lead.Id != l.Id)).Select(l => new Relative(kinship, level, l)));

        // A lead in a pool that does not say who it is must not be told by its kin either.
        var known = viewer.Showing(setting, LeadVeil.Identity) is { } showing ? viewer.Leads(db).Where(showing) : viewer.Leads(db);
        if (lead.SourceLeadId is { } source)
        {
            Add(Kinship.Source, MatchLevel.Exact, await ListedLead.Of(known.Where(l => l.Id == source)).ToListAsync(ct));
        }

        var head = lead.SourceLeadId ?? lead.Id;
        Add(Kinship.Linked, MatchLevel.Exact, await ListedLead.Of(known.Where(l => l.SourceLeadId == head).OrderBy(l => l.Id).Take(Most)).ToListAsync(ct));
        if (CompanyName.Parse(lead.CompanyName) is { } company)
        {
            var from = company.Core;
            var to = from + '\uFFFF';
            var namesakes = await ListedLead.Of(known
                .Where(l => string.Compare(l.CompanyKey, from) >= 0 && string.Compare(l.CompanyKey, to) < 0)
                .OrderBy(l => l.CompanyKey).ThenBy(l => l.ReceivedAt).Take(Most)).ToListAsync(ct);
            foreach (var namesake in namesakes)
            {
                var level = CompanyName.Parse(namesake.Company) is { } other ? CompanyMatching.Compare(company, other, setting.Aliases) : MatchLevel.None;
                if (level >= MatchLevel.Strong)
                {
                    Add(Kinship.SameCompany, level, [namesake]);
                }
            }
        }

        return relatives;
    }
}
