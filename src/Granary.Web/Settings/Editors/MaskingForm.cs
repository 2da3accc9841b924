using Granary.Domain.Policies;
using Granary.Domain.Privacy;

namespace Granary.Web.Settings.Editors;

/// <summary>The masking policy as its editor posts it.</summary>
public sealed class MaskingForm : PolicyForm
{
    public MasksRow Default { get; set => field = value ?? new(); } = new();

    public List<PlaceRow> Places { get; set => field = value ?? []; } = [];

    public List<RevealRow> Reveals { get; set => field = value ?? []; } = [];

    public bool ReasonForOthers { get; set; }

    /// <summary>The form of a policy.</summary>
    public static MaskingForm Of(MaskingPolicy policy) => new()
    {
        Default = MasksRow.Of(policy.Default),
        Places = [.. Enum.GetValues<MaskPlace>().Select(p => new PlaceRow { Place = WireName.Of(p), Own = policy.Places.ContainsKey(p), Masks = MasksRow.Of(policy.At(p)) })],
        Reveals = [.. policy.DailyReveals.Select(r => new RevealRow { Role = r.Key, Most = Text(r.Value) })],
        ReasonForOthers = policy.ReasonForOthers,
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (MaskingPolicy Policy, IReadOnlyList<FieldError> Errors) Read(MaskingPolicy stored)
    {
        List<FieldError> errors = [];
        Dictionary<MaskPlace, ContactMasks> places = [];
        foreach (var row in Places.Where(p => p.Own))
        {
            places[Member<MaskPlace>(row.Place, "places", errors)] = row.Masks.Read($"places.{row.Place}", errors);
        }

        Dictionary<string, int> reveals = [];
        foreach (var row in Reveals.Where(r => !string.IsNullOrWhiteSpace(r.Role) || !string.IsNullOrWhiteSpace(r.Most)))
        {
            var role = row.Role ?? "";
            if (role.Length == 0 || !reveals.TryAdd(role, Whole(row.Most, $"dailyReveals.{role}", errors)))
            {
                errors.Add(new FieldError($"dailyReveals.{role}", role.Length == 0 ? "required" : "duplicate"));
            }
        }

        return (stored with { Default = Default.Read("default", errors), Places = places, DailyReveals = reveals, ReasonForOthers = ReasonForOthers }, errors);
    }

    /// <summary>The masks of a place.</summary>
    public sealed class MasksRow
    {
        public RuleRow Phone { get; set => field = value ?? new(); } = new();

        public RuleRow Email { get; set => field = value ?? new(); } = new();

        public RuleRow WeChat { get; set => field = value ?? new(); } = new();

        internal static MasksRow Of(ContactMasks masks) => new() { Phone = RuleRow.Of(masks.Phone), Email = RuleRow.Of(masks.Email), WeChat = RuleRow.Of(masks.WeChat) };

        internal ContactMasks Read(string path, List<FieldError> errors) =>
            new() { Phone = Phone.Read($"{path}.phone", errors), Email = Email.Read($"{path}.email", errors), WeChat = WeChat.Read($"{path}.weChat", errors) };
    }

    /// <summary>A place that follows the default or has masks of its own.</summary>
    public sealed class PlaceRow
    {
        public string? Place { get; set; }

        public bool Own { get; set; }

        public MasksRow Masks { get; set => field = value ?? new(); } = new();
    }

    /// <summary>How much of one kind is left.</summary>
    public sealed class RuleRow
    {
        public string? First { get; set; }

        public string? Last { get; set; }

        public bool Hidden { get; set; }

        internal static RuleRow Of(MaskRule rule) => new() { First = Text(rule.First), Last = Text(rule.Last), Hidden = rule.Hidden };

        internal MaskRule Read(string path, List<FieldError> errors) =>
            new(MaybeWhole(First, $"{path}.first", errors) ?? 0, MaybeWhole(Last, $"{path}.last", errors) ?? 0, Hidden);
    }

    /// <summary>How many records a day a role looks at.</summary>
    public sealed class RevealRow
    {
        public string? Role { get; set; }

        public string? Most { get; set; }
    }
}
