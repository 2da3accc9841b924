using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

internal sealed class ImportRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/imports").Needs(Permission.ImportLeads),
        Post("/api/v1/imports").Needs(Permission.ImportLeads).Sends(_ => Samples.Upload("file", "walk.csv", "a,b\n1,2\n"u8.ToArray())),
        Get("/api/v1/imports/{id:guid}").Needs(Permission.ImportLeads).On(Samples.Import),
        Post("/api/v1/imports/{id:guid}/confirmation").Needs(Permission.ImportLeads).On(Samples.Import),
        Get("/api/v1/imports/{id:guid}/errors").Needs(Permission.ImportLeads).On(Samples.Import).OrMissing(),
        Post("/api/v1/imports/{id:guid}/reversal").Needs(Permission.ImportLeads).On(Samples.Import),
        Page("/imports").Needs(Permission.ImportLeads),
        Page("/imports/new").Needs(Permission.ImportLeads),
        Page("/imports/{Id:guid}").Needs(Permission.ImportLeads).On(Samples.Import),
        Page("/imports/{Id:guid}/columns").Needs(Permission.ImportLeads).On(Samples.Import),
        Page("/imports/{Id:guid}/difference").Needs(Permission.ImportLeads).On(Samples.Import).OrMissing(),
        Post("/imports/files").Needs(Permission.ImportLeads).Sends(_ => Samples.Upload("file", "walk.csv", "a,b\n1,2\n"u8.ToArray())),
        Post("/imports/{id:guid}/confirmation").Needs(Permission.ImportLeads).On(Samples.Import),
        Post("/imports/{id:guid}/discarding").Needs(Permission.ImportLeads).On(Samples.Import),
        Post("/imports/{id:guid}/reversal").Needs(Permission.ImportLeads).On(Samples.Import),
        Get("/imports/{id:guid}/errors").Needs(Permission.ImportLeads).On(Samples.Import).OrMissing(),
        Get("/imports/{id:guid}/progress").Needs(Permission.ImportLeads).On(Samples.Import),
        .. Records("accounts", Permission.ManageAccounts),
        .. Records("opportunities", Permission.EditOpportunities),
    ];

    private static IEnumerable<RouteRule> Records(string name, Permission permission)
    {
        var import = Samples.RecordImport(name, permission);
        return
        [
            Get($"/api/v1/{name}/imports").Needs(permission),
            Post($"/api/v1/{name}/imports").Needs(permission).Sends(_ => Samples.Upload("file", "walk.csv", "a,b\n1,2\n"u8.ToArray())),
            Get($"/api/v1/{name}/imports/{{id:guid}}").Needs(permission).On(import),
            Post($"/api/v1/{name}/imports/{{id:guid}}/trial").Needs(permission).On(import),
            Post($"/api/v1/{name}/imports/{{id:guid}}/confirmation").Needs(permission).On(import),
            Get($"/api/v1/{name}/imports/{{id:guid}}/errors").Needs(permission).On(import).OrMissing(),
            Page($"/{name}/import").Needs(permission),
            Page($"/{name}/import/{{Id:guid}}").Needs(permission).On(import),
            Post($"/{name}/import/files").Needs(permission).Sends(_ => Samples.Upload("file", "walk.csv", "a,b\n1,2\n"u8.ToArray())),
            Post($"/{name}/import/{{id:guid}}/plan").Needs(permission).On(import),
            Post($"/{name}/import/{{id:guid}}/confirmation").Needs(permission).On(import),
            Post($"/{name}/import/{{id:guid}}/discarding").Needs(permission).On(import),
            Get($"/{name}/import/{{id:guid}}/errors").Needs(permission).On(import).OrMissing(),
        ];
    }
}
