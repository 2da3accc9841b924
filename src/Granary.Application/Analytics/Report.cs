using Granary.Application.Analytics.Facts;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics;

/// <summary>
/// A report (§15). It is built within one state of the database, from figures whose filter holds the viewer's reach already, and says of each
/// figure where its records are. Its words are <c>report.{name}</c> (the question), <c>report.{name}.line</c> and <c>report.{name}.how</c>.
/// A new report is registered as a <see cref="Report"/>; list, API, page and file come by themselves.
/// </summary>
public abstract class Report
{
    /// <summary>Name in addresses.</summary>
    public abstract string Name { get; }

    /// <summary>What can be chosen besides period and filters.</summary>
    public virtual IReadOnlyList<ReportOption> Options => [];

    /// <summary>Whether the filters by channel, campaign, industry, region and product mean anything to it.</summary>
    public virtual bool Filters => true;

    /// <summary>The option on whose choice the usual period depends; null where it is always the last ninety days.</summary>
    public virtual ReportOption? PeriodOption => null;

    /// <summary>The period where none is asked for.</summary>
    /// <param name="choice">What is chosen of <see cref="PeriodOption"/>.</param>
    /// <param name="today">Today, in organisation time.</param>
    public virtual (DateOnly From, DateOnly To) UsualPeriod(string? choice, DateOnly today) => RelativePeriod.Last90Days.On(today);

    /// <summary>What is wrong with what was chosen, beyond options that do not exist.</summary>
    public virtual IReadOnlyList<FieldError> Refuse(ReportQuery query) => [];

    /// <summary>Builds it.</summary>
    /// <param name="work">What it is built from.</param>
    /// <param name="ct">Cancellation.</param>
    public abstract Task<ReportBody> Build(ReportWork work, CancellationToken ct);

    /// <summary>A page of the records behind a figure, the latest first; null where the key names none.</summary>
    /// <param name="work">What it is built from; of the period that was asked for.</param>
    /// <param name="key">The key that the figure gave.</param>
    /// <param name="after">Id of the last record of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public virtual Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct) => LeadRecords.Page(work, key, after, take, ct);
}

/// <summary>Something that can be chosen.</summary>
/// <param name="Name">Name in the address; words <c>option.{name}</c>.</param>
/// <param name="Choices">What can be chosen, the usual one first; words <c>option.{name}.{choice}</c>. Empty where it is a number or a text.</param>
/// <param name="Usual">What holds where nothing is chosen.</param>
/// <param name="Several">Whether several can be chosen; none stands for all.</param>
public sealed record ReportOption(string Name, IReadOnlyList<string> Choices, string? Usual = null, bool Several = false);

/// <summary>What a report is built from.</summary>
public sealed record ReportWork
{
    /// <summary>The database, in one state.</summary>
    public required GranaryDb Db { get; init; }

    /// <summary>Who reads.</summary>
    public required Viewer Viewer { get; init; }

    /// <summary>The settings.</summary>
    public required Setting Setting { get; init; }

    /// <summary>What was asked.</summary>
    public required ReportQuery Query { get; init; }

    /// <summary>Which leads, within the viewer's reach.</summary>
    public required FactFilter Filter { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The period it is compared with; null where it is not.</summary>
    public (DateOnly From, DateOnly To)? Before { get; init; }

    /// <summary>What was chosen of an option.</summary>
    public string Chosen(ReportOption option) => Query.Options.GetValueOrDefault(option.Name) is [{ Length: > 0 } one, ..] ? one : option.Usual ?? option.Choices[0];

    /// <summary>Asks the rollups.</summary>
    public Task<IReadOnlyList<CellAnswer>> Ask(CellQuestion question, CancellationToken ct) => ReadCells.Of(Db, question with { Filter = Filter }, ct);

    /// <summary>Asks the rollups for what may be thousands of sums.</summary>
    internal async Task<CellSums> AskSums(CellQuestion question, CancellationToken ct)
    {
        var sums = new CellSums();
        await ReadCells.Into(sums, Db, question with { Filter = Filter }, ct);
        return sums;
    }

    /// <summary>Asks the rollups how often numbers of days are there.</summary>
    internal async Task<DayCounts> AskDays(CellQuestion question, Func<Guid, string, string>? group, CancellationToken ct)
    {
        var counts = new DayCounts(group);
        await ReadCells.Into(counts, Db, question with { Filter = Filter }, ct);
        return counts;
    }
}
