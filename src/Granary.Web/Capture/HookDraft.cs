using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Web.Capture;

/// <summary>An inbound hook as its editor posts it.</summary>
public sealed class HookDraft
{
    public string? Name { get; set; }

    public Guid? ChannelId { get; set; }

    public bool Open { get; set; }

    public List<Mapped> Fields { get; set => field = value ?? []; } = [];

    /// <summary>A delivery to try the mapping with.</summary>
    public string? Sample { get; set; }

    /// <summary>The button that posted: a <see cref="Components.Ui.RowCommand"/>, <c>try</c>, or nothing to save.</summary>
    public string? Do { get; set; }

    /// <summary>What a new hook begins with.</summary>
    public static HookDraft New() => new()
    {
        Open = true,
        Fields = [new() { Field = "contact.name" }, new() { Field = "contact.phones" }, new() { Field = "company.name" }],
    };

    /// <summary>The draft of a stored hook.</summary>
    public static HookDraft Of(InboundHook hook) => new()
    {
        Name = hook.Name,
        ChannelId = hook.ChannelId,
        Open = hook.Open,
        Fields = [.. Json.Read<Dictionary<string, string>>(hook.Mapping).Select(m => new Mapped { Field = m.Key, Path = m.Value })],
    };

    /// <summary>What the use case takes, and fields that are mapped twice.</summary>
    public (HookInput Input, IReadOnlyList<FieldError> Errors) Read()
    {
        Dictionary<string, string> mapping = [];
        List<FieldError> errors = [];
        foreach (var field in Fields.Where(f => !string.IsNullOrWhiteSpace(f.Field)))
        {
            if (!mapping.TryAdd(field.Field!.Trim(), field.Path?.Trim() ?? ""))
            {
                errors.Add(new FieldError($"mapping.{field.Field!.Trim()}", "duplicate"));
            }
        }

        return (new HookInput(Name ?? "", ChannelId ?? Guid.Empty, Open, mapping), errors);
    }

    /// <summary>One field of the mapping.</summary>
    public sealed class Mapped
    {
        public string? Field { get; set; }

        public string? Path { get; set; }
    }
}
