using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>What a custom field holds (§3). Numbers are stored and never reused.</summary>
public enum CustomFieldKind
{
    /// <summary>A text of up to 2,000 characters.</summary>
    Text = 1,

    /// <summary>A number with up to nine decimals.</summary>
    Number = 2,

    /// <summary>Money in the organisation's currency, with at most two decimals.</summary>
    Money = 3,

    /// <summary>A day.</summary>
    Date = 4,

    /// <summary>One of a list.</summary>
    Choice = 5,

    /// <summary>Several of a list.</summary>
    MultiChoice = 6,

    /// <summary>A user.</summary>
    User = 7,

    /// <summary>Yes or no.</summary>
    YesNo = 8,
}

/// <summary>What a custom field belongs to.</summary>
public enum CustomFieldOwner
{
    /// <summary>Leads.</summary>
    Lead = 1,

    /// <summary>Accounts.</summary>
    Account = 2,

    /// <summary>Opportunities.</summary>
    Opportunity = 3,
}

/// <summary>One of a field's list.</summary>
/// <param name="Id">Stable id; 1 to 40 of a–z, 0–9, <c>_</c>, <c>-</c>.</param>
/// <param name="Name">What people see, 1 to 100 characters.</param>
public sealed record CustomChoice(string Id, string Name);

/// <summary>A field that an administrator added (§3).</summary>
public sealed record CustomField
{
    private const int LongestText = 2_000, MostChoices = 500;

    /// <summary>Stable name in the API, in files and in rules; 1 to 40 of a–z, 0–9, <c>_</c>, beginning with a letter.</summary>
    public required string Key { get; init; }

    /// <summary>What people see, 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The same in English; null shows <see cref="Name"/>.</summary>
    public string? EnglishName { get; init; }

    /// <summary>What it belongs to.</summary>
    public CustomFieldOwner Owner { get; init; } = CustomFieldOwner.Lead;

    /// <summary>What it holds.</summary>
    public CustomFieldKind Kind { get; init; } = CustomFieldKind.Text;

    /// <summary>The list of a choice.</summary>
    public IReadOnlyList<CustomChoice> Choices { get; init; } = [];

    /// <summary>Smallest number or amount; null is unlimited.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number or amount; null is unlimited.</summary>
    public decimal? Max { get; init; }

    /// <summary>
    /// A value in the form in which it is kept: numbers invariant, days <c>yyyy-MM-dd</c>, choices by id in the order of the list
    /// with commas between, users by id, <c>true</c> or <c>false</c>. Names of choices and 是/否, yes/no, 1/0 are understood. Null when it is empty.
    /// </summary>
    /// <param name="value">The value as it was typed or sent.</param>
    /// <param name="error"><c>too_long</c>, <c>not_a_number</c>, <c>too_precise</c>, <c>out_of_range</c>, <c>not_a_date</c>, <c>not_a_choice</c>, <c>not_a_user</c>; null when it fits.</param>
    public string? Read(string? value, out FieldError? error)
    {
        error = null;
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var (read, code, limit) = Kind switch
        {
            CustomFieldKind.Text => text.Length > LongestText ? (null, "too_long", $"{LongestText}") : (text, null, null),
            CustomFieldKind.Number => Number(text, 9),
            CustomFieldKind.Money => Number(text, 2),
            CustomFieldKind.Date => Day(text),
            CustomFieldKind.Choice => ChoiceOf(text) is { } choice ? (choice.Id, null, null) : (null, "not_a_choice", null),
            CustomFieldKind.MultiChoice => Several(text),
            CustomFieldKind.User => Guid.TryParse(text, out var id) ? (id.ToString(), null, null) : (null, "not_a_user", null),
            _ => YesNo(text),
        };
        error = code is null ? null : new FieldError($"custom.{Key}", code, limit);
        return read;
    }

