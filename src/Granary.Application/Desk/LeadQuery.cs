using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Turns a filter into a query over the leads a viewer may see; what it asks for is answered by an index where there is one.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, byte by byte.")]
internal sealed class LeadQuery(GranaryDb db, Vault vault, Setting setting, Viewer viewer)
{
    // One who shares a phone with more leads than these is no person.
    private const int MostOfOneContact = 500;
    private const char Last = '\uFFFF';

    private readonly Expression<Func<Lead, bool>>? _scored = viewer.Showing(setting, "score");

    /// <param name="filter">Which.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="within">A permission that has to reach them besides; null asks for none.</param>
    public async Task<IQueryable<Lead>> Filtered(LeadFilter filter, CancellationToken ct, Permission? within = null)
    {
        var leads = Shown(Owned(Facts(Placed(viewer.Leads(db), filter), filter), filter), filter);
        if (within is { } permission && viewer.Owners(permission) is not null)
        {
            var reached = viewer.Leads(db, permission);
            leads = leads.Where(l => reached.Any(r => r.Id == l.Id));
        }

        if (filter.Company is { Length: > 0 } company)
        {
            leads = leads.Where(Composed.Any(Companies(company)));
        }

        return filter.Q is { Length: > 0 } q ? await Searched(leads, q, ct) : leads;
    }

