using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>The fields that an administrator added to leads, accounts and opportunities (§3).</summary>
public sealed record CustomFieldsPolicy
{
    private const int MostFields = 100;

    /// <summary>The fields, in the order in which forms show them.</summary>
    public IReadOnlyList<CustomField> Fields { get; init; } = [];

    /// <summary>What a new organisation begins with: none.</summary>
    public static CustomFieldsPolicy BuiltIn { get; } = new();

    /// <summary>The fields of one kind of record.</summary>
    public IReadOnlyList<CustomField> Of(CustomFieldOwner owner) => [.. Fields.Where(f => f.Owner == owner)];

    /// <summary>A field by its key; null when there is none.</summary>
    public CustomField? Find(CustomFieldOwner owner, string key) => Fields.FirstOrDefault(f => f.Owner == owner && f.Key == key);

    /// <summary>The fields of one kind of record as rules see them, by key.</summary>
    public IReadOnlyDictionary<string, FactField> Facts(CustomFieldOwner owner) => Fields.Where(f => f.Owner == owner).DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Fact);

    /// <summary>What is wrong: <c>too_many</c>, <c>duplicate</c> and what <see cref="CustomField.Validate"/> finds.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Fields.Count > MostFields ? [new FieldError("fields", "too_many", $"{MostFields}")] : Array.Empty<FieldError>(),
        .. Fields.SelectMany((f, i) => f.Validate().Select(e => e with { Field = $"fields[{i}].{e.Field}" })),
        .. Fields.SelectMany((f, i) => Fields.Take(i).Any(e => e.Owner == f.Owner && e.Key == f.Key) ? [new FieldError($"fields[{i}].key", "duplicate")] : Array.Empty<FieldError>()),
    ];

    /// <summary>Why these fields cannot become others: see <see cref="CustomField.ChangeErrors"/>. A field that is taken off keeps its values.</summary>
    /// <param name="next">What they are to become.</param>
    /// <param name="used">Ids of choices that values of a field use.</param>
    public IReadOnlyList<FieldError> ChangeErrors(CustomFieldsPolicy next, Func<CustomField, IReadOnlySet<string>> used) =>
    [
        .. next.Fields.SelectMany((f, i) => Find(f.Owner, f.Key) is { } before
            ? before.ChangeErrors(f, used(before)).Select(e => e with { Field = $"fields[{i}].{e.Field}" })
            : []),
    ];
}
