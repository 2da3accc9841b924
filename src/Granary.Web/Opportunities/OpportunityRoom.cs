using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Web.Jobs;
using Granary.Web.Opportunities.Partners;

namespace Granary.Web.Opportunities;

/// <summary>Composition of the opportunities room: conversion, stages, grades and forecast, papers, contracts, handover.</summary>
public static class OpportunityRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddOpportunities(this IServiceCollection services)
    {
        services.AddSweep<ExpireRegistrations>(TimeSpan.FromMinutes(5), static (expire, ct) => expire.Sweep(ct));
        services.AddSweep<RemindOpportunities>(TimeSpan.FromMinutes(5), static (remind, ct) => remind.Sweep(ct));
        return services
            .AddSingleton<PersonPart, OpportunityPersonPart>()
            .AddSingleton<PersonPart, OpportunityPaperPersonPart>()
            .AddSingleton<PersonPart, OpportunityWordsPersonPart>()
            .AddSingleton<PersonPart, OpportunityLogPersonPart>()
            .AddSingleton<AccountMergePart, OpportunitiesOfAccount>()
            .AddSingleton<Application.Qualification.Named.DealsOfAccounts>(DealsOfAccount.Of)
            .AddSingleton<PersonPart, PartnerPersonPart>()
            .AddSingleton<AccountMergePart, PartnersOfAccount>()
            .AddSingleton<SavePartner>()
            .AddSingleton<RegisterDeal>()
            .AddSingleton<ReadPartners>()
            .AddSingleton<ExpireRegistrations>()
            .AddScoped<PartnerWords>()
            .AddScoped<PartnerSaying>()
            .AddSingleton<Application.Intake.Import.Records.RecordImport, Application.Opportunities.Import.OpportunityImport>()
            .AddSingleton<ConvertLead>()
            .AddSingleton<UndoConversion>()
            .AddSingleton<ReadConversions>()
            .AddSingleton<OpportunityVerb>()
            .AddSingleton<EditOpportunity>()
            .AddSingleton<MoveStage>()
            .AddSingleton<GradeOpportunity>()
            .AddSingleton<WritePaper>()
            .AddSingleton<DecidePlan>()
            .AddSingleton<HandleObjection>()
            .AddSingleton<HandleContract>()
            .AddSingleton<HandOver>()
            .AddSingleton<ListOpportunities>()
            .AddSingleton<ExportOpportunities>()
            .AddScoped<OpportunityFileWords>()
            .AddSingleton<OpportunityBoard>()
            .AddSingleton<ReadOpportunity>()
            .AddSingleton<OpportunityForecast>()
            .AddSingleton<OpportunityTasks>()
            .AddSingleton<RemindOpportunities>()
            .AddSingleton<OpportunityWords>()
            .AddScoped<OpportunityAnswer>();
    }

    /// <summary>Maps the room's API and forms.</summary>
    public static void MapOpportunities(this IEndpointRouteBuilder app)
    {
        app.MapConversions();
        app.MapOpportunityRecords();
        app.MapOpportunityExport();
        app.MapGrades();
        app.MapPapers();
        app.MapContracts();
        app.MapHandovers();
        app.MapPartners();
        app.MapRegistrations();
        app.MapGroup("").ExcludeFromDescription().MapPartnerForms();
        app.MapGroup("").ExcludeFromDescription().MapOpportunityForms();
    }
}
