using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Named accounts and their lists.</summary>
internal sealed class NamedRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/named-lists").Needs(Permission.ManageAccounts),
        Page("/named-lists/new").Needs(Permission.ManageAccounts),
        Page("/named-lists/{Id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Page("/named-lists/{Id:guid}/edit").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Page("/named-lists/{Id:guid}/goals").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Page("/named-lists/accounts/{Id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedAccount),
        Post("/named-lists/{id:guid}/accounts").Needs(Permission.ManageAccounts).On(Samples.NamedList).Sends(new { account = Guid.NewGuid(), accountText = "北京" }),
        Post("/named-lists/{id:guid}/removal").Needs(Permission.ManageAccounts).On(Samples.NamedList).Sends(new { }).Unharmed(),
        Get("/named-lists/{id:guid}/export").Needs(Permission.ManageAccounts, Permission.ExportLeads).On(Samples.NamedList),
        Post("/named-lists/accounts/{id:guid}/stage").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { stage = "named" }),
        Post("/named-lists/accounts/{id:guid}/list").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { list = Guid.NewGuid() }),
        Post("/named-lists/accounts/{id:guid}/removal").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { }).Unharmed(),
        Post("/named-lists/accounts/{id:guid}/checks").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { check = "it_status", evidence = "电话" }),
        Post("/named-lists/accounts/{id:guid}/unticking").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { check = "it_status" }),
        Post("/named-lists/accounts/{id:guid}/touches").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { instrument = "expo", plannedOn = "2026-12-01" }),
        Post("/named-lists/accounts/{id:guid}/touches/{touch:guid}/plan").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { instrument = "expo", plannedOn = "2026-12-01" }),
        Post("/named-lists/accounts/{id:guid}/touches/{touch:guid}/completion").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { outcome = "到场" }),
        Post("/named-lists/accounts/{id:guid}/touches/{touch:guid}/cancellation").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { }),
        Post("/accounts/{id:guid}/naming").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { list = Guid.NewGuid() }),

        Get("/api/v1/named-lists").Needs(Permission.ManageAccounts),
        Get("/api/v1/named-lists/ratio").Needs(Permission.ManageAccounts),
        Post("/api/v1/named-lists").Needs(Permission.ManageAccounts).Sends(_ => new { name = $"展会 {Guid.NewGuid():N}", source = "expo" }),
        Get("/api/v1/named-lists/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Patch("/api/v1/named-lists/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedList).Sends(new { note = "重点" }),
        Delete("/api/v1/named-lists/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedList).Unharmed(),
        Get("/api/v1/named-lists/{id:guid}/accounts").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Post("/api/v1/named-lists/{id:guid}/accounts").Needs(Permission.ManageAccounts).On(Samples.NamedList).Sends(_ => new { companies = new[] { $"北京{Guid.NewGuid():N}有限公司" } }),
        Get("/api/v1/named-lists/{id:guid}/export").Needs(Permission.ManageAccounts, Permission.ExportLeads).On(Samples.NamedList),
        Get("/api/v1/named-lists/{id:guid}/goals").Needs(Permission.ManageAccounts).On(Samples.NamedList),
        Post("/api/v1/named-lists/{id:guid}/goals").Needs(Permission.ManageAccounts).On(Samples.NamedList).Sends(new { quarter = "2026Q4", goals = new { named = 5 } }),
        Get("/api/v1/named-accounts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedAccount),
        Delete("/api/v1/named-accounts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Unharmed(),
        Post("/api/v1/named-accounts/{id:guid}/stage").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { stage = "named" }),
        Post("/api/v1/named-accounts/{id:guid}/list").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { listId = Guid.NewGuid() }),
        Post("/api/v1/named-accounts/{id:guid}/checks").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { check = "it_status", evidence = "电话" }),
        Delete("/api/v1/named-accounts/{id:guid}/checks/{check}").Needs(Permission.ManageAccounts).On(Samples.NamedAccount),
        Post("/api/v1/named-accounts/{id:guid}/touches").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { instrument = "expo", plannedOn = "2026-12-01" }),
        Post("/api/v1/named-accounts/{id:guid}/touches/{touch:guid}/plan").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { instrument = "expo", plannedOn = "2026-12-01" }),
        Post("/api/v1/named-accounts/{id:guid}/touches/{touch:guid}/completion").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { outcome = "到场" }),
        Post("/api/v1/named-accounts/{id:guid}/touches/{touch:guid}/cancellation").Needs(Permission.ManageAccounts).On(Samples.NamedAccount).Sends(new { }),
    ];
}
