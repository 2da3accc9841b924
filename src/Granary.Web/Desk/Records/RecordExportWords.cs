using Granary.Application.Desk.Exports.Records;
using Granary.Application.Opportunities;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification.Named;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Opportunities;
using Granary.Web.Qualification;
using Granary.Web.Review;
using Granary.Web.Settings;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk.Records;

/// <summary>The words and queries of what is taken out with approval besides leads. Words are those of the language of the moment.</summary>
internal static class RecordExportWords
{
    /// <summary>Registers the kinds.</summary>
    public static IServiceCollection AddRecordExports(this IServiceCollection services) => services
        .AddSingleton<RecordWordings<ListedOpportunity>>(provider => setting =>
        {
            var words = new OpportunityFileWords(
                provider.GetRequiredService<IStringLocalizer<OpportunityTexts>>(), provider.GetRequiredService<OpportunityWords>(),
                new CustomWords(provider.GetRequiredService<IStringLocalizer<RuleTexts>>(), setting), setting, provider.GetRequiredService<TimeProvider>()).Wording();
            return new RecordWording<ListedOpportunity>(ExportOpportunities.Head(setting, words), o => ExportOpportunities.Cells(o, setting, words), words.Watermark);
        })
        .AddSingleton<RecordWordings<ListedReview>>(provider => setting =>
        {
            var files = new ReviewFiles(provider.GetRequiredService<IStringLocalizer<ReviewTexts>>(), provider.GetRequiredService<ReviewWords>(), setting, provider.GetRequiredService<TimeProvider>());
            return new RecordWording<ListedReview>(files.RegisterHead(), files.Line, (who, at, _, rows) => files.Watermark(who, at, rows));
        })
        .AddSingleton<RecordWordings<ListedNamedAccount>>(provider => setting =>
        {
            var words = new NamedWords(provider.GetRequiredService<IStringLocalizer<NamedTexts>>(), setting).Wording(p => p is { } person ? setting.People.GetValueOrDefault(person)?.Name : null);
            return new RecordWording<ListedNamedAccount>(ExportNamed.Head(words), row => ExportNamed.Cells(row, words, setting), words.Watermark);
        })
        .AddSingleton<RecordQueries<OpportunityFilter>>(_ => query => OpportunityAddress.Read(Request(query)))
        .AddSingleton<RecordQueries<ReviewFilter>>(_ => query => ReviewAddress.Read(Request(query), null))
        .AddSingleton<RecordQueries<NamedFilter>>(_ => Named)
        .AddSingleton<RecordExport, OpportunitiesExport>()
        .AddSingleton<RecordExport, ReviewsExport>()
        .AddSingleton<RecordExport, NamedExport>();

    /// <summary>The list that a query belongs to, as an address.</summary>
    public static string Address(ExportKind kind, string query) => kind switch
    {
        ExportKind.Opportunities => query.Length == 0 ? OpportunityUrls.List : $"{OpportunityUrls.List}?{query}",
        ExportKind.Reviews => query.Length == 0 ? ReviewUrls.List : $"{ReviewUrls.List}?{query}",
        _ => Named(query).ListId is { } list ? $"/named-lists/{list}" : "/named-lists",
    };

    /// <summary>Where an export of such records is asked for.</summary>
    public static string Ask(ExportKind kind, string query) => $"/exports/records?kind={WireName.Of(kind)}{(query.Length == 0 ? "" : "&")}{query}";

    /// <summary>The query string of a list's address.</summary>
    public static string QueryOf(string address) => address.Split('?', 2) is [_, var query] ? query : "";

    private static DefaultHttpContext Request(string query) => new() { Request = { QueryString = new QueryString(query.Length == 0 ? "" : $"?{query}") } };

    private static NamedFilter Named(string query)
    {
        var q = QueryHelpers.ParseQuery(query);
        string? Last(string name) => q.GetValueOrDefault(name).LastOrDefault() is { Length: > 0 } value ? value : null;
        return new NamedFilter(
            // Without a list there is nothing.
            Guid.TryParse(Last("list"), out var list) ? list : Guid.Empty,
            NamedAccounts.Stages.Where(s => WireName.Of(s) == Last("stage")).Select(s => (NamedAccountStage?)s).FirstOrDefault(),
            Guid.TryParse(Last("owner"), out var owner) ? owner : null, Last("industry"), Last("q"));
    }
}
