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
    public static readonly ReportOption Touches = new("touch", ["entry", .. WireName.All<TouchKind>()], Several: true);

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
        var won = Won(work);
        var deals = (await Deals(work, work.From, work.To, ct)).ConvertAll(d => (Deal: d, Touches: InWindow(work, d)));
        decimal? before = work.Before is var (from, to) ? await Amount(work, from, to, ct) : null;
        var total = deals.Sum(d => Money(d.Deal, won));
        var (channels, campaigns) = (Table(work, deals, total, "attribution.channel", ByChannel), Table(work, deals, total, "attribution.campaign", ByCampaign));
        var lost = deals.Where(d => d.Touches.Count == 0).Sum(d => Money(d.Deal, won));
        return new(
            [
                new("attributable", ReportUnit.Money, total, before, "deals"),
                new("attributed", ReportUnit.Money, total - lost, null, "attributed"),
                new(Unattributed, ReportUnit.Money, lost, null, Unattributed),
                new("deals", ReportUnit.Count, deals.Count, null, "deals"),
            ],
            channels.Rows.Count == 0 ? [] : [new("attribution", ReportPicture.Bar, ReportUnit.Money, [.. channels.Rows.Take(12).Select(r => r.Label)], [new(ReportLabel.Of("column.attributedAmount"), [.. channels.Rows.Take(12).Select(r => r.Cells[0].Value ?? 0)])])],
            [channels, campaigns, Models(work, deals)]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        Func<List<PathTouch>, bool>? fits = key.Split('.', 2) switch
        {
            ["deals"] => _ => true,
            ["attributed"] => t => t.Count > 0,
            [Unattributed] => t => t.Count == 0,
            ["channel", var id] => t => t.Exists(x => ByChannel(x) == id),
            ["campaign", var name] => t => t.Exists(x => ByCampaign(x) == name),
            _ => null,
        };
        return fits is null ? null : await Page(work, (await Deals(work, work.From, work.To, ct)).Where(d => fits(InWindow(work, d))), after, take, ct);
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

    private static List<PathTouch> InWindow(ReportWork work, DealFact deal)
    {
        var counted = Won(work) ? deal.WonAt!.Value : deal.CreatedAt;
        var (days, kinds) = (Days(work.Query)!.Value, work.Query.Options.GetValueOrDefault(Touches.Name));
        return TouchPath.Read(deal.Path).FindAll(t => Attribution.InWindow(t.At, counted, days) && kinds?.Contains(KindOf(t)) != false);
    }

    private static string KindOf(PathTouch touch) => touch.Kind == TouchPath.Entry ? "entry" : WireName.Of((TouchKind)touch.Kind);

    private static string ByChannel(PathTouch touch) => touch.ChannelId?.ToString("N") ?? "";

    private static string ByCampaign(PathTouch touch) => touch.Campaign ?? "";

    private static Dictionary<string, (decimal Amount, int Deals, int Touches)> Split(
        ReportWork work, List<(DealFact Deal, List<PathTouch> Touches)> deals, AttributionModel model, Func<PathTouch, string> by)
    {
        var (won, shares) = (Won(work), SharesOf(work.Query));
        Dictionary<string, (decimal Amount, int Deals, int Touches)> sums = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (deal, touches) in deals.Where(d => d.Touches.Count > 0))
        {
            var parts = Attribution.Split(Money(deal, won), touches.Count, model, shares);
            seen.Clear();
            for (var i = 0; i < touches.Count; i++)
            {
                var key = by(touches[i]);
                var (amount, count, touched) = sums.GetValueOrDefault(key);
                sums[key] = (amount + parts[i], count + (seen.Add(key) ? 1 : 0), touched + 1);
            }
        }

        return sums;
    }

    private static ReportTable Table(ReportWork work, List<(DealFact Deal, List<PathTouch> Touches)> deals, decimal total, string name, Func<PathTouch, string> by)
    {
        var (won, kind) = (Won(work), name.Split('.')[1]);
        var sums = Split(work, deals, Enum.Parse<AttributionModel>(work.Chosen(Model), ignoreCase: true), by);
        var lost = deals.FindAll(d => d.Touches.Count == 0);
        List<ReportRow> rows =
        [
            .. sums.OrderByDescending(s => s.Value.Amount).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new ReportRow(s.Key, Label(work, kind, s.Key),
            [
                new(s.Value.Amount), new(FunnelSteps.Rate(s.Value.Amount, total)), new(s.Value.Deals, $"{kind}.{s.Key}"), new(s.Value.Touches),
            ])),
        ];
        if (lost.Count > 0)
        {
            var amount = lost.Sum(d => Money(d.Deal, won));
            rows.Add(new(Unattributed, ReportLabel.Of(Unattributed), [new(amount), new(FunnelSteps.Rate(amount, total)), new(lost.Count, Unattributed), new(0)]));
        }

        return new(name, Columns, rows, new("total", ReportLabel.Of("total"), [new(total), new(FunnelSteps.Rate(total, total)), new(deals.Count, "deals"), new(deals.Sum(d => d.Touches.Count))]));
    }

    /// <summary>The models beside each other: what would another one say?</summary>
    private static ReportTable Models(ReportWork work, List<(DealFact Deal, List<PathTouch> Touches)> deals)
    {
        var models = Enum.GetValues<AttributionModel>();
        var sums = models.ToDictionary(m => m, m => Split(work, deals, m, ByChannel));
        return new("attribution.models", [.. models.Select(m => new ReportColumn($"model.{WireName.Of(m)}", ReportUnit.Money))],
        [
            .. sums.Values.SelectMany(s => s.Keys).Distinct().OrderByDescending(k => sums[AttributionModel.Linear].GetValueOrDefault(k).Amount).ThenBy(k => k, StringComparer.Ordinal)
                .Select(k => new ReportRow(k, Label(work, "channel", k), [.. models.Select(m => new ReportValue(sums[m].GetValueOrDefault(k).Amount))])),
        ]);
    }

    private static ReportLabel Label(ReportWork work, string kind, string key) =>
        ReportLabel.Named(kind == "channel" && key.Length > 0 ? work.Setting.Channels.Path(Guid.ParseExact(key, "N")) : key);
}
