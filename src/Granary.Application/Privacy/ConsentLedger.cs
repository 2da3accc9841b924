using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// Writes the consent ledger and what follows from it, within a transaction: stops by contact point, and the mark on every lead
/// of the person that all verbs and clocks look at.
/// </summary>
internal static class ConsentLedger
{
    /// <summary>Kind of event: a consent was given.</summary>
    public const string Given = "lead.consent_given";

    /// <summary>Kind of event: a consent was withdrawn.</summary>
    public const string Withdrawn = "lead.consent_withdrawn";

    /// <summary>The contact points of leads, but for what is none.</summary>
    public static Task<Guid[]> KeysOf(GranaryDb db, IReadOnlyList<Guid> leads, CancellationToken ct) => db.Set<ContactPoint>()
        .Where(c => leads.Contains(c.LeadId) && c.Kind != ContactKind.Unusable).Select(c => c.Key).Distinct().ToArrayAsync(ct);

    /// <summary>Keeps a consent of a lead, and ends the stop it contradicts.</summary>
    public static async Task Give(WriteScope scope, Lead lead, ConsentRecord consent, DateTimeOffset now, CancellationToken ct)
    {
        var keys = await KeysOf(scope.Db, [lead.Id], ct);
        scope.Db.Add(consent);
        scope.Db.AddRange(keys.Select(k => new ConsentKey { Key = k, ConsentId = consent.Id }));
        // The lead shows the one it came with; another one beside it stands in the ledger.
        if (lead.Consent is null || Json.Read<Domain.Capture.Consent>(lead.Consent).Purpose == consent.Purpose)
        {
            lead.Consent = Json.Write(new Domain.Capture.Consent(consent.Purpose, consent.TextVersion, consent.GivenAt));
        }

        await Lift(scope, keys, consent.Purpose, lead, now, consent.RecorderId, ct);
        Change(scope, lead, Given, new { consent.Purpose, consent.TextVersion }, now, consent.RecorderId);
    }

    /// <summary>Ends the stops of a purpose for contact points: their holder wants it again.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="keys">The contact points.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="lead">The lead that brought the consent, changed by the caller.</param>
    /// <param name="now">The instant.</param>
    /// <param name="actorId">Who recorded it.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task Lift(WriteScope scope, Guid[] keys, string purpose, Lead lead, DateTimeOffset now, Guid? actorId, CancellationToken ct)
    {
        await scope.Db.Set<ConsentStop>().Where(s => s.Purpose == purpose && keys.Contains(s.Key)).ExecuteDeleteAsync(ct);
        if (purpose != ConsentPurpose.SalesContact)
        {
            return;
        }

        lead.Privacy &= ~LeadPrivacy.ConsentWithdrawn;
        foreach (var other in await Holders(scope.Db, keys, [lead.Id], ct))
        {
            if (other.Id != lead.Id && other.Privacy.HasFlag(LeadPrivacy.ConsentWithdrawn))
            {
                other.Privacy &= ~LeadPrivacy.ConsentWithdrawn;
                Change(scope, other, Given, new { Purpose = purpose, lead = lead.Id }, now, actorId);
            }
        }
    }

