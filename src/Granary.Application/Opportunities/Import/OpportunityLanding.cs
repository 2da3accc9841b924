using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Import;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Opportunities.Import;

/// <summary>Decides one row of opportunities after the other, and changes what is to be written.</summary>
internal sealed class OpportunityLanding(RecordChunk chunk, OpportunityWork work, AccountBook book, IReadOnlyList<Opportunity> stored)
{
    private readonly Dictionary<string, Opportunity> _byCode = stored.ToDictionary(o => o.Code, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(Guid, string), Opportunity> _byName = stored.GroupBy(o => (o.AccountId, o.Name)).ToDictionary(g => g.Key, g => g.First());
    private readonly IReadOnlyCollection<Guid>? _accounts = chunk.Viewer.Owners(Permission.ManageAccounts);
    private readonly List<(Opportunity Opportunity, Account Account)> _made = [];

    /// <summary>Those that were made, with their accounts; they have no inquiry code yet.</summary>
    public IReadOnlyList<(Opportunity Opportunity, Account Account)> Made => _made;

    public RecordOutcome Land(OpportunityRow row)
    {
        var account = row.CreditCode is { } code ? book.ByCode(code) : row.Account is { } company ? book.ByName(company) : null;
        if (account is not null && !SeesAccount(account))
        {
            account = null;
        }

        List<FieldError> errors = [.. row.Errors];
        if (account is null && (row.CreditCode ?? row.Account?.Core) is not null)
        {
            errors.Add(new FieldError(row.CreditCode is null ? "account" : "creditCode", "no_such_account"));
        }

        if (errors.Count > 0)
        {
            return RecordOutcome.Failed(errors);
        }

        var (mode, key) = (chunk.Plan.Mode, chunk.Plan.KeyField);
        var named = account is not null && row.Name is { } name ? Named(account.Id, name) : null;
        var found = mode != ImportMode.Create && key == "name" ? named : row.Code is { } inquiry ? _byCode.GetValueOrDefault(inquiry) : mode == ImportMode.Create || key == "name" ? named : null;
        if (found is not null && !chunk.Viewer.Reaches(found, Permission.EditOpportunities))
        {
            return RecordOutcome.Failed(new FieldError(key ?? "name", mode == ImportMode.Update ? "not_found" : "duplicate"));
        }

        // A code is given by the product alone: one that nobody has is a mistake.
        return found is null && (mode == ImportMode.Update || (row.Code is not null && key != "name")) ? RecordOutcome.Failed(new FieldError(mode == ImportMode.Update ? key! : "code", "not_found"))
            : found is null ? Create(row, account, named) : Change(row, found, mode == ImportMode.Create);
    }

    /// <summary>Writes what was made, once it has its codes.</summary>
    public void Write()
    {
        foreach (var (made, _) in _made)
        {
            work.Db.Add(made);
            work.Happened(made, OpportunityEvent.Created, new { leadId = (Guid?)null, made.Code, made.Amount, made.Stage, importId = chunk.ImportId });
        }
    }

    private bool SeesAccount(Account account) => chunk.Viewer.May(Permission.ManageAccounts)
        ? _accounts is null || (account.OwnerId is { } owner && _accounts.Contains(owner))
        : account.OwnerId is { } keeper && chunk.Viewer.ReachesOf(keeper, Permission.EditOpportunities);

    private Opportunity? Named(Guid account, string name) =>
        _byName.GetValueOrDefault((account, name)) ?? (chunk.Trial?.TryGetValue($"{account}:{name}", out var made) == true ? (Opportunity)made : null);

    private RecordOutcome Create(OpportunityRow row, Account? account, Opportunity? named)
    {
        var owner = row.OwnerId ?? chunk.Viewer.UserId;
        var (fields, errors) = EditOpportunity.Checked(chunk.Setting, row.On(new OpportunityEdit(null, null, null, null)), new Dictionary<string, string>());
        List<FieldError> wrong =
        [
            .. errors,
            .. account is null ? [new FieldError("account", "required")] : Array.Empty<FieldError>(),
            .. !chunk.Setting.CanOwn(owner) ? [new FieldError("owner", "inactive_user")] : !chunk.Viewer.ReachesOf(owner, Permission.EditOpportunities) ? [new FieldError("owner", "unknown_value")] : Array.Empty<FieldError>(),
            .. named is not null ? [new FieldError("name", "duplicate")] : Array.Empty<FieldError>(),
        ];
        if (wrong.Count > 0)
        {
            return RecordOutcome.Failed(wrong);
        }

        var line = row.Line ?? chunk.Setting.Opportunities.Lines[0];
        var opportunity = new Opportunity
        {
            Id = work.NewId(),
            Code = "",
            Name = fields.Name!,
            AccountId = account!.Id,
            OwnerId = owner,
            Line = line.Id,
            Stage = line.First.Id,
            StageSince = chunk.Now,
            Amount = fields.Amount!.Value,
            Currency = chunk.Setting.Organisation.Currency,
            ExpectedOn = fields.ExpectedOn,
            ProductLine = fields.ProductLine,
            Inquiry = InquiryGrade.D,
            Custom = fields.Custom.Count == 0 ? null : Json.Write(fields.Custom),
            CreatedAt = chunk.Now,
            ChangedAt = chunk.Now,
        };
        _made.Add((opportunity, account));
        _byName[(account.Id, opportunity.Name)] = opportunity;
        chunk.Trial?.TryAdd($"{account.Id}:{opportunity.Name}", opportunity);
        return RecordOutcome.Of(RecordFate.Created, opportunity.Name);
    }

    private RecordOutcome Change(OpportunityRow row, Opportunity opportunity, bool onlyCompare)
    {
        List<FieldError> fixedFields =
        [
            .. row.OwnerId is { } owner && owner != opportunity.OwnerId ? [new FieldError("owner", "not_changed_by_import")] : Array.Empty<FieldError>(),
            .. row.Line is { } line && line.Id != opportunity.Line ? [new FieldError("line", "not_changed_by_import")] : Array.Empty<FieldError>(),
        ];
        var before = OpportunityEdit.Of(opportunity);
        var (after, errors) = EditOpportunity.Checked(chunk.Setting, row.On(before), before.Custom);
        if (errors.Count == 0 && fixedFields.Count == 0 && after.Same(before))
        {
            return RecordOutcome.Of(RecordFate.Same, opportunity.Name);
        }

        if (onlyCompare)
        {
            return RecordOutcome.Failed(new FieldError(row.Code is null ? "name" : "code", "duplicate"));
        }

        if (fixedFields.Count > 0)
        {
            return RecordOutcome.Failed(fixedFields);
        }

        return EditOpportunity.Edit(work, opportunity, row.On) switch
        {
            OpportunityResult.Done => RecordOutcome.Of(RecordFate.Updated, opportunity.Name, opportunity.Id, Changes(before, after)),
            OpportunityResult.Invalid invalid => RecordOutcome.Failed(invalid.Errors),
            OpportunityResult.Refused => RecordOutcome.Failed(new FieldError("code", "closed_opportunity")),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static List<FieldChange> Changes(OpportunityEdit before, OpportunityEdit after)
    {
        List<FieldChange> changes = [];
        void Compare(string field, object? was, object? becomes)
        {
            if (!Equals(was, becomes))
            {
                changes.Add(new FieldChange(field, SaveAccount.Words(was), SaveAccount.Words(becomes)));
            }
        }

        Compare("name", before.Name, after.Name);
        Compare("productLine", before.ProductLine, after.ProductLine);
        Compare("amount", before.Amount, after.Amount);
        Compare("expectedOn", before.ExpectedOn, after.ExpectedOn);
        foreach (var key in before.Custom.Keys.Union(after.Custom.Keys))
        {
            Compare($"custom.{key}", before.Custom.GetValueOrDefault(key), after.Custom.GetValueOrDefault(key));
        }

        return changes;
    }
}
