using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Desk.Exports;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Capture;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Says exports in the reader's language, and what a file holds in that of whoever asked for it.</summary>
public sealed class ExportWords(IStringLocalizer<ExportTexts> texts, ImportText fields, CustomWords custom, FieldErrorText errors)
{
    /// <summary>Heading of a column: an import's, where it has the same field.</summary>
    public string Column(string column) => column.StartsWith(LeadExportColumns.Custom, StringComparison.Ordinal) ? custom.Name(CustomFieldOwner.Lead, column[LeadExportColumns.Custom.Length..]) : texts[$"column.{column}"] is { ResourceNotFound: false } own ? own.Value : fields.Field(column);

    /// <summary>A state.</summary>
    public string State(ExportState state) => texts[$"state.{WireName.Of(state)}"];

    /// <summary>Its colour.</summary>
    public static Tone ToneOf(ExportState state) => state switch
    {
        ExportState.Waiting => Tone.Warning,
        ExportState.Running => Tone.Primary,
        ExportState.Ready => Tone.Ok,
        ExportState.Refused or ExportState.Failed => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>Why it failed, and what to do.</summary>
    public string Error(string code) => texts[$"error.{code}"];

    /// <summary>Why it cannot be done.</summary>
    public string Of(ExportResult refusal) => refusal switch
    {
        ExportResult.Invalid { Errors: [var error, ..] } => texts[$"error.{error.Code}"] is { ResourceNotFound: false } own ? string.Format(CultureInfo.CurrentCulture, own.Value, error.Limit) : errors.Of(error),
        ExportResult.Refused(var code) => texts[$"refused.{WireName.Of(code)}"],
        ExportResult.Forbidden(var own) => texts[own ? "forbidden.own" : "forbidden.reach"],
        _ => texts["gone"],
    };

    /// <summary>Name of the file.</summary>
    public static string FileName(ExportRequest export, TimeZoneInfo zone) => string.Create(
        CultureInfo.InvariantCulture, $"leads-{TimeZoneInfo.ConvertTime(export.AskedAt, zone):yyyyMMdd-HHmm}.{(export.Format == ExportFormat.Csv ? "csv" : "xlsx")}");

    /// <summary>What a file says, by the words of the desk.</summary>
    internal ExportWording Wording(LeadWords words) => new()
    {
        Heading = Column,
        Word = (column, lead) => Word(words, column, lead),
        Watermark = (name, at, id, rows) => texts["watermark", name, at, id, rows.ToString("N0", CultureInfo.CurrentCulture)],
    };

    private string? Word(LeadWords words, string column, Lead lead) => column switch
    {
        "company.size" => words.Size(lead.Size),
        "contact.role" => words.Role(lead.Role),
        "budget.match" => words.BudgetMatch(lead.BudgetMatch),
        "channel" => words.Channel(lead.ChannelId),
        "status" => words.Status(lead.Status),
        "owner" => words.Person(lead.OwnerId),
        "pool" => words.Pool(lead.PoolId),
        "priority" => words.Priority(lead.Priority),
        _ when column.StartsWith(LeadExportColumns.Custom, StringComparison.Ordinal) => custom.Plain(CustomFieldOwner.Lead, column[LeadExportColumns.Custom.Length..], lead.Custom),
        _ => null,
    };
}

/// <summary>The words of files, where no request says in which language.</summary>
internal sealed class ExportsWording(IServiceProvider services)
{
    /// <summary>The words in the language that is in force while they are asked for.</summary>
    public ExportWording Of(string language, Setting setting)
    {
        T Texts<T>()
            where T : notnull => services.GetRequiredService<T>();
        var words = new ExportWords(
            Texts<IStringLocalizer<ExportTexts>>(), new ImportText(Texts<IStringLocalizer<ImportTexts>>(), Texts<IStringLocalizer<FieldErrorTexts>>()), ActivatorUtilities.CreateInstance<CustomWords>(services, setting), ActivatorUtilities.CreateInstance<FieldErrorText>(services));
        return words.Wording(ActivatorUtilities.CreateInstance<LeadWords>(services, setting));
    }
}
