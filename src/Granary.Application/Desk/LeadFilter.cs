using Granary.Application.Capture;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Domain.Scoring;

namespace Granary.Application.Desk;

/// <summary>What a list of leads is ordered by; the id decides between equals.</summary>
public enum LeadSort
{
    /// <summary>When they were received.</summary>
    ReceivedAt = 0,

    /// <summary>Their score.</summary>
    Score = 1,

    /// <summary>When they were changed.</summary>
    ChangedAt = 2,
}

/// <summary>
/// Which leads a list shows, and in which order. It stands in the address as a query string: the page, its saved views and
/// the API write and read the same one. Of a field with several values any may hold; all fields must.
/// </summary>
public sealed record LeadFilter
{
    /// <summary>Everything the reader may see, the latest first.</summary>
    public static LeadFilter All { get; } = new();

    /// <summary>Owned by the reader, <c>owner=me</c>.</summary>
    public bool Mine { get; init; }

    /// <summary>Owned by nobody, <c>owner=none</c>.</summary>
    public bool Unowned { get; init; }

    /// <summary>Waiting in the reader's tray, <c>tray=me</c>.</summary>
    public bool InMyTray { get; init; }

    /// <summary>Owners.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Pools, by key or id.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>Statuses.</summary>
    public IReadOnlyList<LeadStatus> Statuses { get; init; } = [];

    /// <summary>Priorities.</summary>
    public IReadOnlyList<Priority> Priorities { get; init; } = [];

    /// <summary>Cells of the matrix, such as B1.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    /// <summary>Channels: a path, a first level (all below it), or an id.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Campaigns.</summary>
    public IReadOnlyList<string> Campaigns { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Findings.</summary>
    public Finding Findings { get; init; }

    /// <summary>Stages of qualification.</summary>
    public IReadOnlyList<QualificationStage> Qualifications { get; init; } = [];

    /// <summary>Grades of the project, as the latest review of the lead gave them.</summary>
    public IReadOnlyList<ProjectGrade> Grades { get; init; } = [];

    /// <summary>Provinces.</summary>
    public IReadOnlyList<string> Provinces { get; init; } = [];

    /// <summary>The import they came with.</summary>
    public Guid? Import { get; init; }

    /// <summary>Values of custom fields, <c>custom.key=value</c>; of one field any of several.</summary>
    public IReadOnlyList<(string Key, string Value)> Custom { get; init; } = [];

    /// <summary>The account they belong to.</summary>
    public Guid? Account { get; init; }

    /// <summary>Received from.</summary>
    public DayOrInstant? ReceivedFrom { get; init; }

    /// <summary>Received until; a day counts whole.</summary>
    public DayOrInstant? ReceivedTo { get; init; }

    /// <summary>Companies whose core begins so.</summary>
    public string? Company { get; init; }

    /// <summary>What was typed into the search: a phone, e-mail or WeChat id in full, or the beginning of a company's or contact's name.</summary>
    public string? Q { get; init; }

    /// <summary>Order.</summary>
    public LeadSort Sort { get; init; }

    /// <summary>Whether the order is ascending.</summary>
    public bool Ascending { get; init; }

    /// <summary>The order as it is written: <c>-receivedAt</c>.</summary>
    public string SortName => (Ascending ? "" : "-") + WireName.Of(Sort);

    /// <summary>Whether it is the order a list has when none is asked for.</summary>
    public bool IsUsualOrder => Sort == LeadSort.ReceivedAt && !Ascending;

    /// <summary>Reads a query string, with or without its question mark. What is no filter is passed over; what cannot be read is an error and left out.</summary>
    public static LeadFilter Parse(string? query, out IReadOnlyList<FieldError> errors) => LeadFilterQuery.Read(query, out errors);

    /// <inheritdoc cref="Parse(string?, out IReadOnlyList{FieldError})"/>
    public static LeadFilter Parse(string? query) => Parse(query, out _);

    /// <summary>The query string without a question mark; empty for <see cref="All"/>.</summary>
    public override string ToString() => LeadFilterQuery.Write(this);
}
