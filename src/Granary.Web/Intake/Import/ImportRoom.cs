using Granary.Application.Intake.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Web.Capture;
using Granary.Web.Intake.Import.Records;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Granary.Web.Intake.Import;

/// <summary>Composition of imports: from file to leads.</summary>
public static class ImportRoom
{
    /// <summary>Registers the use cases and the worker.</summary>
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<PreviewImport>();
        services.AddSingleton<ForecastImport>();
        services.AddSingleton<ConfirmImport>();
        services.AddSingleton<ImportRun>();
        services.AddSingleton<ImportErrors>();
        services.AddSingleton<RevertImport>();
        services.AddSingleton<RecordImports>();
        services.AddSingleton<RecordRun>();
        services.AddHostedService<ImportWorker>();
        services.TryAddSingleton<ImportText>();
        services.AddScoped<ImportWords>();
        services.AddScoped<RecordWords>();
        return services;
    }

    /// <summary>Maps the API, the forms and the progress; the pages map themselves.</summary>
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapImportForms();
        app.MapImportsApi();
        app.MapRecordImportForms();
        app.MapRecordImportsApi();
    }
}
