namespace Granary.Web.Analytics;

/// <summary>Addresses of analytics.</summary>
public static class AnalyticsUrls
{
    /// <summary>All reports.</summary>
    public const string Index = "/analytics";

    /// <summary>Saved and scheduled reports.</summary>
    public const string Saved = $"{Index}/saved";

    /// <summary>Where funnels of one's own are kept.</summary>
    public const string Funnels = $"{Index}/funnels";

    /// <summary>Where retrospectives are written.</summary>
    public const string Retrospective = $"{Index}/retrospective/writing";

    /// <summary>Scheduling a saved report.</summary>
    public static string NewSchedule(Guid report) => $"{Saved}/{report}/schedule";

    /// <summary>A schedule.</summary>
    public static string Schedule(Guid id) => $"{Index}/schedules/{id}";

    /// <summary>A report.</summary>
    public static string Report(string name) => $"{Index}/{name}";

    /// <summary>Its records.</summary>
    public static string Records(string name) => $"{Index}/{name}/records";

    /// <summary>The report as a file.</summary>
    public static string File(string name) => $"{Index}/{name}/file";

    /// <summary>Its records by the API.</summary>
    public static string RecordsApi(string name) => $"/api/v1/reports/{name}/records";
}
