using System.Globalization;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings;

/// <summary>Says what custom fields are called and what they hold, in the reader's language where the organisation gave words for it.</summary>
public sealed class CustomWords(IStringLocalizer<RuleTexts> texts, Setting setting)
{
    /// <summary>The fields of one kind of record, in the order in which forms show them.</summary>
    public IReadOnlyList<CustomField> Of(CustomFieldOwner owner) => setting.Fields.Of(owner);

    /// <summary>What a field is called.</summary>
    public string Name(CustomField field) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && field.EnglishName is { Length: > 0 } english ? english : field.Name;

    /// <summary>What a field is called; its key where no field is defined.</summary>
    public string Name(CustomFieldOwner owner, string key) => setting.Fields.Find(owner, key) is { } field ? Name(field) : key;

    /// <summary>A value as people read it.</summary>
    public string Value(CustomField field, string value) => field.Kind switch
    {
        CustomFieldKind.Choice or CustomFieldKind.MultiChoice => string.Join(texts["custom.comma"], value.Split(',').Select(v => field.Choices.FirstOrDefault(c => c.Id == v)?.Name ?? v)),
        CustomFieldKind.User => Guid.TryParse(value, out var id) && setting.People.TryGetValue(id, out var person) ? person.Name : value,
        CustomFieldKind.YesNo => value is "true" or "false" ? texts[$"custom.{value}"] : value,
        CustomFieldKind.Money => decimal.TryParse(value, CultureInfo.InvariantCulture, out var money) ? money.ToString("N2", CultureInfo.CurrentCulture) : value,
        CustomFieldKind.Number => decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number.ToString("#,0.#########", CultureInfo.CurrentCulture) : value,
        _ => value,
    };

    /// <summary>A value of a record by the key of its field; null where there is none.</summary>
    public string? Value(CustomFieldOwner owner, string key, string? custom) =>
        custom is not null && Json.Read<Dictionary<string, string>>(custom).GetValueOrDefault(key) is { } value ? setting.Fields.Find(owner, key) is { } field ? Value(field, value) : value : null;

    /// <summary>A value as a file holds it, so that it can be brought in again: numbers and days as they are kept.</summary>
    public string? Plain(CustomFieldOwner owner, string key, string? custom) => custom is not null && Json.Read<Dictionary<string, string>>(custom).GetValueOrDefault(key) is { } value
        ? setting.Fields.Find(owner, key) is { Kind: not (CustomFieldKind.Number or CustomFieldKind.Money) } field ? Value(field, value) : value
        : null;

    /// <summary>The fields of a record and what they hold: the defined ones in their order, then what is kept beside them.</summary>
    public IEnumerable<(string Label, string? Value)> Shown(CustomFieldOwner owner, IReadOnlyDictionary<string, string> values) =>
    [
        .. Of(owner).Select(f => (Name(f), values.TryGetValue(f.Key, out var value) ? Value(f, value) : null)),
        .. values.Where(v => setting.Fields.Find(owner, v.Key) is null).Select(v => (v.Key, (string?)v.Value)),
    ];

    /// <summary>The choices of a field; none where anything may be typed.</summary>
    public IReadOnlyList<Choice> Choices(CustomField field) => field.Kind switch
    {
        CustomFieldKind.YesNo => [new("true", texts["custom.true"]), new("false", texts["custom.false"])],
        CustomFieldKind.User => [.. setting.People.Values.Where(p => p.Status == Domain.People.PersonStatus.Active).OrderBy(p => p.Name, StringComparer.CurrentCulture).Select(p => new Choice(p.Id.ToString(), p.Name))],
        _ => [.. field.Choices.Select(c => new Choice(c.Id, c.Name))],
    };
}
