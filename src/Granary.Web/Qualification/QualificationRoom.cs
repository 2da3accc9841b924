using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;

namespace Granary.Web.Qualification;

/// <summary>Composition of the qualification room: MQL and SQL, accounts and their contacts.</summary>
public static class QualificationRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddQualification(this IServiceCollection services) => services
        .AddSingleton<SaveAccount>()
        .AddSingleton<SaveContact>()
        .AddSingleton<ListAccounts>()
        .AddSingleton<ReadAccount>()
        .AddSingleton<RevealAccountContacts>()
        .AddSingleton<MergeLeads>()
        .AddSingleton<UnmergeLeads>()
        .AddSingleton<MergeAccounts>()
        .AddSingleton<AccountMergePart, LeadsOfAccount>()
        .AddSingleton<AccountMergePart, ContactsOfAccount>()
        .AddSingleton<AccountMergePart, PartsOfAccount>()
        .AddSingleton<AccountMergePart, RedirectsToAccount>()
        .AddSingleton<ReadMerges>()
        .AddSingleton<PersonPart, MergePersonPart>()
        .AddSingleton<PersonPart, AccountContactPersonPart>()
        .AddSingleton<PersonPart, AccountPersonPart>()
        .AddSingleton<PersonPart, QualificationPersonPart>()
        .AddSingleton<QualifyLead>()
        .AddSingleton<JudgeQualification>()
        .AddSingleton<ReadQualifications>()
        .AddSingleton<QualificationWords>();

    /// <summary>Maps the room's API.</summary>
    public static void MapQualification(this IEndpointRouteBuilder app)
    {
        app.MapAccounts();
        app.MapContacts();
        app.MapQualifications();
        app.MapMerges();
        app.MapAccountMerges();
    }
}
