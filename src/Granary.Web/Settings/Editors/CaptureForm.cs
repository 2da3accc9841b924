using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The capture policy as its editor posts it.</summary>
public sealed class CaptureForm : PolicyForm
{
    private const string Always = "channel", CustomPrefix = "custom.";

    /// <summary>Fields that can be required; the channel always is.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        [RequiredFields.AnyContact, .. RequiredFields.Known.Where(f => f is not (Always or RequiredFields.AnyContact)).OrderBy(f => f.Split('.')[0] switch { "contact" => 0, "company" => 1, "requirement" or "budget" or "products" or "purchaseBy" => 2, _ => 3 })];

    public SetRow Default { get; set => field = value ?? new(); } = new();

    public SetRow Staff { get; set => field = value ?? new(); } = new();

    public List<SetRow> Channels { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static CaptureForm Of(CapturePolicy policy) => new()
    {
        Default = SetRow.Of(policy.Default),
        Staff = SetRow.Of(policy.Staff),
        Channels = [.. policy.Channels.Select(c => SetRow.Of(c.Value, c.Key))],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (CapturePolicy Policy, IReadOnlyList<FieldError> Errors) Read(CapturePolicy stored)
    {
        List<FieldError> errors = [];
        Dictionary<string, RequiredFields> channels = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, row) in Channels.Index())
        {
            var channel = row.Channel?.Trim() ?? "";
            if (channel.Length == 0 || !channels.TryAdd(channel, row.Read(Always)))
            {
                errors.Add(new FieldError($"channels[{i}]", channel.Length == 0 ? "required" : "duplicate"));
            }
        }

        return (stored with { Default = Default.Read(Always), Staff = Staff.Read(null), Channels = channels }, errors);
    }

    /// <summary>A set of required fields.</summary>
    public sealed class SetRow
    {
        /// <summary>The channel that has it; nothing for the common sets.</summary>
        public string? Channel { get; set; }

        public List<string> Fields { get; set => field = value ?? []; } = [];

        /// <summary>Names of custom fields.</summary>
        public string? Custom { get; set; }

        internal static SetRow Of(RequiredFields set, string? channel = null) => new()
        {
            Channel = channel,
            Fields = [.. set.Fields.Where(f => f != Always && !f.StartsWith(CustomPrefix, StringComparison.Ordinal))],
            Custom = string.Join(", ", set.Fields.Where(f => f.StartsWith(CustomPrefix, StringComparison.Ordinal)).Select(f => f[CustomPrefix.Length..])),
        };

        internal RequiredFields Read(string? always) =>
            new([.. always is null ? [] : new[] { always }, .. Fields, .. PolicyWords.Split(Custom).Select(name => CustomPrefix + name)]);
    }
}
