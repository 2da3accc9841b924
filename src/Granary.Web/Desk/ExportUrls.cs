using Granary.Application.Desk;

namespace Granary.Web.Desk;

/// <summary>Addresses of exports.</summary>
internal static class ExportUrls
{
    public const string List = "/exports", NewPath = "/exports/new";

    public static string New(LeadFilter filter) => filter.ToString() is { Length: > 0 } query ? $"{NewPath}?{query}" : NewPath;

    public static string After(Guid id) => $"{List}?before={id}";

    public static string Export(Guid id) => $"{List}/{id}";

    public static string File(Guid id) => $"{List}/{id}/file";

    public static string Progress(Guid id) => $"{List}/{id}/progress";

    public static string Decision(Guid id) => $"{List}/{id}/decision";

    public static string Cancellation(Guid id) => $"{List}/{id}/cancellation";
}
