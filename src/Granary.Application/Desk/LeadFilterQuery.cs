using System.Text;
using Granary.Application.Capture;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Domain.Scoring;

namespace Granary.Application.Desk;

/// <summary>A <see cref="LeadFilter"/> as a query string and back.</summary>
internal static class LeadFilterQuery
{
    private const string Me = "me", None = "none", OfCustom = "custom.";
    private const int LongestValue = 200;

    public static LeadFilter Read(string? query, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        var values = Pairs(query).Where(p => p.Value.Length > 0).ToLookup(p => p.Name, p => p.Value, StringComparer.Ordinal);
        foreach (var tooLong in values.Where(v => v.Any(text => text.Length > LongestValue)))
        {
            wrong.Add(new FieldError(tooLong.Key, "too_long", $"{LongestValue}"));
        }

        IReadOnlyList<string> Texts(string name) => [.. values[name].Where(v => v.Length <= LongestValue).Distinct(StringComparer.Ordinal)];
        string? Text(string name) => Texts(name) is [.., var last] ? last : null;
        IReadOnlyList<T> Each<T>(string name, Func<string, T?> read) where T : struct =>
            [.. Texts(name).Select(text => Read(wrong, name, text, read)).OfType<T>()];

        var owners = Texts("owner");
        var filter = new LeadFilter
        {
            Mine = owners.Contains(Me),
            Unowned = owners.Contains(None),
            Owners = [.. owners.Where(o => o is not (Me or None)).Select(o => Read(wrong, "owner", o, Id)).OfType<Guid>()],
            InMyTray = Text("tray") == Me,
            Pools = Texts("pool"),
            Statuses = Each("status", Member<LeadStatus>),
            Priorities = Each("priority", Member<Priority>),
            Cells = [.. Texts("cell").Select(c => c.ToUpperInvariant())],
            Channels = Texts("channel"),
            Campaigns = Texts("campaign"),
            Tags = Texts("tag"),
            Findings = Each("finding", FindingNames.Parse).Aggregate(Finding.None, (all, one) => all | one),
            Qualifications = Each("qualification", Member<QualificationStage>),
            Grades = Each("grade", Member<ProjectGrade>),
            Provinces = Texts("province"),
            Import = Each("import", Id).Select(id => (Guid?)id).LastOrDefault(),
            Custom = [.. values.Where(v => v.Key.StartsWith(OfCustom, StringComparison.Ordinal) && v.Key.Length > OfCustom.Length)
                .SelectMany(v => Texts(v.Key).Select(value => (v.Key[OfCustom.Length..], value)))],
            Account = Each("account", Id).Select(id => (Guid?)id).LastOrDefault(),
            ReceivedFrom = Each("receivedFrom", DayOrInstant.Parse).Select(d => (DayOrInstant?)d).LastOrDefault(),
            ReceivedTo = Each("receivedTo", DayOrInstant.Parse).Select(d => (DayOrInstant?)d).LastOrDefault(),
            Company = Text("company")?.Trim(),
            Q = Text("q")?.Trim(),
        };
        if (Text("sort") is { } sort)
        {
            var name = sort.TrimStart('-');
            if (Read(wrong, "sort", name is "received" or "changed" ? name + "At" : name, Member<LeadSort>) is { } by)
            {
                filter = filter with { Sort = by, Ascending = sort[0] != '-' };
            }
        }

        errors = wrong;
        return filter;
    }

    public static string Write(LeadFilter filter)
    {
        var query = new StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        void AddAll<T>(string name, IEnumerable<T> values, Func<T, string> write)
        {
            foreach (var value in values)
            {
                Add(name, write(value));
            }
        }

        Add("q", filter.Q);
        Add("owner", filter.Mine ? Me : null);
        Add("owner", filter.Unowned ? None : null);
        AddAll("owner", filter.Owners, id => id.ToString());
        Add("tray", filter.InMyTray ? Me : null);
        AddAll("pool", filter.Pools, p => p);
        AddAll("status", filter.Statuses, WireName.Of);
        AddAll("priority", filter.Priorities, WireName.Of);
        AddAll("cell", filter.Cells, c => c);
        AddAll("channel", filter.Channels, c => c);
        AddAll("campaign", filter.Campaigns, c => c);
        AddAll("tag", filter.Tags, t => t);
        AddAll("finding", FindingNames.Of(filter.Findings), f => f);
        AddAll("qualification", filter.Qualifications, WireName.Of);
        AddAll("grade", filter.Grades, WireName.Of);
        AddAll("province", filter.Provinces, p => p);
        Add("company", filter.Company);
        Add("import", filter.Import?.ToString());
        foreach (var (key, value) in filter.Custom)
        {
            Add(OfCustom + Uri.EscapeDataString(key), value);
        }

        Add("account", filter.Account?.ToString());
        Add("receivedFrom", filter.ReceivedFrom?.ToString());
        Add("receivedTo", filter.ReceivedTo?.ToString());
        Add("sort", filter.IsUsualOrder ? null : filter.SortName);
        return query.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string? query)
    {
        foreach (var pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                yield return (pair[..at], Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' ')));
            }
        }
    }

    private static T? Read<T>(List<FieldError> wrong, string name, string text, Func<string, T?> read)
        where T : struct
    {
        var value = read(text);
        if (value is null)
        {
            wrong.Add(new FieldError(name, "unknown"));
        }

        return value;
    }

    private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;

    private static T? Member<T>(string name)
        where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
        {
            if (WireName.Of(member) == name)
            {
                return member;
            }
        }

        return null;
    }
}
