using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Intake;

/// <summary>A masked match.</summary>
/// <param name="Kind">lead or account.</param>
/// <param name="Id">Its id.</param>
/// <param name="Level">exact, strong or weak.</param>
/// <param name="Similarity">How alike, 0 to 1.</param>
/// <param name="MatchedBy">company, phone, weChat or email.</param>
/// <param name="Company">Company.</param>
/// <param name="Contact">Contact's name, masked.</param>
/// <param name="Phone">First phone, masked.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Pool">Key of the pool it lies in.</param>
/// <param name="Status">Status of a lead.</param>
/// <param name="ReceivedAt">When a lead was received.</param>
/// <param name="Visible">Whether the caller may open the lead.</param>
public sealed record DuplicateView(
    DuplicateKind Kind, Guid Id, MatchLevel Level, double Similarity, IReadOnlyList<MatchKeyKind> MatchedBy, string? Company, string? Contact, string? Phone,
    OwnerAnswer? Owner, string? Pool, LeadStatus? Status, DateTimeOffset? ReceivedAt, bool Visible);

/// <summary>The search before entry 查重.</summary>
public static class DuplicatesApi
{
    internal static void MapDuplicates(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/duplicates", Search).WithTags("Leads").Require(Permission.SearchDuplicates).Produces<Page<DuplicateView>>();

    /// <summary>Searches leads and accounts by company, phone, WeChat id or e-mail; the closest first, at most 50.</summary>
    /// <param name="company">Company name.</param>
    /// <param name="phone">Phone.</param>
    /// <param name="wechat">WeChat id.</param>
    /// <param name="email">E-mail address.</param>
    /// <param name="search">The search.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Search(
        string? company, string? phone, string? wechat, string? email, DuplicateSearch search, Viewer viewer, Setting setting, CancellationToken ct)
    {
        List<FieldError> errors = [];
        void Check(string field, string? text, int limit)
        {
            if (text?.Length > limit)
            {
                errors.Add(new FieldError(field, "too_long", $"{limit}"));
            }
        }

        Check("company", company, FieldLimits.CompanyName);
        Check("phone", phone, FieldLimits.Phone);
        Check("wechat", wechat, FieldLimits.WeChat);
        Check("email", email, FieldLimits.Email);
        if (new[] { company, phone, wechat, email }.All(string.IsNullOrWhiteSpace))
        {
            errors.Add(new FieldError("company", "required"));
        }

        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        var matches = await search.Search(viewer, new DuplicateQuery(company, phone, wechat, email), ct);
        return TypedResults.Ok(new Page<DuplicateView>([.. matches.Select(m => View(m, setting))], null));
    }

    private static DuplicateView View(DuplicateMatch m, Setting setting) => new(
        m.Kind, m.Id, m.Level, Math.Round(m.Similarity, 3), m.MatchedBy, m.Company, m.Contact, m.Phone, OwnerAnswer.Of(m.OwnerId, setting),
        m.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null, m.Status, m.ReceivedAt, m.Visible);
}
