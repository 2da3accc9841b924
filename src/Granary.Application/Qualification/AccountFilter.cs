using System.Text;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Qualification;

/// <summary>Which accounts a list shows, the latest first; it stands in the address as a query string. Of a field with several values any may hold.</summary>
public sealed record AccountFilter
{
    private const int Longest = 200;
    private const string OfCustom = "custom.";

    /// <summary>All that the reader may see.</summary>
    public static AccountFilter All { get; } = new();

    /// <summary>Owned by the reader, <c>owner=me</c>.</summary>
    public bool Mine { get; init; }

    /// <summary>Owned by nobody, <c>owner=none</c>.</summary>
    public bool Unowned { get; init; }

    /// <summary>Owners.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Ids of tiers.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Industries: a path, or a level with all below it.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Provinces.</summary>
    public IReadOnlyList<string> Provinces { get; init; } = [];

    /// <summary>Size classes.</summary>
    public IReadOnlyList<CompanySize> Sizes { get; init; } = [];

    /// <summary>The account they belong to.</summary>
    public Guid? Parent { get; init; }

    /// <summary>Values of custom fields, <c>custom.key=value</c>; of one field any of several.</summary>
    public IReadOnlyList<(string Key, string Value)> Custom { get; init; } = [];

    /// <summary>What was typed into the search: a contact's phone, e-mail or WeChat id in full, or a company's name or the beginning of it.</summary>
    public string? Q { get; init; }

    /// <summary>Reads a query string; what is no filter is passed over, what cannot be read is an error and left out.</summary>
    public static AccountFilter Parse(string? query, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        var values = Pairs(query).Where(p => p.Value.Length > 0).ToLookup(p => p.Name, p => p.Value, StringComparer.Ordinal);
        IReadOnlyList<string> Texts(string name)
        {
            if (values[name].Any(v => v.Length > Longest))
            {
                wrong.Add(new FieldError(name, "too_long", $"{Longest}"));
            }

            return [.. values[name].Where(v => v.Length <= Longest).Distinct(StringComparer.Ordinal)];
        }

        T? Read<T>(string name, string text, Func<string, T?> read)
            where T : struct
        {
            var value = read(text);
            if (value is null)
            {
                wrong.Add(new FieldError(name, "not_a_choice"));
            }

            return value;
        }

        var owners = Texts("owner");
        var filter = new AccountFilter
        {
            Mine = owners.Contains("me"),
            Unowned = owners.Contains("none"),
            Owners = [.. owners.Where(o => o is not ("me" or "none")).Select(o => Read("owner", o, Id)).OfType<Guid>()],
            Tiers = Texts("tier"),
            Industries = Texts("industry"),
            Provinces = Texts("province"),
            Sizes = [.. Texts("size").Select(s => Read("size", s, Size)).OfType<CompanySize>()],
            Parent = Texts("parent").Select(p => Read("parent", p, Id)).LastOrDefault(),
            Custom = [.. values.Where(v => v.Key.StartsWith(OfCustom, StringComparison.Ordinal) && v.Key.Length > OfCustom.Length).SelectMany(v => Texts(v.Key).Select(value => (v.Key[OfCustom.Length..], value)))],
            Q = Texts("q") is [.., var q] ? q.Trim() : null,
        };
        errors = wrong;
        return filter;
    }

    /// <summary>The query string without a question mark; empty for <see cref="All"/>.</summary>
    public override string ToString()
    {
        var query = new StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        Add("q", Q);
        Add("owner", Mine ? "me" : null);
        Add("owner", Unowned ? "none" : null);
        foreach (var (name, each) in new[]
        {
            ("owner", Owners.Select(o => o.ToString())), ("tier", Tiers), ("industry", Industries), ("province", Provinces), ("size", Sizes.Select(s => WireName.Of(s))),
        })
        {
            foreach (var value in each)
            {
                Add(name, value);
            }
        }

        foreach (var (key, value) in Custom)
        {
            Add(OfCustom + Uri.EscapeDataString(key), value);
        }

        Add("parent", Parent?.ToString());
        return query.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string? query) =>
        from pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let at = pair.IndexOf('=', StringComparison.Ordinal)
        where at > 0
        select (Decode(pair[..at]), Decode(pair[(at + 1)..]).Trim());

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;

    private static CompanySize? Size(string text) => Enum.GetValues<CompanySize>().Where(s => WireName.Of(s) == text).Select(s => (CompanySize?)s).FirstOrDefault();
}
