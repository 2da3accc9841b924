using Granary.Application.Campaigns;
using Granary.Application.People;

namespace Granary.Web.Campaigns;

/// <summary>The campaigns that the reader sees by their codes, read once for a page: lists of leads link to them.</summary>
public sealed class CampaignCodes(ReadCampaigns read, Viewer viewer)
{
    private Task<IReadOnlyDictionary<string, Guid>>? _ids;

    /// <summary>The campaign of a code; null where the reader sees none.</summary>
    public async Task<Guid?> Find(string? code, CancellationToken ct = default) => !string.IsNullOrEmpty(code) && (await (_ids ??= read.Codes(viewer, ct))).TryGetValue(code, out var id) ? id : null;
}
