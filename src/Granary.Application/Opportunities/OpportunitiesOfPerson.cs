using Granary.Application.Capture;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Opportunities whose words may be about a person: their own, which began with a lead of theirs or with them as the contact, and those
/// near them, of an account where they are a contact or that their leads became part of. Of their own all words go, of those near
/// them the ones that name the person.
/// </summary>
internal sealed class OpportunitiesOfPerson
{
    private readonly PersonWork _work;
    private readonly HashSet<Guid> _own;

    private OpportunitiesOfPerson(PersonWork work, IEnumerable<Guid> own, IEnumerable<Guid> near)
    {
        (_work, _own) = (work, [.. own]);
        Own = [.. _own];
        Near = [.. near.Where(id => !_own.Contains(id))];
        All = [.. Own, .. Near];
    }

    /// <summary>Their own.</summary>
    public Guid[] Own { get; }

    /// <summary>Those near them.</summary>
    public Guid[] Near { get; }

    /// <summary>Both.</summary>
    public Guid[] All { get; }

    /// <summary>Finds them. Where leads alone are meant, as at the end of a retention period, only what began with them.</summary>
    public static async Task<OpportunitiesOfPerson> Find(PersonWork work, CancellationToken ct)
    {
        var (all, leads, records) = (work.Db.Set<Opportunity>(), work.Leads, work.Records.ToArray());
        var own = await all.Where(o => (o.LeadId != null && leads.Contains(o.LeadId.Value)) || (o.ContactId != null && records.Contains(o.ContactId.Value))).Select(o => o.Id).ToListAsync(ct);
        if (work.Keys.Length == 0)
        {
            return new(work, own, []);
        }

        var accounts = work.Db.Set<Lead>().Where(l => leads.Contains(l.Id) && l.AccountId != null).Select(l => l.AccountId!.Value);
        var joined = work.Db.Set<LeadConversion>().Where(c => leads.Contains(c.LeadId)).Select(c => c.OpportunityId);
        return new(work, own, await all.Where(o => records.Contains(o.AccountId) || accounts.Contains(o.AccountId) || joined.Contains(o.Id)).Select(o => o.Id).ToListAsync(ct));
    }

    /// <summary>Whether words of an opportunity are about the person.</summary>
    public bool About(Guid opportunity, params ReadOnlySpan<string?> texts)
    {
        var about = false;
        foreach (var text in texts)
        {
            about |= text is not (null or "" or PersonWork.Gone) && (_own.Contains(opportunity) || _work.Named(text));
        }

        return about;
    }

    /// <summary>Words that may be left out, without those about the person.</summary>
    public string? Kept(Guid opportunity, string? text) => About(opportunity, text) ? null : text;

    /// <summary>Words that must be there, without those about the person.</summary>
    public string Said(Guid opportunity, string text) => About(opportunity, text) ? PersonWork.Gone : text;
}