    /// <summary>
    /// What is wrong with the definition: <c>required</c>, <c>too_long</c>, <c>malformed</c>, <c>not_a_choice</c>, <c>too_many</c>,
    /// <c>duplicate</c>, <c>out_of_range</c> (a smallest above the largest).
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Check(Key is { Length: > 0 and <= 40 } && char.IsAsciiLetterLower(Key[0]) && Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'), "key", "malformed"),
        .. Text(Name, "name", 60),
        .. EnglishName is null ? [] : Text(EnglishName, "englishName", 60),
        .. Check(Enum.IsDefined(Owner), "owner", "not_a_choice"),
        .. Check(Enum.IsDefined(Kind), "kind", "not_a_choice"),
        .. Check(!HasChoices || Choices.Count > 0, "choices", "required"),
        .. Check(Choices.Count <= MostChoices, "choices", "too_many", $"{MostChoices}"),
        .. Choices.SelectMany((c, i) => Check(c.Id is { Length: > 0 and <= 40 } && c.Id.All(x => char.IsAsciiLetterLower(x) || char.IsAsciiDigit(x) || x is '_' or '-'), $"choices[{i}].id", "malformed")),
        .. Choices.SelectMany((c, i) => Text(c.Name, $"choices[{i}].name", 100)),
        .. Choices.SelectMany((c, i) => Check(Choices.Take(i).All(e => e.Id != c.Id && !Same(e.Name, c.Name)), $"choices[{i}]", "duplicate")),
        .. Check(!(Min > Max), "min", "out_of_range", $"{Max}"),
    ];

    /// <summary>Why a definition cannot become another: <c>cannot_change</c> for what kept values would lose their meaning by.</summary>
    /// <param name="next">What it is to become.</param>
    /// <param name="used">Ids of choices that values use.</param>
    public IReadOnlyList<FieldError> ChangeErrors(CustomField next, IReadOnlySet<string> used) =>
    [
        .. Check(next.Key == Key, "key", "cannot_change"),
        .. Check(next.Owner == Owner, "owner", "cannot_change"),
        .. Check(next.Kind == Kind || (Kind, next.Kind) is (CustomFieldKind.Choice, CustomFieldKind.MultiChoice) or (_, CustomFieldKind.Text), "kind", "cannot_change"),
        .. Check(!next.HasChoices || used.All(u => next.Choices.Any(c => c.Id == u)), "choices", "in_use"),
    ];

    /// <summary>The field as rules see it.</summary>
    public FactField Fact => Kind switch
    {
        CustomFieldKind.Number or CustomFieldKind.Money => FactField.Number($"custom.{Key}"),
        CustomFieldKind.Choice or CustomFieldKind.MultiChoice => FactField.Choice($"custom.{Key}", [.. Choices.Select(c => c.Id)]) with { Several = Kind == CustomFieldKind.MultiChoice },
        CustomFieldKind.Date => FactField.Date($"custom.{Key}"),
        CustomFieldKind.User => FactField.Person($"custom.{Key}"),
        CustomFieldKind.YesNo => FactField.Choice($"custom.{Key}", ["true", "false"]),
        _ => FactField.Text($"custom.{Key}"),
    };

    private bool HasChoices => Kind is CustomFieldKind.Choice or CustomFieldKind.MultiChoice;

    private (string?, string?, string?) Number(string text, int decimals)
    {
        if (!decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return (null, "not_a_number", null);
        }

        return decimal.Round(number, decimals) != number ? (null, "too_precise", $"{decimals}")
            : number < Min || number > Max ? (null, "out_of_range", $"{Min}–{Max}")
            : (number.ToString("0.#########", CultureInfo.InvariantCulture), null, null);
    }

    private static (string?, string?, string?) Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null, null)
            : (null, "not_a_date", null);

    private (string?, string?, string?) Several(string text)
    {
        var chosen = text.Split([',', '，', ';', '；', '、', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ChoiceOf).ToList();
        return chosen.Contains(null) ? (null, "not_a_choice", null) : (string.Join(',', Choices.Where(chosen.Contains).Select(c => c.Id)), null, null);
    }

    private static (string?, string?, string?) YesNo(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" or "是" or "有" => ("true", null, null),
        "false" or "no" or "n" or "0" or "否" or "无" => ("false", null, null),
        _ => (null, "not_a_choice", null),
    };

    private CustomChoice? ChoiceOf(string text) => Choices.FirstOrDefault(c => c.Id == text) ?? Choices.FirstOrDefault(c => Same(c.Name, text));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<FieldError> Text(string? text, string field, int longest) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldError(field, "required")] : Check(text.Length <= longest, field, "too_long", $"{longest}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
