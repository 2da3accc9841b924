using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>Custom fields as their editor posts them.</summary>
public sealed class FieldsForm : PolicyForm
{
    public List<FieldRow> Fields { get; set => field = value ?? []; } = [];

    /// <summary>The form of the fields.</summary>
    public static FieldsForm Of(CustomFieldsPolicy policy) => new() { Fields = [.. policy.Fields.Select(FieldRow.Of)] };

    /// <summary>The fields, and which words cannot be understood.</summary>
    public (CustomFieldsPolicy Policy, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        return (new CustomFieldsPolicy { Fields = [.. Fields.Select((row, i) => row.Read($"fields[{i}]", errors))] }, errors);
    }

    /// <summary>A field as a row of the editor.</summary>
    public sealed class FieldRow
    {
        public string? Key { get; set; }

        public string? Name { get; set; }

        public string? EnglishName { get; set; }

        public string? Owner { get; set; } = WireName.Of(CustomFieldOwner.Lead);

        public string? Kind { get; set; } = WireName.Of(CustomFieldKind.Text);

        /// <summary>One choice per line: <c>id: name</c>.</summary>
        public string? Choices { get; set; }

        public string? Min { get; set; }

        public string? Max { get; set; }

        internal static FieldRow Of(CustomField f) => new()
        {
            Key = f.Key,
            Name = f.Name,
            EnglishName = f.EnglishName,
            Owner = WireName.Of(f.Owner),
            Kind = WireName.Of(f.Kind),
            Choices = string.Join('\n', f.Choices.Select(c => $"{c.Id}: {c.Name}")),
            Min = Text(f.Min),
            Max = Text(f.Max),
        };

        internal CustomField Read(string path, List<FieldError> errors)
        {
            var kind = Member<CustomFieldKind>(Kind, $"{path}.kind", errors);
            return new CustomField
            {
                Key = Key?.Trim() ?? "",
                Name = Name?.Trim() ?? "",
                EnglishName = string.IsNullOrWhiteSpace(EnglishName) ? null : EnglishName.Trim(),
                Owner = Member<CustomFieldOwner>(Owner, $"{path}.owner", errors),
                Kind = kind,
                Choices = kind is CustomFieldKind.Choice or CustomFieldKind.MultiChoice ? [.. (Choices ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Choice)] : [],
                Min = kind is CustomFieldKind.Number or CustomFieldKind.Money ? Maybe(Min, $"{path}.min", errors) : null,
                Max = kind is CustomFieldKind.Number or CustomFieldKind.Money ? Maybe(Max, $"{path}.max", errors) : null,
            };
        }

        // A line without an id gets one by its place; it stays, since it is shown from then on.
        private static CustomChoice Choice(string line, int at) => line.Split([':', '：'], 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } id, { Length: > 0 } name]
            ? new CustomChoice(id, name)
            : new CustomChoice($"c{at + 1}", line.Trim(':', '：', ' '));
    }
}
