using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A hosted form: its address, its channel and what it asks (§3 Forms).</summary>
public sealed class Form
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The last part of its address <c>/f/{slug}</c>.</summary>
    public required string Slug { get; set; }

    /// <summary>Name for those who manage it.</summary>
    public required string Name { get; set; }

    /// <summary>Channel of its leads.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Whether it takes submissions.</summary>
    public bool Open { get; set; } = true;

    /// <summary>What it asks and says, as JSON, see <see cref="FormDesign"/>.</summary>
    public required string Design { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What a form asks and says, per language (<c>zh-CN</c>, <c>en</c>).</summary>
public sealed record FormDesign
{
    /// <summary>Heading.</summary>
    public IReadOnlyDictionary<string, string> Title { get; init; } = new Dictionary<string, string>();

    /// <summary>A sentence below it.</summary>
    public IReadOnlyDictionary<string, string> Intro { get; init; } = new Dictionary<string, string>();

    /// <summary>The fields in order.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>Consent text; none when empty.</summary>
    public IReadOnlyDictionary<string, string> ConsentText { get; init; } = new Dictionary<string, string>();

    /// <summary>Version of the consent text, recorded with each submission.</summary>
    public string ConsentVersion { get; init; } = "1";

    /// <summary>What is said afterwards.</summary>
    public IReadOnlyDictionary<string, string> ThankYou { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the visitor is sent afterwards instead; its host must be on the allow-list.</summary>
    public string? RedirectTo { get; init; }
}

/// <summary>One field of a form.</summary>
/// <param name="Path">Field of the submission as the API names it, such as <c>contact.phones</c>.</param>
/// <param name="Required">Whether it must be filled in.</param>
/// <param name="Label">Label per language; the field's own name where empty.</param>
public sealed record FormField(string Path, bool Required, IReadOnlyDictionary<string, string> Label);

internal sealed class FormTable : IEntityTypeConfiguration<Form>
{
    public void Configure(EntityTypeBuilder<Form> table)
    {
        table.ToTable("Form");
        table.Property(f => f.Slug).HasMaxLength(60);
        table.Property(f => f.Name).HasMaxLength(100);
        table.HasIndex(f => f.Slug).IsUnique();
    }
}
