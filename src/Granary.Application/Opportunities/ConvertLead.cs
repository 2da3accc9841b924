using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Converts a lead (§12): account, contact and opportunity, each new or one that is there, the lead's ownership closed, all in one
/// transaction. Whoever converts the same lead at the same time finds it converted.
/// </summary>
public sealed class ConvertLead(LeadVerb verb, Vault vault, IEnumerable<ConversionPart> parts)
{
    /// <summary>Converts it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">What holds, and what it becomes.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(LeadResult Result, LeadConversion? Conversion)> Convert(Viewer viewer, Guid id, ConversionInput input, int? seen = null, CancellationToken ct = default)
    {
        LeadConversion? made = null;
        var result = await verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            (made, var refusal) = Refusal(work, viewer, lead, input) is { } no ? (null, no) : await Convert(work, viewer, lead, input, ct);
            return refusal ?? work.Changed(lead);
        }, ct);
        return (result, result is LeadResult.Done ? made : null);
    }

    private static LeadResult? Refusal(LeadWork work, Viewer viewer, Lead lead, ConversionInput input) =>
        !viewer.May(Permission.EditOpportunities) || (lead.OwnerId is { } owner && viewer.Owners(Permission.EditOpportunities)?.Contains(owner) == false) ? new LeadResult.Forbidden()
        : work.Unassignable(lead) is { } stopped ? stopped
        : input.Errors(work.Setting) is [_, ..] errors ? new LeadResult.Invalid(errors)
        : !input.Criteria.Met(work.Setting.Qualification) ? new LeadResult.Refused(LeadRefusal.CriteriaNotMet)
        : lead.OwnerId is null ? new LeadResult.Refused(LeadRefusal.NotOwned)
        : null;

    private async Task<(LeadConversion? Conversion, LeadResult? Refusal)> Convert(LeadWork work, Viewer viewer, Lead lead, ConversionInput input, CancellationToken ct)
    {
        var accounts = new AccountOfLead(work, viewer, vault, lead);
        var (account, accountMade, refusal) = await accounts.Find(input.Account, ct);
        if (account is null)
        {
            return (null, refusal);
        }

        Opportunity? given = null;
        if (input.Opportunity?.Id is { } asked
            && (given = await viewer.Opportunities(work.Scope.Db, Permission.EditOpportunities).SingleOrDefaultAsync(o => o.Id == asked && o.AccountId == account.Id && o.ClosedAt == null, ct)) is null)
        {
            return (null, new LeadResult.Invalid([new FieldError("opportunity.id", "unknown_value")]));
        }

        var line = given?.Line ?? input.Opportunity?.Line ?? work.Setting.Opportunities.Lines[0].Id;
        foreach (var part in parts)
        {
            if (await part.Refusal(work, lead, line, ct) is { } no)
            {
                return (null, no);
            }
        }

        var (contact, contactMade) = await ContactOfLead.Find(work, vault, lead, account, await accounts.Points(ct), ct);
        await Keep(work, account, accountMade, contactMade, ct);
        var conversion = new LeadConversion
        {
            Id = Clock.NewId(work.Now),
            LeadId = lead.Id,
            AccountId = account.Id,
            AccountMade = accountMade,
            ContactId = contact?.Id,
            ContactMade = contactMade,
            Criteria = [.. input.Criteria.Holding(work.Setting.Qualification)],
            OwnershipId = await work.Scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == lead.Id && o.To == null).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct),
            Before = Json.Write(LeadPlace.Of(lead)),
            PolicyVersion = work.Setting.Versions[PolicyKind.Qualification.Name],
            ActorId = viewer.UserId,
            At = work.Now,
        };
        await Close(work, lead, account.Id, ct);
        var opportunity = given ?? await Make(work, lead, account, contact, input, ct);
        (conversion.OpportunityId, conversion.OpportunityMade, conversion.OpportunityVersion) = (opportunity.Id, given is null, opportunity.Version);
        work.Scope.Db.Add(conversion);
        foreach (var part in parts)
        {
            await part.Carry(work, lead, opportunity, ct);
        }

        work.Changes.Happened(lead.Id, LeadEvent.Converted, work.Now, work.ActorId, new { lead.OwnerId, lead.AccountId, opportunityId = opportunity.Id, opportunity.Code, conversion.Criteria });
        work.Changes.Happened(opportunity.Id, given is null ? OpportunityEvent.Created : OpportunityEvent.LeadLinked, work.Now, work.ActorId, new { leadId = lead.Id, opportunity.Code, opportunity.Amount, opportunity.Stage });
        return (conversion, null);
    }

    // Later leads of the company and of the contact find the account; a contact more is a change of the account.
    private async Task Keep(LeadWork work, Account account, bool accountMade, bool contactMade, CancellationToken ct)
    {
        if (!accountMade && contactMade)
        {
            (account.Version, account.ChangedAt) = (account.Version + 1, work.Now);
        }

        if (accountMade || contactMade)
        {
            await work.Scope.Db.SaveChangesAsync(ct);
            await AccountIndex.Refresh(work.Scope.Db, vault, work.Setting, account, ct);
        }
    }

    // The owner stays on the lead for the record, as with all that is closed.
    private static async Task Close(LeadWork work, Lead lead, Guid accountId, CancellationToken ct)
    {
        await work.Decided(lead, ct);
        await work.End(lead, Ended.Converted, null, ct);
        (lead.Status, lead.AccountId, lead.PoolId, lead.TrayUserId, lead.RetryAt) = (LeadStatus.Converted, accountId, null, null, null);
        (lead.NextStep, lead.NextAt, lead.PlacedAt) = (null, null, work.Now);
    }

    private static async Task<Opportunity> Make(LeadWork work, Lead lead, Account account, AccountContact? contact, ConversionInput input, CancellationToken ct)
    {
        var (asked, criteria) = (input.Opportunity ?? new ConversionOpportunity(), input.Criteria);
        var policy = work.Setting.Opportunities;
        var line = asked.Line is { } id ? policy.Line(id)! : policy.Lines[0];
        var product = Given(asked.ProductLine) ?? lead.Products.FirstOrDefault();
        var opportunity = new Opportunity
        {
            Id = Clock.NewId(work.Now),
            Code = await InquiryCodes.Next(work, lead, account.Id, lead.OwnerId!.Value, product, ct),
            Name = Given(asked.Name) ?? Named(account.Name, product),
            AccountId = account.Id,
            ContactId = contact?.Id,
            LeadId = lead.Id,
            OwnerId = lead.OwnerId.Value,
            Line = line.Id,
            Stage = line.First.Id,
            StageSince = work.Now,
            Amount = asked.Amount ?? criteria.Budget ?? lead.BudgetMax ?? lead.BudgetMin ?? 0,
            Currency = work.Setting.Organisation.Currency,
            ExpectedOn = asked.ExpectedOn ?? criteria.Date ?? lead.PurchaseBy,
            ProductLine = product,
            Inquiry = InquiryGrades.Suggested(new InquiryFacts(criteria.BudgetConfirmed, criteria.Intention, Leaning.Unclear)),
            Custom = Mapped(work.Setting, lead),
            CreatedAt = work.Now,
            ChangedAt = work.Now,
        };
        work.Scope.Db.Add(opportunity);
        return opportunity;
    }

    // A value of the lead goes over where opportunities have a field of the same key that can hold it.
    private static string? Mapped(Setting setting, Lead lead)
    {
        Dictionary<string, string> kept = [];
        foreach (var (key, value) in lead.Custom is null ? [] : Json.Read<Dictionary<string, string>>(lead.Custom))
        {
            // Lists of choices may have other ids for the same names.
            var choices = setting.Fields.Find(CustomFieldOwner.Lead, key)?.Choices ?? [];
            var named = string.Join(',', value.Split(',').Select(v => choices.FirstOrDefault(c => c.Id == v)?.Name ?? v));
            if (setting.Fields.Find(CustomFieldOwner.Opportunity, key) is { } field && (field.Read(value, out _) ?? field.Read(named, out _)) is { } read)
            {
                kept[key] = read;
            }
        }

        return kept.Count == 0 ? null : Json.Write(kept);
    }

    private static string Named(string account, string? product)
    {
        var name = product is null ? account : $"{account} · {product}";
        return name.Length <= Opportunity.LongestName ? name : name[..Opportunity.LongestName];
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
