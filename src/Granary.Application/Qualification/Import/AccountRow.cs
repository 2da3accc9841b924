using Granary.Application.Intake.Import.Records;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Matching;
using Granary.Domain.Policies;

namespace Granary.Application.Qualification.Import;

/// <summary>A row of a file of accounts, with what it says of an account.</summary>
internal sealed class AccountRow
{
    private readonly RecordRow _row;
    private readonly Dictionary<string, string> _custom;
    private readonly CompanySize? _size;
    private readonly int? _headcount;
    private readonly string? _tier;

    public AccountRow(RecordRow row, Setting setting)
    {
        _row = row;
        Name = CompanyName.Parse(row["name"]);
        CreditCode = row["creditCode"] is { } code ? Domain.Capture.CreditCode.Normalise(code) : null;
        _custom = row.Values.Where(v => v.Key.StartsWith("custom.", StringComparison.Ordinal)).ToDictionary(v => v.Key["custom.".Length..], v => v.Value);
        if (row["owner"] is { } owner && (OwnerId = RecordOwner.Named(setting, owner)) is null)
        {
            Errors.Add(new FieldError("owner", "not_a_user"));
        }

        if (row["size"] is { } size)
        {
            _size = RecordCell.TrySize(size, out var read) ? read : null;
            Errors.AddRange(_size is null ? [new FieldError("size", "not_a_choice")] : []);
        }

        if (row["headcount"] is { } headcount)
        {
            _headcount = RecordCell.TryCount(headcount, out var read) ? read : null;
            Errors.AddRange(_headcount is null ? [new FieldError("headcount", RowCodes.NotANumber)] : []);
        }

        if (row["tier"] is { } tier)
        {
            var word = RecordCell.Folded(tier);
            _tier = setting.Qualification.Tiers.FirstOrDefault(t => RecordCell.Folded(t.Id) == word || RecordCell.Folded(t.Name) == word)?.Id;
            Errors.AddRange(_tier is null ? [new FieldError("tier", "not_a_choice")] : []);
        }
    }

    /// <summary>The company's name; null where the row has none that could be one.</summary>
    public CompanyName? Name { get; }

    /// <summary>The credit code in its normal form.</summary>
    public string? CreditCode { get; }

    /// <summary>The owner; null where the row names none.</summary>
    public Guid? OwnerId { get; }

    /// <summary>What cannot be read.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>An account as it is with what the row says; empty cells change nothing.</summary>
    public AccountInput On(AccountInput account) => account with
    {
        Name = _row["name"] ?? account.Name,
        CreditCode = CreditCode ?? account.CreditCode,
        OwnerId = OwnerId ?? account.OwnerId,
        Industry = _row["industry"] ?? account.Industry,
        Size = _size ?? account.Size,
        Headcount = _headcount ?? account.Headcount,
        Province = _row["province"] ?? account.Province,
        City = _row["city"] ?? account.City,
        Tier = _tier ?? account.Tier,
        Website = _row["website"] ?? account.Website,
        Sites = Several("sites") ?? account.Sites,
        PastOrders = Several("pastOrders") ?? account.PastOrders,
        Competitors = Several("competitors") ?? account.Competitors,
        Note = _row["note"] ?? account.Note,
        Custom = _custom.Count == 0 ? account.Custom : account.Custom.Where(c => !_custom.ContainsKey(c.Key)).Concat(_custom).ToDictionary(),
    };

    private IReadOnlyList<string>? Several(string path) => _row[path] is { } cell ? RecordCell.Several(cell) : null;
}
