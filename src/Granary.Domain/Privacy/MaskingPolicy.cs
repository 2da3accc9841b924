using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Privacy;

/// <summary>Where contact data is shown masked.</summary>
public enum MaskPlace
{
    /// <summary>Lists of leads, accounts and the blacklist.</summary>
    List,

    /// <summary>The page of one lead.</summary>
    Lead,

    /// <summary>What lies in pools.</summary>
    Pool,

    /// <summary>The search for duplicates, which shows what others hold.</summary>
    Search,

    /// <summary>Exported files.</summary>
    Export,
}

/// <summary>How each kind of contact data is masked.</summary>
public sealed record ContactMasks
{
    /// <summary>Phone numbers, by their digits: <c>138****8000</c>. An area code counts as the beginning.</summary>
    public MaskRule Phone { get; init; } = new(3, 4);

    /// <summary>E-mail addresses, by what stands before the at sign: <c>z***@example.com</c>.</summary>
    public MaskRule Email { get; init; } = new(1);

    /// <summary>WeChat ids: <c>w***t</c>.</summary>
    public MaskRule WeChat { get; init; } = new(1, 1);

    /// <summary>Nothing of anything.</summary>
    public static ContactMasks Hidden { get; } = new() { Phone = new(Hidden: true), Email = new(Hidden: true), WeChat = new(Hidden: true) };

    /// <summary>The masks that came with the product; what prints a value without knowing the policy uses them.</summary>
    public static ContactMasks BuiltIn { get; } = new();
}

/// <summary>How contact data is masked (§18), for all places alike or for single ones.</summary>
public sealed record MaskingPolicy
{
    /// <summary>Everything as §18 has it.</summary>
    public static MaskingPolicy BuiltIn { get; } = new();

    /// <summary>The masks of places that have none of their own.</summary>
    public ContactMasks Default { get; init; } = new();

    /// <summary>Masks of single places, by the name of a <see cref="MaskPlace"/>.</summary>
    public IReadOnlyDictionary<MaskPlace, ContactMasks> Places { get; init; } = new Dictionary<MaskPlace, ContactMasks>();

    /// <summary>
    /// At how many records' contact data somebody looks in a day, by the key of a role, 0 to 100,000; of several roles the greatest
    /// number counts. Who has none of these roles is not limited, nor who may look at every record.
    /// </summary>
    public IReadOnlyDictionary<string, int> DailyReveals { get; init; } = new Dictionary<string, int> { ["sales_representative"] = 100, ["sdr"] = 100 };

    /// <summary>Whether a reason must be given for looking at the contact data of a record that is not one's own.</summary>
    public bool ReasonForOthers { get; init; }

    /// <summary>The most records of a day for somebody with these roles; null where there is no limit.</summary>
    public int? DailyLimit(IEnumerable<string> roles) => roles.Select(r => DailyReveals.TryGetValue(r, out var most) ? most : (int?)null).Max();

    /// <summary>The masks of a place.</summary>
    public ContactMasks At(MaskPlace place) => Places.GetValueOrDefault(place) ?? Default;

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Wrong("default", Default),
        .. Places.SelectMany(p => Enum.IsDefined(p.Key) ? Wrong($"places.{WireName.Of(p.Key)}", p.Value) : [new FieldError("places", "unknown_value")]),
        .. DailyReveals.Where(r => r.Value is < 0 or > MostReveals).Select(r => new FieldError($"dailyReveals.{r.Key}", "out_of_range", $"0–{MostReveals.ToString(CultureInfo.InvariantCulture)}")),
    ];

    /// <summary>Most looks a day that can be set.</summary>
    public const int MostReveals = 100_000;

    private static IEnumerable<FieldError> Wrong(string path, ContactMasks masks) =>
        from rule in new[] { ("phone", masks.Phone), ("email", masks.Email), ("weChat", masks.WeChat) }
        from end in new[] { ("first", rule.Item2.First), ("last", rule.Item2.Last) }
        where end.Item2 is < 0 or > MaskRule.Most
        select new FieldError($"{path}.{rule.Item1}.{end.Item1}", "out_of_range", $"0–{MaskRule.Most}");
}
