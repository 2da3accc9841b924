using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Granary.Web.Desk;

/// <summary>Addresses of the audit; its filters stand in them.</summary>
/// <param name="Who">Id of who did it.</param>
/// <param name="Kind">A group of kinds.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record AuditUrls(Guid? Who = null, string? Kind = null, Guid? Subject = null, DateOnly? From = null, DateOnly? To = null)
{
    public const string Page = "/settings/audit", Verifications = "/settings/audit/verifications";

    /// <summary>The address with these filters.</summary>
    public override string ToString() => Before(null);

    /// <summary>The address of the page behind a position.</summary>
    public string Before(long? position)
    {
        var query = new QueryBuilder();
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        Add("who", Who?.ToString());
        Add("kind", Kind);
        Add("subject", Subject?.ToString());
        Add("dayFrom", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("dayTo", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("before", position?.ToString(CultureInfo.InvariantCulture));
        return Page + query;
    }

    public static string Progress(Guid id) => $"{Verifications}/{id}/progress";
}
