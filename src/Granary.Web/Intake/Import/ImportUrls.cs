namespace Granary.Web.Intake.Import;

/// <summary>Addresses of the pages and forms of imports.</summary>
internal static class ImportUrls
{
    public const string List = "/imports", New = "/imports/new", Files = "/imports/files";

    public static string Import(Guid id) => $"{List}/{id}";

    public static string Columns(Guid id) => $"{List}/{id}/columns";

    public static string Difference(Guid id) => $"{List}/{id}/difference";

    public static string Confirmation(Guid id) => $"{List}/{id}/confirmation";

    public static string Discarding(Guid id) => $"{List}/{id}/discarding";

    public static string Reversal(Guid id) => $"{List}/{id}/reversal";

    public static string Errors(Guid id) => $"{List}/{id}/errors";

    public static string Progress(Guid id) => $"{List}/{id}/progress";

    public static string After(DateTimeOffset before) => $"{List}?before={before.ToUnixTimeMilliseconds()}";

    public static string Leads(Guid id) => $"/leads?import={id}";
}
