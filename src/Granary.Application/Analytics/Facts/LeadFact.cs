using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What reports know of one lead: whose it is, where it came from, which steps it took on which day, and the money of the opportunity
/// that began with it. Kept by <see cref="FactConsumer"/>; a lead that was merged into another or voided has none. The row is also the memory of
/// what it contributed to the rollups: those are a function of it alone.
/// </summary>
public sealed class LeadFact
{
    /// <summary>Stands for the owner of a lead that nobody has or recorded.</summary>
    public static readonly Guid Nobody = Guid.AllBitsSet;

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Whose it counts as: its owner, else who recorded it, else <see cref="Nobody"/>.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>Who owned it first; null where nobody did.</summary>
    public Guid? FirstOwnerId { get; set; }

    /// <summary>How its last owner came to it, as <c>Acquired</c>; null where nobody owned it.</summary>
    public int? Acquired { get; set; }

    /// <summary>Channel.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; set; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; set; }

    /// <summary>Content piece.</summary>
    public string? Content { get; set; }

    /// <summary>Industry.</summary>
    public string? Industry { get; set; }

    /// <summary>Region: its province, else where nearness was found.</summary>
    public string? Region { get; set; }

    /// <summary>Products of interest.</summary>
    public List<string> Products { get; set; } = [];

    /// <summary>Where it stands, as <c>LeadStatus</c>.</summary>
    public int Status { get; set; }

    /// <summary>Why it is invalid; null where it is not.</summary>
    public string? InvalidReason { get; set; }

    /// <summary>The day it was received, in organisation time.</summary>
    public DateOnly ReceivedOn { get; set; }

    /// <summary>The day it was recorded.</summary>
    public DateOnly RecordedOn { get; set; }

    /// <summary>The day of the first ownership.</summary>
    public DateOnly? AssignedOn { get; set; }

    /// <summary>The day of the first counted follow-up.</summary>
    public DateOnly? FollowedOn { get; set; }

    /// <summary>The day it counts as MQL, by <see cref="FunnelSteps.Taken"/>.</summary>
    public DateOnly? MqlOn { get; set; }

    /// <summary>The day it counts as SQL.</summary>
    public DateOnly? SqlOn { get; set; }

    /// <summary>The day an opportunity began with it.</summary>
    public DateOnly? OpportunityOn { get; set; }

    /// <summary>The day its opportunity was won.</summary>
    public DateOnly? WonOn { get; set; }

    /// <summary>The day of the first payment.</summary>
    public DateOnly? PaidOn { get; set; }

    /// <summary>The last of the days on which something of it counts: a milestone, a step, a payment or a refund.</summary>
    public DateOnly LastOn { get; set; }

    /// <summary>The opportunity that began with it; the first of several, where leads were merged.</summary>
    public Guid? OpportunityId { get; set; }

    /// <summary>Amount of what began with it.</summary>
    public decimal Amount { get; set; }

    /// <summary>Amount of what of it was won: of the contract, else of the opportunity.</summary>
    public decimal WonAmount { get; set; }

    /// <summary>Payments received less given back.</summary>
    public decimal PaidAmount { get; set; }

    /// <summary>Payments by day, as JSON; refunds are negative.</summary>
    public string Payments { get; set; } = "[]";

    /// <summary>What became of it.</summary>
    internal LeadCourse Course => new(
        OwnerId, Status == (int)LeadStatus.Invalid, InvalidReason, ReceivedOn, AssignedOn, FollowedOn, MqlOn, SqlOn, OpportunityOn, WonOn, PaidOn, Amount, WonAmount, PaidAmount, Payments);

    /// <summary>Whether another row says the same.</summary>
    internal bool Same(LeadFact other) => Json.Write(this) == Json.Write(other);
}

/// <summary>Money that came in or went back on a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Amount">How much; negative where it was given back.</param>
public sealed record PaidOnDay(DateOnly On, decimal Amount);

internal sealed class LeadFactTable : IEntityTypeConfiguration<LeadFact>
{
    public void Configure(EntityTypeBuilder<LeadFact> table)
    {
        table.ToTable("LeadFact");
        table.HasKey(f => f.LeadId);
        table.Property(f => f.LeadId).ValueGeneratedNever();
        table.Property(f => f.Products).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(f => new { f.ReceivedOn, f.LeadId }, "ix_lead_fact_received");
        table.HasIndex(f => new { f.OwnerId, f.ReceivedOn, f.LeadId }, "ix_lead_fact_owner");
        table.HasIndex(f => new { f.ChannelId, f.ReceivedOn, f.LastOn, f.Region, f.Industry, f.Campaign }, "ix_lead_fact_channel");
        table.HasIndex(f => f.MqlOn, "ix_lead_fact_mql").HasFilter("mql_on IS NOT NULL");
        table.HasIndex(f => f.SqlOn, "ix_lead_fact_sql").HasFilter("sql_on IS NOT NULL");
        table.HasIndex(f => f.OpportunityOn, "ix_lead_fact_opportunity").HasFilter("opportunity_on IS NOT NULL");
        table.HasIndex(f => f.WonOn, "ix_lead_fact_won").HasFilter("won_on IS NOT NULL");
        table.HasIndex(f => f.PaidOn, "ix_lead_fact_paid").HasFilter("paid_on IS NOT NULL");
    }
}
