using System.Text.RegularExpressions;

namespace Granary.Domain.Capture.Mapping;

/// <summary>What the cells of a column look like.</summary>
internal sealed partial class SampleShape
{
    private const double Most = 0.6;
    private const double Few = 0.3;

    private readonly int _filled;
    private readonly int _phones;
    private readonly int _mails;
    private readonly int _answers;

    private SampleShape(IEnumerable<string> cells)
    {
        var (companies, credit, mobiles) = (0, 0, 0);
        foreach (var cell in cells)
        {
            _filled++;
            _phones += Phone().IsMatch(cell) ? 1 : 0;
            mobiles += Mobile().IsMatch(cell) ? 1 : 0;
            _mails += Mail().IsMatch(cell) ? 1 : 0;
            _answers += ChoiceCell.TryYesNo(cell, out _) ? 1 : 0;
            companies += Company().IsMatch(cell) ? 1 : 0;
            credit += CreditCode().IsMatch(cell) ? 1 : 0;
        }

        Target = Mainly(_mails) ? "contact.emails"
            : Mainly(mobiles) ? "contact.phones"
            : Mainly(credit) ? "company.creditCode"
            : Mainly(companies) ? "company.name"
            : null;
    }

    /// <summary>The field that cells of this look belong to; null when they show none.</summary>
    public string? Target { get; }

    public static SampleShape Of(IReadOnlyList<TableRow> sample, int column) =>
        new(sample.Select(r => r.Cell(column)).OfType<string>());

    /// <summary>Whether the cells cannot be meant for a field, whatever the heading says.</summary>
    public bool Contradicts(string target) => _filled > 0 && target switch
    {
        "contact.phones" => _phones < Few * _filled,
        "contact.emails" => _mails < Few * _filled,
        "consent.given" => !Mainly(_answers),
        "contact.name" or "company.name" or "requirement" => Mainly(_answers) || Mainly(_mails),
        _ => false,
    };

    private bool Mainly(int count) => _filled > 0 && count >= Most * _filled;

    [GeneratedRegex(@"^\+?[\d\s()（）\-.,;、/转*#Ee+]{5,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^(\+?86|0086)?[\s-]?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"(公司|集团|有限|工厂|厂|事务所|研究院|Ltd\.?|Inc\.?|LLC|GmbH|Corp\.?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Company();

    [GeneratedRegex(@"^[159ANY][1-9A-HJ-NP-Y]?\d{6}[0-9A-HJ-NP-RTUWXY]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex CreditCode();
}
