using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A short link that counts who comes by it, and credits whoever shares it (§3 Links, 全员营销).</summary>
public sealed class TrackedLink
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 100;

    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The last part of its address <c>/t/{code}</c>; never changed, never reused.</summary>
    public required string Code { get; set; }

    /// <summary>Name for those who manage it.</summary>
    public required string Name { get; set; }

    /// <summary>Where it leads: a form of ours (<c>/f/…</c>) or a page on a listed host.</summary>
    public required string Target { get; set; }

    /// <summary>UTM source.</summary>
    public string? UtmSource { get; set; }

    /// <summary>UTM medium.</summary>
    public string? UtmMedium { get; set; }

    /// <summary>UTM campaign.</summary>
    public string? UtmCampaign { get; set; }

    /// <summary>UTM term.</summary>
    public string? UtmTerm { get; set; }

    /// <summary>UTM content.</summary>
    public string? UtmContent { get; set; }

    /// <summary>Channel of leads that come by it; null leaves the form's.</summary>
    public Guid? ChannelId { get; set; }

    /// <summary>Campaign of leads that come by it.</summary>
    public string? Campaign { get; set; }

    /// <summary>Content piece that it leads to.</summary>
    public string? Content { get; set; }

    /// <summary>The employee who shares it, and is credited; null for nobody.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Who made it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Since when it leads nowhere; null while it does.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>The five UTM parameters.</summary>
    public UtmTags Utm => new(UtmSource, UtmMedium, UtmCampaign, UtmTerm, UtmContent);

    /// <summary>The whole address that it leads to.</summary>
    public string Address => LinkAddress.Of(Target, Utm, Code);
}

/// <summary>How often a link was clicked on a day.</summary>
public sealed class LinkDay
{
    /// <summary>Link.</summary>
    public Guid LinkId { get; set; }

    /// <summary>Day in organisation time.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Who shared it then, where that is not who shares it now: a leaver whose link was handed over since. Null for the sharer of now.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Clicks of people.</summary>
    public long Clicks { get; set; }

    /// <summary>Visitors who came by it for the first time; those who have not agreed to be known are not among them.</summary>
    public long Visitors { get; set; }
}

/// <summary>A visitor who came by a link, so that they are counted once; goes with the touches of visitors.</summary>
public sealed class LinkVisitor
{
    /// <summary>Link.</summary>
    public Guid LinkId { get; set; }

    /// <summary>Visitor.</summary>
    public Guid VisitorId { get; set; }

    /// <summary>When they came first.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class TrackedLinkTable : IEntityTypeConfiguration<TrackedLink>
{
    public void Configure(EntityTypeBuilder<TrackedLink> table)
    {
        table.ToTable("TrackedLink");
        table.Property(l => l.Id).ValueGeneratedNever();
        table.Property(l => l.Version).IsConcurrencyToken();
        table.Ignore(l => l.Utm);
        table.Ignore(l => l.Address);
        table.Property(l => l.Code).HasMaxLength(20);
        table.Property(l => l.Name).HasMaxLength(TrackedLink.LongestName);
        table.Property(l => l.Target).HasMaxLength(FieldLimits.Url);
        foreach (var text in new[] { nameof(TrackedLink.UtmSource), nameof(TrackedLink.UtmMedium), nameof(TrackedLink.UtmCampaign), nameof(TrackedLink.UtmTerm), nameof(TrackedLink.UtmContent), nameof(TrackedLink.Campaign), nameof(TrackedLink.Content) })
        {
            table.Property(text).HasMaxLength(FieldLimits.Source);
        }

        table.HasIndex(l => l.Code).IsUnique();
        table.HasIndex(l => new { l.UserId, l.Id }, "ix_tracked_link_user").HasFilter("user_id IS NOT NULL");
        table.HasIndex(l => l.AuthorId, "ix_tracked_link_author");
    }
}

internal sealed class LinkDayTable : IEntityTypeConfiguration<LinkDay>
{
    public void Configure(EntityTypeBuilder<LinkDay> table)
    {
        table.ToTable("LinkDay");
        table.HasKey(d => new { d.LinkId, d.Day });
        table.HasIndex(d => new { d.UserId, d.Day }, "ix_link_day_user").HasFilter("user_id IS NOT NULL");
    }
}

internal sealed class LinkVisitorTable : IEntityTypeConfiguration<LinkVisitor>
{
    public void Configure(EntityTypeBuilder<LinkVisitor> table)
    {
        table.ToTable("LinkVisitor");
        table.HasKey(v => new { v.LinkId, v.VisitorId });
        table.HasIndex(v => v.At, "ix_link_visitor_at");
        table.HasIndex(v => v.VisitorId, "ix_link_visitor_visitor");
    }
}
