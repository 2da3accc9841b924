using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Retrospectives;

/// <summary>What was written in the retrospective of a period and a team (§15 point 8); the figures beside it are counted, not kept.</summary>
public sealed class RetrospectiveNote
{
    /// <summary>Stands for all teams together.</summary>
    public static readonly Guid Everybody = Guid.Empty;

    /// <summary>Longest text of success factors.</summary>
    public const int FactorsLength = 4000;

    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>First day of the period.</summary>
    public DateOnly FromOn { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly ToOn { get; set; }

    /// <summary>The team with those below it; <see cref="Everybody"/> for all.</summary>
    public Guid DepartmentId { get; set; }

    /// <summary>What made for success.</summary>
    public string? Factors { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Who changed it last.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Something that follows from a retrospective.</summary>
public sealed class RetrospectiveMeasure
{
    /// <summary>Longest text.</summary>
    public const int TextLength = 500;

    /// <summary>The retrospective.</summary>
    public Guid RetrospectiveId { get; set; }

    /// <summary>Its place, from 0.</summary>
    public int Place { get; set; }

    /// <summary>What is to be done.</summary>
    public required string Text { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>By when; null without a date.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Whether it is done.</summary>
    public bool Done { get; set; }
}

/// <summary>A measure as it is written.</summary>
/// <param name="Text">What is to be done, 1 to 500 characters.</param>
/// <param name="OwnerId">Who sees to it.</param>
/// <param name="DueOn">By when.</param>
/// <param name="Done">Whether it is done.</param>
public sealed record MeasureInput(string? Text, Guid OwnerId, DateOnly? DueOn = null, bool Done = false);

/// <summary>What is written in a retrospective.</summary>
/// <param name="Factors">What made for success, up to 4,000 characters.</param>
/// <param name="Measures">What follows, up to 30.</param>
/// <param name="Version">The version it was written upon; null where there was none.</param>
public sealed record RetrospectiveInput(string? Factors, IReadOnlyList<MeasureInput> Measures, int? Version = null);

/// <summary>A retrospective as it stands.</summary>
/// <param name="Note">What was written; null where nothing was yet.</param>
/// <param name="Measures">What follows, in order.</param>
/// <param name="Writes">Whether the reader may write it.</param>
public sealed record RetrospectiveSheet(RetrospectiveNote? Note, IReadOnlyList<RetrospectiveMeasure> Measures, bool Writes);

/// <summary>What became of writing one.</summary>
public abstract record RetrospectiveResult
{
    private RetrospectiveResult()
    {
    }

    /// <summary>It is written.</summary>
    public sealed record Done(int Version) : RetrospectiveResult;

    /// <summary>The team is not there, for this reader.</summary>
    public sealed record Missing : RetrospectiveResult;

    /// <summary>They read it and may not write it.</summary>
    public sealed record Forbidden : RetrospectiveResult;

    /// <summary>Somebody else wrote meanwhile.</summary>
    public sealed record Stale(int Version) : RetrospectiveResult;

    /// <summary>Something is wrong.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : RetrospectiveResult;
}

/// <summary>
/// Reads and writes retrospectives. Who reaches everybody of a team with their reports reads its retrospective; who reaches more than themselves by
/// it writes it.
/// </summary>
public sealed class Retrospectives(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Most measures.</summary>
    public const int MostMeasures = 30;

    /// <summary>What was written of a period and a team; null where the team is not there for the reader.</summary>
    public async Task<RetrospectiveSheet?> Read(Viewer viewer, DateOnly from, DateOnly to, Guid department, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (!Reaches(viewer, setting, department))
        {
            return null;
        }

        await using var db = store.Open();
        var note = await db.Set<RetrospectiveNote>().AsNoTracking().SingleOrDefaultAsync(n => n.DepartmentId == department && n.FromOn == from && n.ToOn == to, ct);
        return new(note, note is null ? [] : await db.Set<RetrospectiveMeasure>().AsNoTracking().Where(m => m.RetrospectiveId == note.Id).OrderBy(m => m.Place).ToListAsync(ct), Writes(viewer));
    }

    /// <summary>Writes it.</summary>
    public async Task<RetrospectiveResult> Write(Viewer viewer, DateOnly from, DateOnly to, Guid department, RetrospectiveInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (!Reaches(viewer, setting, department))
        {
            return new RetrospectiveResult.Missing();
        }

        if (!Writes(viewer))
        {
            return new RetrospectiveResult.Forbidden();
        }

        if (Check(input, from, to, setting) is { Count: > 0 } errors)
        {
            return new RetrospectiveResult.Refused(errors);
        }

        return await store.Write<RetrospectiveResult>(
            async scope =>
            {
                var db = scope.Db;
                var note = await db.Set<RetrospectiveNote>().SingleOrDefaultAsync(n => n.DepartmentId == department && n.FromOn == from && n.ToOn == to, ct);
                if (note is not null && input.Version is { } seen && seen != note.Version)
                {
                    return new RetrospectiveResult.Stale(note.Version);
                }

                if (note is null)
                {
                    note = new RetrospectiveNote { Id = time.NewId(), FromOn = from, ToOn = to, DepartmentId = department, Version = 0 };
                    db.Add(note);
                }

                (note.Factors, note.Version, note.AuthorId, note.At) = (string.IsNullOrWhiteSpace(input.Factors) ? null : input.Factors.Trim(), note.Version + 1, viewer.UserId, time.Now);
                await db.SaveChangesAsync(ct);
                await db.Set<RetrospectiveMeasure>().Where(m => m.RetrospectiveId == note.Id).ExecuteDeleteAsync(ct);
                db.AddRange(input.Measures.Select((m, i) => new RetrospectiveMeasure { RetrospectiveId = note.Id, Place = i, Text = m.Text!.Trim(), OwnerId = m.OwnerId, DueOn = m.DueOn, Done = m.Done }));
                db.Add(time.Event(viewer.UserId, note.Id, "retrospective.written", new { from, to, department, measures = input.Measures.Count }));
                await db.SaveChangesAsync(ct);
                return new RetrospectiveResult.Done(note.Version);
            },
            ct);
    }

    private static bool Writes(Viewer viewer) => (viewer.Scope(Permission.ViewReports) & (DataScope.Team | DataScope.DepartmentTree | DataScope.All)) != 0;

    private static bool Reaches(Viewer viewer, Setting setting, Guid department)
    {
        if (!viewer.May(Permission.ViewReports) || (department != RetrospectiveNote.Everybody && !setting.Departments.ContainsKey(department)))
        {
            return false;
        }

        if (viewer.Owners(Permission.ViewReports) is not { } owners)
        {
            return true;
        }

        // "All" is for who reaches all; a team for who reaches everybody in it.
        var tree = department == RetrospectiveNote.Everybody ? null : setting.Subtree(department);
        var members = tree is null ? [] : setting.People.Values.Where(p => p.DepartmentId is { } d && tree.Contains(d)).Select(p => p.Id).ToList();
        return members.Count > 0 && members.TrueForAll(owners.Contains);
    }

    private static IReadOnlyList<FieldError> Check(RetrospectiveInput input, DateOnly from, DateOnly to, Setting setting) =>
    [
        .. to < from || to.DayNumber - from.DayNumber >= ReportQuery.MostDays ? [new FieldError("to", "out_of_range", $"{ReportQuery.MostDays}")] : Array.Empty<FieldError>(),
        .. input.Factors?.Trim().Length > RetrospectiveNote.FactorsLength ? [new FieldError("factors", "too_long", $"{RetrospectiveNote.FactorsLength}")] : Array.Empty<FieldError>(),
        .. input.Measures.Count > MostMeasures ? [new FieldError("measures", "too_many", $"{MostMeasures}")] : Array.Empty<FieldError>(),
        .. input.Measures.Index().SelectMany(m => (FieldError[])
        [
            .. string.IsNullOrWhiteSpace(m.Item.Text) ? [new FieldError($"measures[{m.Index}].text", "required")]
                : m.Item.Text.Trim().Length > RetrospectiveMeasure.TextLength ? [new FieldError($"measures[{m.Index}].text", "too_long", $"{RetrospectiveMeasure.TextLength}")] : Array.Empty<FieldError>(),
            .. setting.CanOwn(m.Item.OwnerId) ? Array.Empty<FieldError>() : [new FieldError($"measures[{m.Index}].ownerId", setting.People.ContainsKey(m.Item.OwnerId) ? "inactive_user" : "unknown")],
        ]),
    ];
}

internal sealed class RetrospectiveTables : IEntityTypeConfiguration<RetrospectiveNote>, IEntityTypeConfiguration<RetrospectiveMeasure>
{
    public void Configure(EntityTypeBuilder<RetrospectiveNote> table)
    {
        table.ToTable("Retrospective");
        table.HasKey(n => n.Id).HasName("PK_Retrospective");
        table.Property(n => n.Id).ValueGeneratedNever();
        table.Property(n => n.Version).IsConcurrencyToken();
        table.HasIndex(n => new { n.DepartmentId, n.FromOn, n.ToOn }, "ix_retrospective_period").IsUnique();
    }

    public void Configure(EntityTypeBuilder<RetrospectiveMeasure> table)
    {
        table.ToTable("RetrospectiveMeasure");
        table.HasKey(m => new { m.RetrospectiveId, m.Place });
        table.Property(m => m.Text).HasMaxLength(RetrospectiveMeasure.TextLength);
        table.HasIndex(m => m.OwnerId, "ix_retrospective_measure_owner").HasFilter("NOT done");
    }
}
