using System.Globalization;
using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics;

/// <summary>
/// Which touches led to what was won or made (§15.3): amounts shared among channels and campaigns, to the cent; what had no touch in the window
/// is not attributed.
/// </summary>
public sealed class AttributionReport : DealReport
{
    /// <summary>How amounts are shared.</summary>
    public static readonly ReportOption Model = new("model", ["first", "last", "linear", "u"], "linear");

    /// <summary>How many days back touches count.</summary>
    public static readonly ReportOption Lookback = new("lookbackDays", [], "90");

    /// <summary>Own shares of a U: first, middle, last.</summary>
    public static readonly ReportOption Shares = new("shares", [], "40,20,40");

    /// <summary>Which touches count: entries of leads and kinds of touches; all where none is chosen.</summary>
    public static readonly ReportOption Touches = new("touch", [TouchRule.Entry, .. WireName.All<TouchKind>()], Several: true);

    private const string Unattributed = "unattributed";

    private static readonly ReportColumn[] Columns =
        [new("attributedAmount", ReportUnit.Money), new("shareOfAmount", ReportUnit.Share), new("deals", ReportUnit.Count), new("touches", ReportUnit.Count)];

    /// <inheritdoc />
    public override string Name => "attribution";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Model, Base, Lookback, Shares, Touches];

    /// <inheritdoc />
    public override IReadOnlyList<FieldError> Refuse(ReportQuery query)
    {
        var days = Days(query);
        return
        [
            .. days is >= 0 and <= Attribution.MostDays ? [] : new[] { new FieldError(Lookback.Name, "out_of_range", $"{Attribution.MostDays}") },
            .. SharesOf(query) is { } shares ? shares.Validate() : [new FieldError(Shares.Name, "invalid_format")],
        ];
    }

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var (byChannel, byCampaign) = (await Attributed(work, Dimension.Channel, ct), await Attributed(work, Dimension.Campaign, ct));
        decimal? before = work.Before is var (from, to) ? Money(await Credited(work, from, to, Dimension.Channel, ct)) : null;
        var (whole, lost) = (byChannel.GetValueOrDefault(DealCubes.Whole), byChannel.GetValueOrDefault(DealCubes.Unattributed));
        var channels = Table(work, byChannel, Dimension.Channel);
        return new(
            [
                new("attributable", ReportUnit.Money, whole.M1 / 100m, before, "deals"),
                new("attributed", ReportUnit.Money, (whole.M1 - lost.M1) / 100m, null, "attributed"),
                new(Unattributed, ReportUnit.Money, lost.M1 / 100m, null, Unattributed),
                new("deals", ReportUnit.Count, whole.N1, null, "deals"),
            ],
            channels.Rows.Count == 0 ? [] : [new("attribution", ReportPicture.Bar, ReportUnit.Money, [.. channels.Rows.Take(12).Select(r => r.Label)], [new(ReportLabel.Of("column.attributedAmount"), [.. channels.Rows.Take(12).Select(r => r.Cells[0].Value ?? 0)])])],
            [channels, Table(work, byCampaign, Dimension.Campaign), Models(work, byChannel)]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        Func<List<PathTouch>, bool>? fits = key.Split('.', 2) switch
        {
            ["deals"] => _ => true,
            ["attributed"] => t => t.Count > 0,
            [Unattributed] => t => t.Count == 0,
            ["channel", var id] => t => t.Exists(x => DealCubes.KeyOf(x, Dimension.Channel) == id),
            ["campaign", var name] => t => t.Exists(x => DealCubes.KeyOf(x, Dimension.Campaign) == name),
            _ => null,
        };
        return fits is null ? null : await Page(work, (await Deals(work, work.From, work.To, ct)).Where(d => fits(Rule(work.Query).Touches(d, Won(work)))), after, take, ct);
    }

    private static int? Days(ReportQuery query) => query.Options.GetValueOrDefault(Lookback.Name) is not [var text, ..] ? Attribution.UsualDays
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    private static PositionShares? SharesOf(ReportQuery query)
    {
        if (query.Options.GetValueOrDefault(Shares.Name) is not [var text, ..])
        {
            return PositionShares.BuiltIn;
        }

        var parts = text.Split([',', '/'], StringSplitOptions.TrimEntries);
        return parts.Length == 3 && parts.All(p => decimal.TryParse(p, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            ? new(Number(parts[0]), Number(parts[1]), Number(parts[2])) : null;
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static TouchRule Rule(ReportQuery query) => new(Days(query)!.Value, query.Options.GetValueOrDefault(Touches.Name), SharesOf(query)!);

    private static Task<Dictionary<string, CellValues>> Attributed(ReportWork work, Dimension by, CancellationToken ct)
    {
        var (won, rule) = (Won(work), Rule(work.Query));
        return Sums(work, work.From, work.To, rule == TouchRule.Usual ? DealCubes.Number(attributed: true, won, by) : null, d => DealCubes.Attributed(d, won, by, rule), ct);
    }

    private static IEnumerable<(string Key, CellValues Values)> Sources(Dictionary<string, CellValues> sums) =>
        sums.Where(s => s.Key[0] == DealCubes.Source).Select(s => (s.Key[1..], s.Value)).OrderBy(s => s.Item1, StringComparer.Ordinal);

    private static ReportTable Table(ReportWork work, Dictionary<string, CellValues> sums, Dimension by)
    {
        var (kind, model) = (WireName.Of(by), Enum.Parse<AttributionModel>(work.Chosen(Model), ignoreCase: true));
        var (whole, lost) = (sums.GetValueOrDefault(DealCubes.Whole), sums.GetValueOrDefault(DealCubes.Unattributed));
        var total = whole.M1 / 100m;
        List<ReportRow> rows =
        [
            .. Sources(sums).Select(s => (s.Key, s.Values, Amount: DealCubes.Amount(s.Values, model))).OrderByDescending(s => s.Amount).Select(s => new ReportRow(s.Key, Label(work, by, s.Key),
            [
                new(s.Amount), new(FunnelSteps.Rate(s.Amount, total)), new(s.Values.N1, $"{kind}.{s.Key}"), new(s.Values.N2),
            ])),
        ];
        if (lost.N1 > 0)
        {
            rows.Add(new(Unattributed, ReportLabel.Of(Unattributed), [new(lost.M1 / 100m), new(FunnelSteps.Rate(lost.M1 / 100m, total)), new(lost.N1, Unattributed), new(0)]));
        }

        return new($"attribution.{kind}", Columns, rows, new("total", ReportLabel.Of("total"), [new(total), new(FunnelSteps.Rate(total, total)), new(whole.N1, "deals"), new(whole.N2)]));
    }

    /// <summary>The models beside each other: what would another one say?</summary>
    private static ReportTable Models(ReportWork work, Dictionary<string, CellValues> sums)
    {
        var models = Enum.GetValues<AttributionModel>();
        return new("attribution.models", [.. models.Select(m => new ReportColumn($"model.{WireName.Of(m)}", ReportUnit.Money))],
        [
            .. Sources(sums).OrderByDescending(s => s.Values.N5).Select(s => new ReportRow(s.Key, Label(work, Dimension.Channel, s.Key), [.. models.Select(m => new ReportValue(DealCubes.Amount(s.Values, m)))])),
        ]);
    }

    private static ReportLabel Label(ReportWork work, Dimension by, string key) =>
        ReportLabel.Named(by == Dimension.Channel && key.Length > 0 ? work.Setting.Channels.Path(Guid.ParseExact(key, "N")) : key);
}
