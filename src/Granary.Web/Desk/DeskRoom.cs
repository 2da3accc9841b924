using Granary.Application.Desk;
using Granary.Application.Desk.Exports;
using Granary.Web.Desk.Accounts;
using Granary.Web.Desk.Named;
using Granary.Web.Desk.Records;
using Granary.Web.Jobs;

namespace Granary.Web.Desk;

/// <summary>Composition of the desk: the screens that bring all rooms together.</summary>
public static class DeskRoom
{
    /// <summary>Registers what the screens read and say.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<SharingBoard>();
        services.AddSingleton<LeadList>();
        services.AddSingleton<ReadLead>();
        services.AddSingleton<MyDesk>();
        services.AddSingleton<PoolBoard>();
        services.AddSingleton<PoolLeads>();
        services.AddSingleton<PoolHeld>();
        services.AddSingleton<PoolGaming>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<Notices>();
        services.AddSingleton<NoticesFeed>();
        services.AddSweep<NoticesFeed>(TimeSpan.FromSeconds(2), static (feed, ct) => feed.Look(ct));
        services.AddScoped<NoticeWords>();
        services.AddSingleton<NoticesWording>();
        services.AddSingleton<NoticeWording>(provider => provider.GetRequiredService<NoticesWording>().Of);
        services.AddSingleton<NoticesOutbox>();
        services.AddSweep<NoticesOutbox>(TimeSpan.FromSeconds(5), static (outbox, ct) => outbox.Sweep(ct));
        services.AddSingleton<Supervision>();
        services.AddSingleton<SupervisionRecords>();
        services.AddScoped<LeadWords>();
        services.AddScoped<LeadFilterWords>();
        services.AddScoped<ReactivationWords>();
        services.AddScoped<EventWords>();
        services.AddScoped<AccountWords>();
        services.AddScoped<NamedSaying>();
        services.AddSingleton<ReadAudit>();
        services.AddScoped<AuditWords>();
        services.AddSingleton<ExportsWording>();
        services.AddSingleton<ExportWordings>(provider => provider.GetRequiredService<ExportsWording>().Of);
        services.AddRecordExports();
        services.AddSingleton<RequestExport>();
        services.AddSingleton<DecideExport>();
        services.AddSingleton<ReadExports>();
        services.AddSingleton<RunExport>();
        services.AddSingleton<ExportWorker>();
        services.AddScoped<ExportWords>();
        services.AddSweep<ExportWorker>(TimeSpan.FromSeconds(1), static (worker, ct) => worker.Run(ct));
        services.AddSweep<ExportWorker>(TimeSpan.FromMinutes(10), static (worker, ct) => worker.Expire(ct));
        services.AddScoped<VerbAnswer>();
        services.AddScoped<PoolAnswers>();
        services.AddScoped<PoolAnswer>();
        services.AddSingleton<ClaimPooled>();
        return services;
    }

    /// <summary>Maps the forms and fragments of the screens; the pages map themselves.</summary>
    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        app.MapLeadListApi();
        app.MapSupervisionApi();
        app.MapAuditApi();
        app.MapExportsApi();
        app.MapPoolLeads();
        app.MapPoolHeld();
        var desk = app.MapGroup("").ExcludeFromDescription();
        desk.MapLeadForms();
        desk.MapOwnershipForms();
        desk.MapConversionForms();
        desk.MapListForms();
        desk.MapPoolForms();
        desk.MapFragments();
        desk.MapNoticesLive();
        desk.MapAuditForms();
        desk.MapExportForms();
        desk.MapAccountFragments();
        desk.MapNamedForms();
    }
}
