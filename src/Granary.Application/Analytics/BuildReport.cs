using Granary.Application.Analytics.Facts;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;

namespace Granary.Application.Analytics;

/// <summary>A report as it was built.</summary>
/// <param name="Report">Which.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Body">What it says.</param>
/// <param name="Gathering">Whether facts are still being gathered, so that figures are not whole yet.</param>
public sealed record BuiltReport(Report Report, ReportQuery Query, ReportBody Body, bool Gathering);

/// <summary>Finds and builds reports, each within one state of the database, so that its figures agree.</summary>
public sealed class BuildReport(Store store, SettingCache settings, IEnumerable<Report> reports)
{
    /// <summary>All reports, in the order they were registered.</summary>
    public IReadOnlyList<Report> All { get; } = [.. reports];

    /// <summary>A report; null where none has the name.</summary>
    public Report? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>Builds one.</summary>
    public async Task<BuiltReport> Of(Viewer viewer, Report report, ReportQuery query, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Look(async scope => new BuiltReport(
            report, query, await report.Build(Work(scope.Db, viewer, setting, query), ct), await FactConsumer.IsWalking(scope.Db, ct)), ct);
    }

    /// <summary>A page of the records behind a figure, one more than asked for where there are more; null where the key names none.</summary>
    public async Task<IReadOnlyList<ReportRecord>?> Records(Viewer viewer, Report report, ReportQuery query, string key, Guid? after, int take, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Look(scope => report.Records(Work(scope.Db, viewer, setting, query), key, after, take + 1, ct), ct);
    }

    private static ReportWork Work(GranaryDb db, Viewer viewer, Setting setting, ReportQuery query) => new()
    {
        Db = db,
        Viewer = viewer,
        Setting = setting,
        Query = query,
        Filter = query.Facts(viewer, setting),
        From = query.From,
        To = query.To,
        Before = query.Before,
    };
}