    /// <summary>Ends every consent of the person behind a lead for a purpose, and all work that rests on it.</summary>
    /// <returns>The leads that were changed.</returns>
    public static async Task<IReadOnlyList<Lead>> Withdraw(WriteScope scope, Guid leadId, Withdrawal withdrawal, DateTimeOffset now, CancellationToken ct)
    {
        var db = scope.Db;
        var keys = await KeysOf(db, [leadId], ct);
        var open = await db.Set<ConsentRecord>()
            .Where(c => c.Purpose == withdrawal.Purpose && c.WithdrawnAt == null
                && (c.LeadId == leadId || db.Set<ConsentKey>().Any(k => k.ConsentId == c.Id && keys.Contains(k.Key)))).ToListAsync(ct);
        if (open.Count == 0)
        {
            // They never consented and object: that is kept too.
            var objection = new ConsentRecord { Id = Clock.NewId(now), LeadId = leadId, Purpose = withdrawal.Purpose, Source = ConsentSource.Hand, RecordedAt = now, RecorderId = withdrawal.By };
            db.Add(objection);
            db.AddRange(keys.Select(k => new ConsentKey { Key = k, ConsentId = objection.Id }));
            open.Add(objection);
        }

        foreach (var consent in open)
        {
            (consent.WithdrawnAt, consent.WithdrawnHow, consent.WithdrawnBy, consent.Reason) = (now, withdrawal.How, withdrawal.By, withdrawal.Reason);
        }

        await db.Set<ConsentStop>().Where(s => s.Purpose == withdrawal.Purpose && keys.Contains(s.Key)).ExecuteDeleteAsync(ct);
        db.AddRange(keys.Select(k => new ConsentStop { Key = k, Purpose = withdrawal.Purpose, At = now }));
        return await Stop(scope, await Holders(db, keys, [leadId], ct), withdrawal, now, ct);
    }

    /// <summary>Leads that hold one of some contact points, and those of some ids; in the order of ids.</summary>
    public static Task<List<Lead>> Holders(GranaryDb db, Guid[] keys, Guid[] ids, CancellationToken ct) => db.Set<Lead>()
        .Where(l => ids.Contains(l.Id) || db.Set<ContactPoint>().Any(c => c.LeadId == l.Id && keys.Contains(c.Key))).OrderBy(l => l.Id).ToListAsync(ct);

    /// <summary>Records a change of a lead.</summary>
    public static void Change<T>(WriteScope scope, Lead lead, string kind, T data, DateTimeOffset now, Guid? actorId)
    {
        (lead.Version, lead.ChangedAt) = (lead.Version + 1, now);
        scope.Db.Add(new EventRecord { SubjectId = lead.Id, Kind = kind, At = now, ActorId = actorId, Data = Json.Write(data) });
    }

    /// <summary>Marks leads whose person wants their data kept and not used.</summary>
    public static void Restrict<T>(WriteScope scope, IEnumerable<Lead> leads, T data, DateTimeOffset now, Guid? actorId)
    {
        foreach (var lead in leads.Where(l => !l.Privacy.HasFlag(LeadPrivacy.Restricted)))
        {
            (lead.Privacy, lead.RetryAt) = (lead.Privacy | LeadPrivacy.Restricted, null);
            Change(scope, lead, AnswerPersonRequest.Restricted, data, now, actorId);
        }
    }

    /// <summary>Ends all work on leads that rests on a purpose.</summary>
    public static async Task<IReadOnlyList<Lead>> Stop(WriteScope scope, List<Lead> leads, Withdrawal withdrawal, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var lead in leads)
        {
            if (lead.Consent is not null && Json.Read<Domain.Capture.Consent>(lead.Consent).Purpose == withdrawal.Purpose)
            {
                lead.Consent = null;
            }

            if (withdrawal.Purpose == ConsentPurpose.SalesContact)
            {
                lead.Privacy |= LeadPrivacy.ConsentWithdrawn;
                // Nobody tries to assign it, and what its owner planned is not due any more.
                (lead.RetryAt, lead.NextStep, lead.NextAt) = (null, null, null);
            }

            Change(scope, lead, Withdrawn, new { withdrawal.Purpose, how = withdrawal.How }, now, withdrawal.By);
        }

        await scope.Db.SaveChangesAsync(ct);
        return leads;
    }
}

/// <summary>That somebody does not want something any more.</summary>
/// <param name="Purpose">What.</param>
/// <param name="How">How they said so.</param>
/// <param name="By">Who recorded it; null for the person themselves.</param>
/// <param name="Reason">Why, encrypted.</param>
internal sealed record Withdrawal(string Purpose, WithdrawalWay How, Guid? By, SealedText? Reason);
