using Granary.Application.Qualification.Named;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;

namespace Granary.Web.Desk.Named;

/// <summary>Addresses of the pages of named accounts; filters stand in them.</summary>
public static class NamedUrls
{
    public const string Lists = "/named-lists";

    public const string New = "/named-lists/new";

    /// <summary>Answers the combobox of lists.</summary>
    public const string Options = "/named-lists/options";

    public static string List(Guid id, NamedFilter? filter = null, Guid? after = null) => $"/named-lists/{id}{Query(filter, after)}";

    public static string Edit(Guid id) => $"/named-lists/{id}/edit";

    public static string Remove(Guid id) => $"/named-lists/{id}/removal";

    public static string Add(Guid id) => $"/named-lists/{id}/accounts";

    public static string Export(Guid id, NamedFilter? filter = null, string? format = null) =>
        Query(filter, null) is var query && format is null ? $"/named-lists/{id}/export{query}" : $"/named-lists/{id}/export{query}{(query.Length == 0 ? '?' : '&')}format={format}";

    /// <summary>Where an export of more rows than need no approval is asked for.</summary>
    public static string Ask(Guid id, NamedFilter filter) => $"/exports/records?kind=namedAccounts&list={id}{Query(filter, null).Replace('?', '&')}";

    public static string Goals(Guid id, Quarter? quarter = null) => quarter is { } q ? $"/named-lists/{id}/goals?quarter={q}" : $"/named-lists/{id}/goals";

    public static string Account(Guid id) => $"/named-lists/accounts/{id}";

    public static string Of(Guid id, string verb) => $"/named-lists/accounts/{id}/{verb}";

    public static string Touch(Guid id, Guid touch, string verb) => $"/named-lists/accounts/{id}/touches/{touch}/{verb}";

    private static string Query(NamedFilter? filter, Guid? after)
    {
        var parts = new[]
        {
            ("stage", filter?.Stage is { } stage ? WireName.Of(stage) : null), ("owner", filter?.OwnerId?.ToString()), ("industry", filter?.Industry), ("q", filter?.Q), ("after", after?.ToString()),
        }.Where(p => !string.IsNullOrEmpty(p.Item2)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}").ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
