using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

internal sealed class SettingsRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/settings").SignedIn(),
        Page("/settings/organisation").Needs(Permission.ManagePolicies),
        Page("/settings/calendar").Needs(Permission.ManagePolicies),
        Get("/api/v1/calendar").SignedIn(),
        Put("/api/v1/calendar").Needs(Permission.ManagePolicies),
        Patch("/api/v1/calendar").Needs(Permission.ManagePolicies),
        Put("/api/v1/calendar/days/{date}").Needs(Permission.ManagePolicies).Sends(new { kind = "holiday", name = "Walk" }),
        Delete("/api/v1/calendar/days/{date}").Needs(Permission.ManagePolicies).OrMissing(),
        Post("/api/v1/calendar/imports").Needs(Permission.ManagePolicies).Sends(new { days = Array.Empty<object>() }),

        Page("/settings/policies/{Name}").Needs(Permission.ManagePolicies).OrMissing(),
        Get("/api/v1/policies/{kind}").Needs(Permission.ManagePolicies).OrMissing(),
        Post("/api/v1/policies/{kind}/draft").Needs(Permission.ManagePolicies).OrMissing(),
        Delete("/api/v1/policies/{kind}/draft").Needs(Permission.ManagePolicies).OrMissing(),
        Post("/api/v1/policies/{kind}/publication").Needs(Permission.ManagePolicies).Sends(new { note = "walk" }).OrMissing(),

        Page("/settings/channels").Needs(Permission.ManageChannels),
        Get("/api/v1/channels").SignedIn(),
        Post("/api/v1/channels").Needs(Permission.ManageChannels).Sends(_ => new { path = $"展会/{Guid.NewGuid():N}" }),
        Patch("/api/v1/channels/{id:guid}").Needs(Permission.ManageChannels).Sends(new { path = "展会/走" }).OrMissing(),
        Post("/api/v1/channels/{id:guid}/confirmation").Needs(Permission.ManageChannels).OrMissing(),
        Post("/api/v1/channels/{id:guid}/retirement").Needs(Permission.ManageChannels).OrMissing(),
        Delete("/api/v1/channels/{id:guid}/retirement").Needs(Permission.ManageChannels).OrMissing(),
        Page("/forms").Needs(Permission.ManageChannels),
        Page("/forms/new").Needs(Permission.ManageChannels),
        Page("/forms/{Id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Get("/api/v1/forms").Needs(Permission.ManageChannels),
        Get("/api/v1/forms/{id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Post("/api/v1/forms").Needs(Permission.ManageChannels),
        Patch("/api/v1/forms/{id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Page("/hooks").Needs(Permission.ManageChannels),
        Page("/hooks/new").Needs(Permission.ManageChannels),
        Page("/hooks/{Id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Get("/api/v1/hooks").Needs(Permission.ManageChannels),
        Get("/api/v1/hooks/{id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Post("/api/v1/hooks").Needs(Permission.ManageChannels),
        Patch("/api/v1/hooks/{id:guid}").Needs(Permission.ManageChannels).OrMissing(),
        Post("/api/v1/hooks/{id:guid}/renewal").Needs(Permission.ManageChannels).OrMissing(),

        Page("/settings/lists/blacklist").Needs(Permission.MaintainLists),
        Page("/settings/lists/words").Needs(Permission.MaintainLists),
        Page("/settings/lists/aliases").Needs(Permission.MaintainLists),
        Get("/api/v1/blacklist").Needs(Permission.MaintainLists),
        Post("/api/v1/blacklist").Needs(Permission.MaintainLists).Sends(new { kind = "company", value = "走走", reason = "walk" }),
        Delete("/api/v1/blacklist/{id:guid}").Needs(Permission.MaintainLists).OrMissing(),
        Get("/api/v1/sensitive-words").Needs(Permission.MaintainLists),
        Post("/api/v1/sensitive-words").Needs(Permission.MaintainLists).Sends(new { words = new[] { "走走" } }),
        Delete("/api/v1/sensitive-words/{word}").Needs(Permission.MaintainLists).OrMissing(),
        Get("/api/v1/company-aliases").Needs(Permission.MaintainLists),
        Post("/api/v1/company-aliases").Needs(Permission.MaintainLists).Sends(new { alias = "走走", company = "北京走走科技有限公司" }),
        Delete("/api/v1/company-aliases/{alias}").Needs(Permission.MaintainLists).OrMissing(),

        Page("/settings/pools").Needs(Permission.ManagePolicies),
        Page("/settings/pools/{Id:guid}").Needs(Permission.ManagePolicies).OrMissing(),
        Get("/api/v1/pools").Needs(Permission.ViewLeads),
        Post("/api/v1/pools").Needs(Permission.ManagePolicies).Sends(_ => new { key = $"p{Guid.NewGuid():N}"[..20], name = $"{Guid.NewGuid():N}" }),
        Put("/api/v1/pools/{id:guid}").Needs(Permission.ManagePolicies).Sends(new { name = "walk" }).OrMissing(),
        Put("/api/v1/pools/{id:guid}/members").Needs(Permission.ManagePolicies).Sends(new { members = Array.Empty<Guid>() }).OrMissing(),
        Delete("/api/v1/pools/{id:guid}").Needs(Permission.ManagePolicies).OrMissing(),
    ];
}
