using System.Globalization;
using Granary.Application.Analytics;
using Granary.Application.Settings;
using Granary.Domain.Policies;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>Says what reports are called, and writes their figures, in the reader's language.</summary>
public sealed class ReportWords(IStringLocalizer<AnalyticsTexts> texts, Setting setting)
{
    /// <summary>The question that a report answers.</summary>
    public string Question(Report report) => texts[$"report.{report.Name}"];

    /// <summary>What it tells, in a line.</summary>
    public string Line(Report report) => texts[$"report.{report.Name}.line"];

    /// <summary>How it is computed.</summary>
    public string How(Report report) => texts[$"report.{report.Name}.how"];

    /// <summary>A word by its key.</summary>
    public string Word(string key) => texts[key];

    /// <summary>What is said where a table has no rows.</summary>
    public string Empty(ReportTable table, bool line = false) => texts[$"empty.{table.Key}{(line ? ".line" : "")}"] is { ResourceNotFound: false } own ? own : texts[line ? "empty.line" : "empty"];

    /// <summary>A choice of an option.</summary>
    public string Choice(ReportOption option, string choice) => texts[$"option.{option.Name}.{choice}"];

    /// <summary>What something is called.</summary>
    public string Of(ReportLabel label)
    {
        // A name that has a word, such as a reason that ships, is said by it.
        var name = label.Word is { } word && texts[word] is var said && (label.Text is null || !said.ResourceNotFound) ? said.Value : label.Text ?? "";
        string?[] parts = [name, label.BesideWord is { } beside ? texts[beside].Value : null, label.Beside];
        return string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));
    }

    /// <summary>A figure in words; a dash where it has none.</summary>
    public string Of(ReportUnit unit, decimal? value) => value is not { } known ? "–" : unit switch
    {
        ReportUnit.Count => Figures.Count((long)known),
        ReportUnit.Money => Figures.Money(decimal.Round(known, 2, MidpointRounding.AwayFromZero), setting.Organisation.Currency),
        ReportUnit.Share => Figures.Percent((double)known),
        ReportUnit.Minutes => known < 60 ? texts["minutes", Math.Round(known).ToString("0", CultureInfo.CurrentCulture)] : texts["hours", (known / 60).ToString("#,0.#", CultureInfo.CurrentCulture)],
        ReportUnit.Days when known < 0 => texts["days.over", (-known).ToString("#,0.#", CultureInfo.CurrentCulture)],
        ReportUnit.Days => texts["days", known.ToString("#,0.#", CultureInfo.CurrentCulture)],
        _ => known.ToString("#,0.##", CultureInfo.CurrentCulture),
    };

    /// <summary>A figure above all others, money in short.</summary>
    public string Short(ReportUnit unit, decimal? value) => unit == ReportUnit.Money && value is { } money ? Figures.ShortMoney(money, setting.Organisation.Currency) : Of(unit, value);

    /// <summary>A figure as it is exchanged: money to the cent, shares and numbers to six decimals.</summary>
    public static decimal? Exact(ReportUnit unit, decimal? value) => value is not { } known ? null : unit switch
    {
        ReportUnit.Money => decimal.Round(known, 2, MidpointRounding.AwayFromZero),
        ReportUnit.Share or ReportUnit.Number => decimal.Round(known, 6, MidpointRounding.AwayFromZero),
        _ => known,
    };

    /// <summary>The wire name of a unit.</summary>
    public static string Unit(ReportUnit unit) => WireName.Of(unit);
}
