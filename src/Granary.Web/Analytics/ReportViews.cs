using Granary.Application.Analytics;
using Granary.Application.Settings;
using Granary.Domain.Policies;

namespace Granary.Web.Analytics;

/// <summary>A report that can be read.</summary>
/// <param name="Name">Name in addresses.</param>
/// <param name="Question">The question it answers.</param>
/// <param name="Options">What can be chosen besides period and filters.</param>
public sealed record ReportListItem(string Name, string Question, IReadOnlyList<ReportOptionView> Options);

/// <summary>What can be chosen.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Choices">What can be chosen; empty where it is a number or a text.</param>
/// <param name="Usual">What holds where it is left out.</param>
/// <param name="Several">Whether it may be repeated.</param>
public sealed record ReportOptionView(string Name, IReadOnlyList<string> Choices, string? Usual, bool Several);

/// <summary>A figure.</summary>
/// <param name="Key">Stable key.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Unit">count, money, share (0.5 is 50 %), days or number.</param>
/// <param name="Value">Value; null where it has none.</param>
/// <param name="Before">Value of the period it is compared with.</param>
/// <param name="Records">Address of the records behind it; null where there are none to show.</param>
public sealed record ReportFigureView(string Key, string Label, ReportUnit Unit, decimal? Value, decimal? Before, string? Records);

/// <summary>A column.</summary>
public sealed record ReportColumnView(string Key, string Label, ReportUnit Unit);

/// <summary>A cell.</summary>
public sealed record ReportCellView(decimal? Value, string? Records);

/// <summary>A row, its cells in the order of the columns.</summary>
public sealed record ReportRowView(string Key, string Label, IReadOnlyList<ReportCellView> Cells);

/// <summary>A table.</summary>
public sealed record ReportTableView(string Key, string Label, IReadOnlyList<ReportColumnView> Columns, IReadOnlyList<ReportRowView> Rows, ReportRowView? Total);

/// <summary>A row of values of a picture.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Values">Values, one for each label.</param>
/// <param name="Before">Of lines, the values of the period it is compared with, by their places.</param>
public sealed record ReportSeriesView(string Label, IReadOnlyList<decimal> Values, IReadOnlyList<decimal>? Before = null);

/// <summary>What a picture shows.</summary>
public sealed record ReportChartView(string Key, string Label, ReportPicture Picture, ReportUnit Unit, IReadOnlyList<string> Labels, IReadOnlyList<ReportSeriesView> Series)
{
    /// <summary>Points of a control chart, one for each label.</summary>
    public IReadOnlyList<ReportPoint> Points { get; init; } = [];

    /// <summary>Flows, by what their places are called.</summary>
    public IReadOnlyList<ReportFlowView> Flows { get; init; } = [];

    internal static ReportChartView Of(ReportChart chart, ReportWords words)
    {
        var places = chart.Places.ToDictionary(p => p.Id, p => words.Of(p.Label));
        return new(chart.Key, words.Word($"chart.{chart.Key}"), chart.Picture, chart.Unit, [.. chart.Labels.Select(words.Of)], [.. chart.Series.Select(s => new ReportSeriesView(words.Of(s.Label), s.Values, s.Before))])
        {
            Points = chart.Points,
            Flows = [.. chart.Flows.Select(f => new ReportFlowView(places[f.From], places[f.To], f.Value))],
        };
    }
}

/// <summary>How much flows from one place to another.</summary>
public sealed record ReportFlowView(string From, string To, decimal Value);

/// <summary>A period.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
public sealed record ReportPeriodView(DateOnly From, DateOnly To);

/// <summary>A report.</summary>
/// <param name="Name">Name.</param>
/// <param name="Question">The question it answers.</param>
/// <param name="How">How it is computed.</param>
/// <param name="Period">The period.</param>
/// <param name="Before">The period it is compared with; null where it is not.</param>
/// <param name="Currency">Currency of money.</param>
/// <param name="Gathering">Whether facts are still being gathered, so that figures are not whole yet.</param>
/// <param name="Notes">What has to be said beside it.</param>
/// <param name="Figures">Figures.</param>
/// <param name="Charts">What pictures show.</param>
/// <param name="Tables">Tables.</param>
public sealed record ReportView(
    string Name, string Question, string How, ReportPeriodView Period, ReportPeriodView? Before, string Currency, bool Gathering, IReadOnlyList<string> Notes,
    IReadOnlyList<ReportFigureView> Figures, IReadOnlyList<ReportChartView> Charts, IReadOnlyList<ReportTableView> Tables)
{
    internal static ReportView Of(BuiltReport built, ReportWords words, Setting setting)
    {
        var (report, query, body) = (built.Report, built.Query, built.Body);
        string? Records(string? key) => key is null ? null : ReportAddress.Of(AnalyticsUrls.RecordsApi(report.Name), query with { Compare = null }, ("key", key));
        ReportRowView Row(ReportTable table, ReportRow row) => new(
            row.Key, words.Of(row.Label), [.. row.Cells.Select((c, i) => new ReportCellView(ReportWords.Exact(table.Columns[i].Unit, c.Value), Records(c.Records)))]);
        return new(
            report.Name, words.Question(report), words.How(report), new(query.From, query.To), query.Before is var (from, to) ? new(from, to) : null, setting.Organisation.Currency, built.Gathering,
            [.. body.Notes.Select(n => words.Word($"note.{n}"))],
            [.. body.Figures.Select(f => new ReportFigureView(f.Key, words.Word($"figure.{f.Key}"), f.Unit, ReportWords.Exact(f.Unit, f.Value), ReportWords.Exact(f.Unit, f.Before), Records(f.Records)))],
            [.. body.Charts.Select(c => ReportChartView.Of(c, words))],
            [.. body.Tables.Select(t => new ReportTableView(t.Key, words.Word($"table.{t.Key}"), [.. t.Columns.Select(c => new ReportColumnView(c.Key, words.Word($"column.{c.Key}"), c.Unit))],
                [.. t.Rows.Select(r => Row(t, r))], t.Total is { } total ? Row(t, total) : null))]);
    }
}

/// <summary>A record behind a figure.</summary>
/// <param name="Kind">lead or opportunity.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null where the caller does not see the record itself.</param>
/// <param name="On">The day by which it counts.</param>
/// <param name="Owner">Whose it counts as.</param>
/// <param name="Amount">Its money, where the figure has money.</param>
public sealed record ReportRecordView(ReportRecordKind Kind, Guid Id, string? Name, DateOnly On, ReportOwnerView? Owner, decimal? Amount);

/// <summary>Whose a record counts as.</summary>
public sealed record ReportOwnerView(Guid Id, string? Name);
