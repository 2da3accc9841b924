using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>The organisation: one row, one database (§0).</summary>
public sealed class Organisation
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>IANA time zone.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>ISO 4217 currency.</summary>
    public string Currency { get; set; } = "CNY";

    /// <summary>Working weekdays and hours as JSON, see <see cref="People.WorkingWeek"/>; null is Monday to Friday, 09:00 to 18:00.</summary>
    public string? WorkingWeek { get; set; }

    /// <summary>Keys of the roles whose people need a second factor, as JSON; null is none.</summary>
    public string? SecondFactorRoles { get; set; }

    /// <summary>Whether it was made by --demo.</summary>
    public bool Demo { get; set; }

    /// <summary>
    /// Counts every change of what intake keeps in memory (policies, people, channels, lists). A node that sees another
    /// number than its own loads its setting anew.
    /// </summary>
    public long Revision { get; set; }
}

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> table)
    {
        table.ToTable("Organisation");
        table.Property(o => o.Id).ValueGeneratedNever();
        table.Property(o => o.Name).HasMaxLength(200);
        table.Property(o => o.TimeZone).HasMaxLength(64);
        table.Property(o => o.Currency).HasMaxLength(3);
    }
}
