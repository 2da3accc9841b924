using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Granary.Web.Hosting;
using Granary.Web.Intake;
using Granary.Web.People;

namespace Granary.Web.Desk;

/// <summary>The list of leads; its filters are those of the page, in the same query string.</summary>
public static class LeadListApi
{
    internal static void MapLeadListApi(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/leads", List).WithTags("Leads").Require(Permission.ViewLeads).Produces<Page<LeadView>>();

    /// <summary>
    /// Lists leads. Filters: owner (id, <c>me</c>, <c>none</c>), tray, pool, status, priority, cell, channel, campaign, tag, finding, qualification, grade (of the project), province, company,
    /// account, custom.{key}, import, receivedFrom, receivedTo, q; each may be repeated for any of its values. Order: <c>sort=-receivedAt</c>, <c>score</c> or <c>changedAt</c>.
    /// </summary>
    /// <param name="page">Which page.</param>
    /// <param name="sort">Order; a minus is descending.</param>
    /// <param name="q">A phone, e-mail or WeChat id in full, or the beginning of a company's or contact's name.</param>
    /// <param name="list">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="views">How leads are shown.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(
        [AsParameters] PageQuery page, string? sort, string? q, LeadList list, Viewer viewer, Setting setting, Store store, LeadViews views, HttpContext http, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var filter = LeadFilter.Parse(http.Request.QueryString.Value, out var errors);
        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        var after = LeadCursor.Parse(page.After, filter.Sort);
        if (after is null && !string.IsNullOrEmpty(page.After))
        {
            return Cursor.Bad;
        }

        var read = await list.ReadWhole(viewer, filter, after, page.Size, ct);
        await using var db = store.Open();
        return TypedResults.Ok(new Page<LeadView>(await views.Of(db, viewer, read.Items, MaskPlace.List, setting, ct), read.Next?.ToString()));
    }
}
