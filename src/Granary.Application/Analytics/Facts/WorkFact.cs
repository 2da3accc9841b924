using System.Globalization;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What the work on one lead contributes to the rollups: ownerships, responses, follow-ups, violations, review, what became of its opportunities, its way through
/// pools. Kept by <see cref="FactConsumer"/> of every lead, voided and merged ones too, as work was done on them. The row is the memory of what was
/// contributed.
/// </summary>
public sealed class WorkFact
{
    // What it was made of; a row that was loaded is read.
    private IReadOnlyList<WorkPart>? _made;

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>What it contributes, a line for each cell, in one order.</summary>
    public string Parts { get; set; } = "";

    /// <summary>What it contributes.</summary>
    internal IEnumerable<WorkPart> Read() => _made ?? Parts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(WorkPart.Read);

    /// <summary>Whether it says what another one says, but for how long waits were: those are reckoned by the calendar of the time at which they are counted.</summary>
    internal static bool Agree(WorkFact? one, WorkFact? other) => Unwaited(one) == Unwaited(other);

    private static string? Unwaited(WorkFact? fact) => fact is null ? null : Of(fact.LeadId, fact.Read().Select(p => p.Cube == WorkCube.Waits ? p with { Key = "" } : p)).Parts;

    /// <summary>A fact of what is contributed; cells that are named twice are added up.</summary>
    public static WorkFact Of(Guid leadId, IEnumerable<WorkPart> parts)
    {
        // A handful: looking through them is quicker than keeping them by their cells.
        List<WorkPart> sums = new(8);
        foreach (var part in parts)
        {
            var place = 0;
            while (place < sums.Count && !sums[place].Joins(part))
            {
                place++;
            }

            if (place == sums.Count)
            {
                sums.Add(part);
            }
            else
            {
                sums[place] = part with { Values = sums[place].Values + part.Values };
            }
        }

        string[] lines = [.. sums.Select(p => p.Text())];
        Array.Sort(lines, StringComparer.Ordinal);
        return new() { LeadId = leadId, _made = sums, Parts = string.Join('\n', lines) };
    }
}

/// <summary>What is contributed to a cell.</summary>
/// <param name="Cube">Which figures.</param>
/// <param name="OwnerId">Whose work it is.</param>
/// <param name="Day">On which day.</param>
/// <param name="Key">Key.</param>
/// <param name="Values">How much.</param>
public readonly record struct WorkPart(WorkCube Cube, Guid OwnerId, DateOnly Day, string Key, CellValues Values)
{
    internal bool Joins(in WorkPart other) => Cube == other.Cube && Day == other.Day && OwnerId == other.OwnerId && Key == other.Key;

    internal string Text()
    {
        var v = Values;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)Cube}\t{OwnerId:N}\t{Day.DayNumber}\t{Key}\t{v.N1},{v.N2},{v.N3},{v.N4},{v.N5},{v.N6}");
    }

    internal static WorkPart Read(string line)
    {
        var parts = line.Split('\t');
        var n = parts[4].Split(',').Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new(
            (WorkCube)int.Parse(parts[0], CultureInfo.InvariantCulture), Guid.ParseExact(parts[1], "N"), DateOnly.FromDayNumber(int.Parse(parts[2], CultureInfo.InvariantCulture)), parts[3],
            new(n[0], n[1], n[2], n[3], n[4], n[5]));
    }
}

/// <summary>Figures of work, by their numbers in the table of cells; never reused.</summary>
public enum WorkCube
{
    /// <summary>Ownerships on the day they began: those, those with a follow-up, those that ended with a conversion. Key: acquired and outcome.</summary>
    Held = 901,

    /// <summary>First responses on the day they were due: those, and those in time.</summary>
    Due = 902,

    /// <summary>First responses on the day they were made; the key is the wait in minutes.</summary>
    Waits = 903,

    /// <summary>Violations that are not excused.</summary>
    Violations = 904,

    /// <summary>Counted follow-ups of an author: those, calls, visits.</summary>
    FollowUps = 905,

    /// <summary>Review on the day the lead was recorded: recorded, valid, opportunities.</summary>
    ReviewCohort = 906,

    /// <summary>Review on the day of each step.</summary>
    ReviewActivity = 907,

    /// <summary>Opportunities of valid leads on the day the lead was recorded: grade A, leads won, signed, days until then; with a reason as key, lost.</summary>
    RetroCohort = 908,

    /// <summary>The same on the day of each step.</summary>
    RetroActivity = 909,

    /// <summary>Ways into and out of pools; the key is from where and to where.</summary>
    PoolMoves = 910,

    /// <summary>What lies in a pool, on the day it came there; the key is the pool.</summary>
    Stock = 911,

    /// <summary>Ownerships on the day they began; the key is the pool they came from and the outcome.</summary>
    HeldFrom = 912,
}

internal sealed class WorkFactTable : IEntityTypeConfiguration<WorkFact>
{
    public void Configure(EntityTypeBuilder<WorkFact> table)
    {
        table.ToTable("WorkFact");
        table.HasKey(f => f.LeadId);
        table.Property(f => f.LeadId).ValueGeneratedNever();
    }
}
