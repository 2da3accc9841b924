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
        var (byChannel, byCampaign) = (await Credited(work, work.From, work.To, Dimension.Channel, ct), await Credited(work, work.From, work.To, Dimension.Campaign, ct));
        decimal? before = work.Before is var (from, to) ? Money(await Credited(work, from, to, Dimension.Channel, ct)) : null;
        var channels = Table(byChannel, "channel", k => ReportLabel.Named(k.Length > 0 ? work.Setting.Channels.Path(Guid.ParseExact(k, "N")) : null, "uncredited"));
        return new(
            [new("credited", ReportUnit.Money, Money(byChannel), before, "all"), new("deals", ReportUnit.Count, byChannel.Values.Sum(v => v.N1), null, "all")],
            channels.Rows.Count == 0 ? [] : [new("credit", ReportPicture.Bar, ReportUnit.Money, [.. channels.Rows.Take(12).Select(r => r.Label)], [new(ReportLabel.Of("column.creditedAmount"), [.. channels.Rows.Take(12).Select(r => r.Cells[1].Value ?? 0)])])],
            [channels, Table(byCampaign, "campaign", k => ReportLabel.Named(k))]);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<ReportRecord>?> Records(ReportWork work, string key, Guid? after, int take, CancellationToken ct)
    {
        Func<DealFact, bool>? fits = key.Split('.', 2) switch
        {
            ["all"] => _ => true,
            ["channel", var id] => d => DealCubes.KeyOf(d, Dimension.Channel) == id,
            ["campaign", var name] => d => DealCubes.KeyOf(d, Dimension.Campaign) == name,
            _ => null,
        };
        return fits is null ? null : await Page(work, (await Deals(work, work.From, work.To, ct)).Where(fits), after, take, ct);
    }

    private static ReportTable Table(Dictionary<string, CellValues> credited, string kind, Func<string, ReportLabel> label)
    {
        var (total, deals) = (Money(credited), credited.Values.Sum(v => v.N1));
        return new($"credit.{kind}", Columns,
            [
                .. credited.OrderByDescending(c => c.Value.M1).ThenBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new ReportRow(c.Key, label(c.Key), [new(c.Value.N1, $"{kind}.{c.Key}"), new(c.Value.M1 / 100m), new(FunnelSteps.Rate(c.Value.M1 / 100m, total))])),
            ],
            new("total", ReportLabel.Of("total"), [new(deals, "all"), new(total), new(FunnelSteps.Rate(total, total))]));
    }
}