    public IQueryable<Lead> Ordered(IQueryable<Lead> leads, LeadFilter filter) => (filter.Sort, filter.Ascending) switch
    {
        (LeadSort.Score, true) => leads.OrderBy(Score).ThenBy(l => l.Id),
        (LeadSort.Score, false) => leads.OrderByDescending(Score).ThenByDescending(l => l.Id),
        (LeadSort.ChangedAt, true) => leads.OrderBy(l => l.ChangedAt).ThenBy(l => l.Id),
        (LeadSort.ChangedAt, false) => leads.OrderByDescending(l => l.ChangedAt).ThenByDescending(l => l.Id),
        (_, true) => leads.OrderBy(l => l.ReceivedAt).ThenBy(l => l.Id),
        _ => leads.OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id),
    };

    /// <summary>What leads are sorted by: a score that is hidden counts as 0, as it is shown.</summary>
    public Expression<Func<Lead, int>> Score
    {
        get
        {
            Expression<Func<Lead, int>> score = l => l.Score;
            return _scored is null ? score : score.Where(_scored, 0);
        }
    }

    // Who asks for a field asks for the leads of which they see it.
    private IQueryable<Lead> Shown(IQueryable<Lead> leads, LeadFilter filter)
    {
        List<string> asked = [];
        void Ask(string field, bool given)
        {
            if (given)
            {
                asked.Add(field);
            }
        }

        Ask("channel", filter.Channels.Count + filter.Campaigns.Count > 0 || filter.Import is not null);
        Ask("score", filter.Priorities.Count + filter.Cells.Count > 0);
        Ask("region", filter.Provinces.Count > 0);
        Ask("requirement", filter.Custom.Count > 0);
        Ask("tags", filter.Tags.Count > 0);
        Ask("company", filter.Company is { Length: > 0 } || filter.Account is not null);
        asked.AddRange(filter.Account is null ? [] : LeadVeil.Identity.Except(asked));
        return asked.Count > 0 && viewer.Showing(setting, asked) is { } showing ? leads.Where(showing) : leads;
    }

    private IQueryable<Lead> Owned(IQueryable<Lead> leads, LeadFilter filter)
    {
        var me = viewer.UserId;
        if (filter.InMyTray)
        {
            leads = leads.Where(l => l.TrayUserId == me);
        }

        var owners = filter.Mine ? filter.Owners.Append(me).Distinct().ToArray() : filter.Owners.ToArray();
        return (filter.Unowned, owners) switch
        {
            (false, []) => leads,
            (true, []) => leads.Where(l => l.OwnerId == null),
            (false, [var one]) => leads.Where(l => l.OwnerId == one),
            (false, _) => leads.Where(l => l.OwnerId != null && owners.Contains(l.OwnerId.Value)),
            (true, _) => leads.Where(l => l.OwnerId == null || owners.Contains(l.OwnerId.Value)),
        };
    }

    private IQueryable<Lead> Placed(IQueryable<Lead> leads, LeadFilter filter)
    {
        if (filter.Pools.Count > 0)
        {
            var pools = filter.Pools.Select(p => Guid.TryParse(p, out var id) ? id : setting.Pools.Find(p)?.Id ?? Guid.Empty).ToArray();
            leads = pools is [var one] ? leads.Where(l => l.PoolId == one) : leads.Where(l => l.PoolId != null && pools.Contains(l.PoolId.Value));
        }

        if (filter.Channels.Count > 0)
        {
            var channels = setting.Channels.All
                .Where(c => filter.Channels.Any(wanted => c.Path == wanted || c.Path.StartsWith(wanted + "/", StringComparison.Ordinal) || c.Id.ToString() == wanted))
                .Select(c => c.Id).ToArray();
            leads = channels is [var one] ? leads.Where(l => l.ChannelId == one) : leads.Where(l => channels.Contains(l.ChannelId));
        }

        if (filter.ReceivedFrom is { } from)
        {
            var start = from.Start(setting.Calendar.Zone);
            leads = leads.Where(l => l.ReceivedAt >= start);
        }

        if (filter.ReceivedTo is { } to)
        {
            var end = to.End(setting.Calendar.Zone);
            leads = leads.Where(l => l.ReceivedAt < end);
        }

        return leads;
    }

    private IQueryable<Lead> Facts(IQueryable<Lead> leads, LeadFilter filter)
    {
        if (filter.Statuses.Count > 0)
        {
            var statuses = filter.Statuses.ToArray();
            leads = statuses is [var one] ? leads.Where(l => l.Status == one) : leads.Where(l => statuses.Contains(l.Status));
        }

        if (filter.Priorities.Count > 0)
        {
            var priorities = filter.Priorities.Select(p => (int)p).ToArray();
            leads = leads.Where(l => priorities.Contains(l.Priority));
        }

        if (filter.Qualifications.Count > 0)
        {
            var stages = filter.Qualifications.ToArray();
            leads = stages is [var one] ? leads.Where(l => l.Qualification == one) : leads.Where(l => stages.Contains(l.Qualification));
        }

        if (filter.Grades.Count > 0)
        {
            var grades = filter.Grades.Select(g => (ProjectGrade?)g).ToArray();
            var reviews = db.Set<LeadReview>();
            leads = leads.Where(l => reviews.Any(r => r.LeadId == l.Id && grades.Contains(r.Grade) && !reviews.Any(later => later.LeadId == l.Id && later.Id > r.Id)));
        }

        if (filter.Cells.Count > 0)
        {
            var cells = filter.Cells.ToArray();
            leads = leads.Where(l => cells.Contains(l.Cell));
        }

        if (filter.Campaigns.Count > 0)
        {
            var campaigns = filter.Campaigns.ToArray();
            leads = leads.Where(l => campaigns.Contains(l.Campaign));
        }

        if (filter.Provinces.Count > 0)
        {
            var provinces = filter.Provinces.ToArray();
            leads = leads.Where(l => provinces.Contains(l.Province));
        }

        if (filter.Findings != Finding.None)
        {
            var findings = (int)filter.Findings;
            leads = leads.Where(l => (l.Findings & findings) != 0);
        }

        foreach (var field in filter.Custom.GroupBy(c => c.Key))
        {
            leads = leads.Where(Composed.Any(field.Select(c => CustomQuery.Holds<Lead>(setting, CustomFieldOwner.Lead, l => l.Custom, c.Key, c.Value))));
        }

        if (filter.Account is { } account)
        {
            leads = leads.Where(l => l.AccountId == account);
        }

        if (filter.Import is { } import)
        {
            leads = leads.Where(l => l.ImportId == import);
        }

        return filter.Tags.Count == 0 ? leads : leads.Where(Composed.Any(filter.Tags.Select(Tagged)));
    }

    // Tags are a JSON array in one column of text; a tag in it stands between quotes.
    private static Expression<Func<Lead, bool>> Tagged(string tag)
    {
        var quoted = Json.Write(tag);
        return l => ((string)(object)l.Tags).Contains(quoted);
    }

    private async Task<IQueryable<Lead>> Searched(IQueryable<Lead> leads, string q, CancellationToken ct)
    {
        var keys = Keys(q);
        var holders = keys.Length == 0 ? [] : await db.Set<ContactPoint>().Where(c => keys.Contains(c.Key)).Select(c => c.LeadId).Distinct().Take(MostOfOneContact).ToArrayAsync(ct);
        // Only those they may find count: that somebody else's lead holds what was typed must not change the answer.
        var found = leads.Where(Composed.And<Lead>(l => holders.Contains(l.Id), viewer.Showing(setting)));
        if (PhoneNumber.TryParse(q, out _, out _) || EmailAddress.TryParse(q, out _, out _) || (holders.Length > 0 && await found.AnyAsync(ct)))
        {
            return found;
        }

        var name = CleanText.Line(q) ?? q;
        var behind = name + Last;
        return leads.Where(Composed.Any(
        [
            Composed.And(Composed.Any(Companies(q)), viewer.Showing(setting, "company")),
            Composed.And<Lead>(l => string.Compare(l.ContactName, name) >= 0 && string.Compare(l.ContactName, behind) < 0, viewer.Showing(setting, "contact")),
        ]));
    }

    private Guid[] Keys(string q)
    {
        List<Guid> keys = [];
        if (PhoneNumber.TryParse(q, out var phone, out _))
        {
            keys.Add(vault.Key(phone));
        }

        if (EmailAddress.TryParse(q, out var email, out _))
        {
            keys.Add(vault.Key(email));
        }

        if (WeChatId.TryParse(q, out var weChat, out _))
        {
            keys.Add(vault.Key(weChat));
        }

        return [.. keys];
    }

    private IReadOnlyList<Expression<Func<Lead, bool>>> Companies(string text)
    {
        if (CompanyName.Parse(text) is not { } name)
        {
            return [];
        }

        var core = name.Core;
        return
        [
            .. CompanySearchKeys.For(name, setting.Aliases).Cores.Select(BeginsWith),
            l => l.CompanyTail == core,
        ];
    }

    private static Expression<Func<Lead, bool>> BeginsWith(string core)
    {
        var behind = core + Last;
        return l => string.Compare(l.CompanyKey, core) >= 0 && string.Compare(l.CompanyKey, behind) < 0;
    }
}
