using Granary.Application.Intake.Import.Records;
using Granary.Application.Settings;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;

namespace Granary.Application.Opportunities.Import;

/// <summary>A row of a file of opportunities, with what it says of one.</summary>
internal sealed class OpportunityRow
{
    private readonly RecordRow _row;
    private readonly Dictionary<string, string> _custom;
    private readonly decimal? _amount;
    private readonly DateOnly? _expectedOn;

    public OpportunityRow(RecordRow row, Setting setting)
    {
        _row = row;
        Account = CompanyName.Parse(row["account"]);
        CreditCode = row["creditCode"] is { } code ? Domain.Capture.CreditCode.Normalise(code) : null;
        Name = CleanText.Line(row["name"]);
        _custom = row.Values.Where(v => v.Key.StartsWith("custom.", StringComparison.Ordinal)).ToDictionary(v => v.Key["custom.".Length..], v => v.Value);
        if (row["owner"] is { } owner && (OwnerId = RecordOwner.Named(setting, owner)) is null)
        {
            Errors.Add(new FieldError("owner", "not_a_user"));
        }

        if (row["line"] is { } line)
        {
            var word = RecordCell.Folded(line);
            Line = setting.Opportunities.Lines.FirstOrDefault(l => RecordCell.Folded(l.Id) == word || RecordCell.Folded(l.Name) == word);
            Errors.AddRange(Line is null ? [new FieldError("line", "not_a_choice")] : []);
        }

        if (row["amount"] is { } amount)
        {
            _amount = RecordCell.TryAmount(amount, out var read) ? read : null;
            Errors.AddRange(_amount is null ? [new FieldError("amount", RowCodes.InvalidAmount)] : []);
        }

        if (row["expectedOn"] is { } day)
        {
            _expectedOn = RecordCell.TryDate(day, out var read) ? read : null;
            Errors.AddRange(_expectedOn is null ? [new FieldError("expectedOn", RowCodes.InvalidDate)] : []);
        }
    }

    /// <summary>The inquiry code.</summary>
    public string? Code => _row["code"];

    /// <summary>The name.</summary>
    public string? Name { get; }

    /// <summary>The account's name.</summary>
    public CompanyName? Account { get; }

    /// <summary>The account's credit code in its normal form.</summary>
    public string? CreditCode { get; }

    /// <summary>The owner; null where the row names none.</summary>
    public Guid? OwnerId { get; }

    /// <summary>The business line; null where the row names none.</summary>
    public BusinessLine? Line { get; }

    /// <summary>What cannot be read.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>The fields of an opportunity with what the row says; empty cells change nothing.</summary>
    public OpportunityEdit On(OpportunityEdit fields) => fields with
    {
        Name = Name ?? fields.Name,
        ProductLine = _row["productLine"] ?? fields.ProductLine,
        Amount = _amount ?? fields.Amount,
        ExpectedOn = _expectedOn ?? fields.ExpectedOn,
        Custom = _custom.Count == 0 ? fields.Custom : fields.Custom.Where(c => !_custom.ContainsKey(c.Key)).Concat(_custom).ToDictionary(),
    };
}
