using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;

namespace Granary.Application.Campaigns;

/// <summary>Lets campaigns and their tracking reports out as a file (§18 Exports): to who may export, no more rows than need no approval, each noted in the log.</summary>
public sealed class ExportCampaigns(Store store, SettingCache settings, ReadCampaigns read, CampaignResults results, TimeProvider time)
{
    /// <summary>That there are more rows than may go out at once.</summary>
    public const string TooManyRows = "too_many_rows";

    /// <summary>The campaigns of a list.</summary>
    public async Task<AccountResult<IReadOnlyList<ListedCampaign>>> List(Viewer viewer, CampaignFilter filter, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var most = Math.Min(setting.Exports.ApprovalAbove, setting.Exports.MostRows);
        var (rows, next) = await read.List(viewer, filter, null, Math.Max(1, most), ct);
        return Refusal<IReadOnlyList<ListedCampaign>>(viewer, setting, rows.Count, next is not null) ?? await Noted(viewer, viewer.UserId, rows, rows.Count, ct);
    }

    /// <summary>The tracking reports of a campaign.</summary>
    public async Task<AccountResult<IReadOnlyList<CampaignReport>>> Reports(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        if (await read.Find(viewer, campaignId, ct) is null)
        {
            return new AccountResult<IReadOnlyList<CampaignReport>>.NotFound();
        }

        var rows = await results.Reports(viewer, campaignId, ct);
        return Refusal<IReadOnlyList<CampaignReport>>(viewer, await settings.Get(ct), rows.Count, false) ?? await Noted(viewer, campaignId, rows, rows.Count, ct);
    }

    private static AccountResult<T>? Refusal<T>(Viewer viewer, Setting setting, int rows, bool more) => !viewer.May(Permission.ExportLeads) ? new AccountResult<T>.Refused(CampaignRefusal.Forbidden)
        : more || setting.Exports.Judge(rows) != ExportVerdict.Free ? new AccountResult<T>.Refused(TooManyRows) : null;

    private Task<AccountResult<T>> Noted<T>(Viewer viewer, Guid subject, T rows, int count, CancellationToken ct) => store.Write<AccountResult<T>>(
        async scope =>
        {
            scope.Db.Add(AccountEvent.Of(subject, CampaignEvent.Exported, time.Now, viewer.UserId, new { rows = count }));
            await scope.Db.SaveChangesAsync(ct);
            return new AccountResult<T>.Done(rows);
        },
        ct);
}
