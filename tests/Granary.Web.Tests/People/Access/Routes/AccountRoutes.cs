using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Accounts and their contacts.</summary>
internal sealed class AccountRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/accounts").Needs(Permission.ManageAccounts),
        Page("/accounts/pools").Needs(Permission.ManageAccounts),
        Post("/accounts/{id:guid}/claim").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { }),
        Post("/accounts/{id:guid}/return").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { pool = "nurture" }),
        Page("/accounts/new").Needs(Permission.ManageAccounts),
        Page("/accounts/{Id:guid}").Needs(Permission.ManageAccounts).On(Samples.Account),
        Page("/accounts/{Id:guid}/edit").Needs(Permission.ManageAccounts).On(Samples.Account),
        Page("/accounts/{Id:guid}/contacts/new").Needs(Permission.ManageAccounts).On(Samples.Account),
        Page("/accounts/{Id:guid}/contacts/{ContactId:guid}").Needs(Permission.ManageAccounts).On(Samples.Contact),
        Page("/accounts/{Id:guid}/merge").Needs(Permission.ManageAccounts).On(Samples.Account).OrMissing(),
        Post("/accounts/{id:guid}/merges/{merge:guid}/undo").Needs(Permission.ManageAccounts).On(Samples.AccountMerge),
        Get("/accounts/options").Needs(Permission.ManageAccounts).Asks("q=1"),

        Get("/api/v1/accounts").Needs(Permission.ManageAccounts),
        Get("/api/v1/accounts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.Account),
        Post("/api/v1/accounts").Needs(Permission.ManageAccounts).Sends(_ => new { name = $"北京{Guid.NewGuid():N}有限公司" }),
        Patch("/api/v1/accounts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { note = "重点" }),
        Post("/api/v1/accounts/{id:guid}/contact-reveals").Needs(Permission.ManageAccounts).On(Samples.Account, Permission.RevealContacts),

        Get("/api/v1/accounts/{id:guid}/merge").Needs(Permission.ManageAccounts).On(Samples.Account).OrMissing(),
        Post("/api/v1/accounts/{id:guid}/merge").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { with = Guid.NewGuid() }),
        Get("/api/v1/accounts/{id:guid}/merges").Needs(Permission.ManageAccounts).On(Samples.Account),
        Post("/api/v1/accounts/{id:guid}/merges/{merge:guid}/undo").Needs(Permission.ManageAccounts).On(Samples.AccountMerge),

        Get("/api/v1/pooled-accounts").Needs(Permission.ManageAccounts),
        Post("/api/v1/accounts/{id:guid}/claim").Needs(Permission.ManageAccounts).On(Samples.Account),
        Post("/api/v1/accounts/{id:guid}/return").Needs(Permission.ManageAccounts).On(Samples.Account).Sends(new { pool = "nurture" }),

        Get("/api/v1/contacts").Needs(Permission.ManageAccounts),
        Get("/api/v1/contacts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.Contact),
        Post("/api/v1/contacts").Needs(Permission.ManageAccounts),
        Patch("/api/v1/contacts/{id:guid}").Needs(Permission.ManageAccounts).On(Samples.Contact).Sends(new { title = "采购经理" }),
    ];
}
