namespace Granary.Application.Analytics;

/// <summary>What a figure is measured in.</summary>
public enum ReportUnit
{
    /// <summary>A number of records.</summary>
    Count = 1,

    /// <summary>Money in the organisation's currency.</summary>
    Money = 2,

    /// <summary>A share, 0.5 for 50 %.</summary>
    Share = 3,

    /// <summary>Days.</summary>
    Days = 4,

    /// <summary>A number without unit, such as a return.</summary>
    Number = 5,

    /// <summary>Minutes.</summary>
    Minutes = 6,
}

/// <summary>A name as it stands, or the key of a word in the reader's language.</summary>
/// <param name="Text">The name.</param>
/// <param name="Word">The key of the word; null where it is a name.</param>
public readonly record struct ReportLabel(string? Text, string? Word = null)
{
    /// <summary>A name that stands beside it.</summary>
    public string? Beside { get; init; }

    /// <summary>The key of a word that stands beside it.</summary>
    public string? BesideWord { get; init; }

    /// <summary>A word.</summary>
    public static ReportLabel Of(string word) => new(null, word);

    /// <summary>A name; where there is none, the word for it.</summary>
    public static ReportLabel Named(string? name, string otherwise = "none") => string.IsNullOrEmpty(name) ? Of(otherwise) : new(name);
}

/// <summary>A figure.</summary>
/// <param name="Key">Its key; words <c>figure.{key}</c>.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Value">Value; null where it has none, such as a rate of nothing.</param>
/// <param name="Before">The value of the period it is compared with.</param>
/// <param name="Records">Key of the records behind it; null where there are none to show.</param>
public sealed record ReportFigure(string Key, ReportUnit Unit, decimal? Value, decimal? Before = null, string? Records = null);

/// <summary>A column of figures; words <c>column.{key}</c>.</summary>
public sealed record ReportColumn(string Key, ReportUnit Unit)
{
    /// <summary>Whether it says something of the period that is compared with, and nothing where none is.</summary>
    public bool Compares => Key is "before" or "change" or "rateBefore";
}

/// <summary>A cell.</summary>
/// <param name="Value">Value; null is written as a dash.</param>
/// <param name="Records">Key of the records behind it.</param>
public readonly record struct ReportValue(decimal? Value, string? Records = null);

/// <summary>A row.</summary>
/// <param name="Key">Stable key, such as the id of a channel.</param>
/// <param name="Label">What it is of.</param>
/// <param name="Cells">Its cells, one for each column.</param>
public sealed record ReportRow(string Key, ReportLabel Label, IReadOnlyList<ReportValue> Cells)
{
    /// <summary>Whether it adds up the rows above it.</summary>
    public bool Sum { get; init; }
}

/// <summary>A table.</summary>
/// <param name="Key">Its key; words <c>table.{key}</c>, which is also the heading of its first column.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Rows">Rows, in their order.</param>
/// <param name="Total">The row of all together; null where nothing is added up.</param>
public sealed record ReportTable(string Key, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, ReportRow? Total = null);

/// <summary>A picture.</summary>
public enum ReportPicture
{
    /// <summary>Steps and their rates.</summary>
    Funnel = 1,

    /// <summary>Values over time.</summary>
    Line = 2,

    /// <summary>Values beside each other.</summary>
    Bar = 3,

    /// <summary>Shares of a whole.</summary>
    Donut = 4,

    /// <summary>Wholes made of parts, a bar for each label.</summary>
    Stacked = 10,

    /// <summary>Two dimensions, the darker the more; labels are columns.</summary>
    Heat = 11,

    /// <summary>What flows from where to where.</summary>
    Sankey = 12,

    /// <summary>A value over time within what is usual.</summary>
    Control = 13,
}

/// <summary>A row of values of a picture, one for each of its labels.</summary>
public sealed record ReportSeries(ReportLabel Label, IReadOnlyList<decimal> Values)
{
    /// <summary>Of lines, the values of the period it is compared with, by their places; null where it is not.</summary>
    public IReadOnlyList<decimal>? Before { get; init; }
}

/// <summary>What a picture shows.</summary>
/// <param name="Key">Its key; words <c>chart.{key}</c>.</param>
/// <param name="Picture">Which.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Labels">What the values are of.</param>
/// <param name="Series">The values; one row of them but for lines.</param>
public sealed record ReportChart(string Key, ReportPicture Picture, ReportUnit Unit, IReadOnlyList<ReportLabel> Labels, IReadOnlyList<ReportSeries> Series)
{
    /// <summary>The points of <see cref="ReportPicture.Control"/>, one for each label.</summary>
    public IReadOnlyList<ReportPoint> Points { get; init; } = [];

    /// <summary>The places of <see cref="ReportPicture.Sankey"/>.</summary>
    public IReadOnlyList<ReportPlace> Places { get; init; } = [];

    /// <summary>What flows between them.</summary>
    public IReadOnlyList<ReportFlow> Flows { get; init; } = [];
}

/// <summary>A point of a control chart.</summary>
/// <param name="Value">Value; null where there is none.</param>
/// <param name="Low">Lower limit of what is usual; null where it is not known.</param>
/// <param name="Middle">Median.</param>
/// <param name="High">Upper limit.</param>
/// <param name="Marked">Whether it is outside.</param>
public sealed record ReportPoint(decimal? Value, decimal? Low, decimal? Middle, decimal? High, bool Marked);

/// <summary>A place that something flows from or to.</summary>
/// <param name="Id">Names it in flows.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Column">Where it stands, from 0 at the left.</param>
public sealed record ReportPlace(string Id, ReportLabel Label, int Column);

/// <summary>How much flows from one place to another.</summary>
public sealed record ReportFlow(string From, string To, decimal Value);

/// <summary>What a report says.</summary>
/// <param name="Figures">The figures above all.</param>
/// <param name="Charts">Pictures.</param>
/// <param name="Tables">Tables.</param>
public sealed record ReportBody(IReadOnlyList<ReportFigure> Figures, IReadOnlyList<ReportChart> Charts, IReadOnlyList<ReportTable> Tables)
{
    /// <summary>Keys of words that are to be said beside it, such as what is not in it; words <c>note.{key}</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What a record is.</summary>
public enum ReportRecordKind
{
    /// <summary>A lead.</summary>
    Lead = 1,

    /// <summary>An opportunity.</summary>
    Opportunity = 2,
}

/// <summary>A record behind a figure.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null where the reader does not see the record itself, or it has none.</param>
/// <param name="On">The day by which it counts.</param>
/// <param name="OwnerId">Whose it counts as; null where nobody's.</param>
/// <param name="Amount">Its money, where the figure is of money.</param>
/// <param name="Visible">Whether the reader sees the record itself.</param>
public sealed record ReportRecord(ReportRecordKind Kind, Guid Id, string? Name, DateOnly On, Guid? OwnerId, decimal? Amount, bool Visible);
