using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics;

/// <summary>Which single source each opportunity is credited to (§15.4): the customer's earliest entry within three months, else the latest before.</summary>
public sealed class CreditReport : DealReport
{
    private static readonly ReportColumn[] Columns = [new("deals", ReportUnit.Count), new("creditedAmount", ReportUnit.Money), new("shareOfAmount", ReportUnit.Share)];

    /// <inheritdoc />
    public override string Name => "credit";

    /// <inheritdoc />
    public override IReadOnlyList<ReportOption> Options => [Base];

    /// <inheritdoc />
    public override async Task<ReportBody> Build(ReportWork work, CancellationToken ct)
    {
        var won = Won(work);
        var deals = await Deals(work, work.From, work.To, ct);
        decimal? before = work.Before is var (from, to) ? await Amount(work, from, to, ct) : null;
        var total = deals.Sum(d => Money(d, won));
        var channels = Table(work, deals, total, "channel", ByChannel, k => ReportLabel.Named(k.Length > 0 ? work.Setting.Channels.Path(Guid.ParseExact(k, "N")) : null, "uncredited"));
        return new(
            [new("credited", ReportUnit.Money, total, before, "all"), new("deals", ReportUnit.Count, deals.Count, null, "all")],
            channels.Rows.Count == 0 ? [] : [new("credit", ReportPicture.Bar, ReportUnit.Money, [.. channels.Rows.Take(12).Select(r => r.Label)], [new(ReportLabel.Of("column.creditedAmount"), [.. channels.Rows.Take(12).Select(r => r.Cells[1].Value ?? 0)])])],
            [channels, Table(work, deals, total, "campaign", d => d.CreditCampaign ?? "", k => ReportLabel.Named(k))]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        Func<DealFact, bool>? fits = key.Split('.', 2) switch
        {
            ["all"] => _ => true,
            ["channel", var id] => d => ByChannel(d) == id,
            ["campaign", var name] => d => (d.CreditCampaign ?? "") == name,
            _ => null,
        };
        return fits is null ? null : await Page(work, (await Deals(work, work.From, work.To, ct)).Where(fits), after, take, ct);
    }

    private static string ByChannel(DealFact deal) => deal.CreditChannelId?.ToString("N") ?? "";

    private static ReportTable Table(ReportWork work, List<DealFact> deals, decimal total, string kind, Func<DealFact, string> by, Func<string, ReportLabel> label)
    {
        var won = Won(work);
        return new($"credit.{kind}", Columns,
            [
                .. deals.GroupBy(by).Select(g => (g.Key, Count: g.Count(), Amount: g.Sum(d => Money(d, won)))).OrderByDescending(g => g.Amount).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new ReportRow(g.Key, label(g.Key), [new(g.Count, $"{kind}.{g.Key}"), new(g.Amount), new(FunnelSteps.Rate(g.Amount, total))])),
            ],
            new("total", ReportLabel.Of("total"), [new(deals.Count, "all"), new(total), new(FunnelSteps.Rate(total, total))]));
    }
}
