using Granary.Application.Intake.Import.Records;
using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Import;
using Granary.Application.Qualification.Merging;
using Granary.Application.Qualification.Named;
using Granary.Application.Qualification.Pools;
using Granary.Web.Jobs;

namespace Granary.Web.Qualification;

/// <summary>Composition of the qualification room: MQL and SQL, accounts and their contacts.</summary>
public static class QualificationRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddQualification(this IServiceCollection services)
    {
        services.AddSweep<RemindTouches>(TimeSpan.FromMinutes(5), static (remind, ct) => remind.Sweep(ct));
        return services.AddAccounts().AddNamed()
            .AddSingleton<QualifyLead>()
            .AddSingleton<JudgeQualification>()
            .AddSingleton<ReadQualifications>()
            .AddSingleton<QualificationWords>();
    }

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<SaveAccount>()
        .AddSingleton<RecordImport, AccountImport>()
        .AddSingleton<SaveContact>()
        .AddSingleton<ListAccounts>()
        .AddSingleton<ReadAccount>()
        .AddSingleton<RevealAccountContacts>()
        .AddSingleton<MoveAccount>()
        .AddSingleton<PooledAccounts>()
        .AddSingleton<MergeLeads>()
        .AddSingleton<UnmergeLeads>()
        .AddSingleton<MergeAccounts>()
        .AddSingleton<AccountMergePart, LeadsOfAccount>()
        .AddSingleton<AccountMergePart, ContactsOfAccount>()
        .AddSingleton<AccountMergePart, PartsOfAccount>()
        .AddSingleton<AccountMergePart, RedirectsToAccount>()
        .AddSingleton<ReadMerges>()
        .AddSingleton<PersonPart, MergePersonPart>()
        .AddSingleton<PersonPart, NamedPersonPart>()
        .AddSingleton<PersonPart, AccountContactPersonPart>()
        .AddSingleton<PersonPart, AccountPersonPart>()
        .AddSingleton<PersonPart, QualificationPersonPart>();

    private static IServiceCollection AddNamed(this IServiceCollection services) => services
        .AddSingleton<AccountMergePart, NamedMergePart>()
        .AddSingleton<NamedKnowledge>()
        .AddSingleton<NamedVerb>()
        .AddSingleton<SaveNamedList>()
        .AddSingleton<NameAccounts>()
        .AddSingleton<MoveNamedAccount>()
        .AddSingleton<TickNamedCheck>()
        .AddSingleton<TouchPlan>()
        .AddSingleton<RemindTouches>()
        .AddSingleton<ReadNamed>()
        .AddSingleton<ExportNamed>()
        .AddScoped<NamedWords>()
        .AddScoped<NamedAnswer>();

    /// <summary>Maps the room's API.</summary>
    public static void MapQualification(this IEndpointRouteBuilder app)
    {
        app.MapAccounts();
        app.MapContacts();
        app.MapQualifications();
        app.MapMerges();
        app.MapAccountMerges();
        app.MapAccountPools();
        app.MapNamedLists();
        app.MapNamedAccounts();
    }
}
