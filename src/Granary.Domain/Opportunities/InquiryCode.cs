using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>What the segments of an inquiry code are filled with.</summary>
public sealed record InquiryCodeFacts
{
    /// <summary>Code of the region, such as <c>HB</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Code of the province, such as <c>11</c>.</summary>
    public string? Province { get; init; }

    /// <summary>Number of the customer, from 1.</summary>
    public int Customer { get; init; }

    /// <summary>Code of the department, such as <c>HX</c>.</summary>
    public string? Department { get; init; }

    /// <summary>Code of the product line, such as <c>PL</c>.</summary>
    public string? Product { get; init; }

    /// <summary>The day the code is made, in organisation time.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>
/// The pattern of inquiry codes (§13): text and segments in braces, of which <c>{serial:0000}</c> is one. A code without its serial
/// is the series it is counted in, so that numbers run on within a month, a province or whatever the pattern names.
/// </summary>
public sealed partial record InquiryCodePattern
{
    /// <summary>The built-in pattern.</summary>
    public const string BuiltIn = "EN-{region}-{province}-{customer:0000}-{dept}-{product}-{yyyy}-{MM}-{serial:0000}";

    /// <summary>Longest pattern and longest code.</summary>
    public const int Longest = 100;

    private static readonly HashSet<string> Segments = new(StringComparer.Ordinal) { "region", "province", "customer", "dept", "product", "yyyy", "MM", "serial" };

    private readonly string _pattern;

    private InquiryCodePattern(string pattern) => _pattern = pattern;

    /// <summary>The pattern, once <see cref="Errors"/> finds nothing.</summary>
    /// <exception cref="FormatException">The pattern is none.</exception>
    public static InquiryCodePattern Parse(string pattern) =>
        Errors(pattern, "pattern") is [] ? new InquiryCodePattern(pattern) : throw new FormatException("Not a pattern of inquiry codes.");

    /// <summary>
    /// What is wrong with a pattern: <c>required</c>, <c>too_long</c>, <c>malformed</c> (a brace without its other, characters that a
    /// code cannot have), <c>unknown_segment</c>, <c>serial_required</c> (it must stand in it once).
    /// </summary>
    public static IReadOnlyList<FieldError> Errors(string? pattern, string field)
    {
        if (string.IsNullOrWhiteSpace(pattern))
        {
            return [new FieldError(field, "required")];
        }

        if (pattern.Length > Longest)
        {
            return [new FieldError(field, "too_long", $"{Longest}")];
        }

        if (!Plain().IsMatch(Segment().Replace(pattern, "")))
        {
            return [new FieldError(field, "malformed")];
        }

        var names = Segment().Matches(pattern).Select(m => m.Groups["name"].Value).ToList();
        return names.FirstOrDefault(n => !Segments.Contains(n)) is { } unknown ? [new FieldError(field, "unknown_segment", unknown)]
            : names.Count(n => n == "serial") != 1 ? [new FieldError(field, "serial_required")]
            : [];
    }

    /// <summary>The series a code is counted in: the code with a star for its serial.</summary>
    public string Series(InquiryCodeFacts facts) => Fill(facts, null);

    /// <summary>The code.</summary>
    /// <param name="facts">What fills the segments; what is unknown is written <c>X</c>.</param>
    /// <param name="serial">The number within the series, from 1; it grows beyond its digits rather than begin anew.</param>
    public string Code(InquiryCodeFacts facts, long serial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serial, 1);
        return Fill(facts, serial);
    }

    private string Fill(InquiryCodeFacts facts, long? serial)
    {
        var code = new StringBuilder(Longest);
        var at = 0;
        foreach (Match segment in Segment().Matches(_pattern))
        {
            code.Append(_pattern, at, segment.Index - at);
            code.Append(Value(segment.Groups["name"].Value, segment.Groups["digits"].Value, facts, serial));
            at = segment.Index + segment.Length;
        }

        return code.Append(_pattern, at, _pattern.Length - at).ToString();
    }

    private static string Value(string name, string digits, InquiryCodeFacts facts, long? serial) => name switch
    {
        "region" => Known(facts.Region),
        "province" => Known(facts.Province),
        "customer" => facts.Customer.ToString(digits, CultureInfo.InvariantCulture),
        "dept" => Known(facts.Department),
        "product" => Known(facts.Product),
        "yyyy" => facts.On.Year.ToString("0000", CultureInfo.InvariantCulture),
        "MM" => facts.On.Month.ToString("00", CultureInfo.InvariantCulture),
        _ => serial?.ToString(digits, CultureInfo.InvariantCulture) ?? "*",
    };

    private static string Known(string? code) => string.IsNullOrWhiteSpace(code) ? "X" : code.Trim();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(:(?<digits>0{1,9}))?\}")]
    private static partial Regex Segment();

    [GeneratedRegex(@"^[\p{L}\p{N}\-_/. ]*$")]
    private static partial Regex Plain();
}
