using Granary.Application.Capture.Import;
using Granary.Domain.People;

namespace Granary.Web.Intake.Import.Records;

/// <summary>What the routes of imports of records are about; they are the same for each kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Permission">Who may.</param>
/// <param name="Tag">Its group in the API's description.</param>
internal sealed record RecordRoutes(ImportKind Kind, string Name, Permission Permission, string Tag)
{
    public static readonly RecordRoutes[] All =
    [
        new(ImportKind.Accounts, "accounts", Permission.ManageAccounts, "Accounts"),
        new(ImportKind.Opportunities, "opportunities", Permission.EditOpportunities, "Opportunities"),
    ];

    public string List => $"/{Name}/import";

    public string Files => $"{List}/files";

    public static RecordRoutes Of(ImportKind kind) => All.Single(r => r.Kind == kind);

    /// <summary>Those of the route that answers.</summary>
    public static RecordRoutes Of(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<RecordRoutes>();

    public string Import(Guid id) => $"{List}/{id}";

    public string Difference(Guid id) => $"{List}/{id}?difference=true";

    public string Plan(Guid id) => $"{List}/{id}/plan";

    public string Confirmation(Guid id) => $"{List}/{id}/confirmation";

    public string Discarding(Guid id) => $"{List}/{id}/discarding";

    public string Errors(Guid id) => $"{List}/{id}/errors";
}
