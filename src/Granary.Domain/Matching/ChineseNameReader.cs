using Granary.Domain.Capture;

namespace Granary.Domain.Matching;

/// <summary>Reads a Chinese company name from both ends: branch and legal form off the end, region off the start, then trade words off the end.</summary>
internal static class ChineseNameReader
{
    private static readonly string[] Listed = ["sst", "st", "pt", "退市"];
    private static readonly string[] ListedAfter = ["退", "股", "a", "b", "h", " u", " w", "u", "w"];
    private static readonly string[] Districts =
    [
        "高新技术产业开发区", "经济技术开发区", "高新技术开发区", "经济开发区", "自由贸易试验区", "工业园区", "经济特区", "浦东新区", "滨海新区", "高新区", "保税区",
        "新区", "浦东",
    ];

    public static CompanyName Read(string full)
    {
        Span<char> buffer = stackalloc char[full.Length];
        string? branch = null, bracketRegion = null;
        var text = WithoutBrackets(full, buffer, ref branch, ref bracketRegion);
        text = WithoutBranch(text, ref branch);
        var form = LegalForms.ReadLast(text, out var registered);
        if (form is not null)
            text = text[..^form.Length];
        else
            text = WithoutListingMarks(text);
        var structure = LegalForms.TakeStructure(ref text);
        if (form is not null && form.StartsWith("股份", StringComparison.Ordinal))
            structure |= CompanyStructure.JointStock;
        if (form == "集团公司")
            structure |= CompanyStructure.Group;

        var region = TakeRegion(ref text, out var named);
        var parent = TakeParent(ref text, ref structure, buffer);
        if (parent is not null && TakeRegion(ref text, out var inner) is { } innerRegion)
            (region, named) = (innerRegion, inner);
        var core = TakeTrades(text, named, out var trades);

        return new CompanyName
        {
            Full = full,
            Region = region ?? bracketRegion,
            Core = core,
            IndustryWords = trades,
            Trade = string.Concat(trades),
            LegalForm = form,
            Branch = branch,
            Parent = parent,
            IsRegistered = registered,
            Structure = structure,
            ExactKey = KeyOf(full),
            CoreKey = core.Length >= 4 && CompanyText.AllIdeographs(core) ? core[..2] : KeyOf(core),
            TailKey = core.Length >= 3 && CompanyText.AllIdeographs(core) ? core[^2..] : null,
        };
    }

    private static string KeyOf(string text) => text.AsSpan().ContainsAny(" ()") ? string.Concat(text.Split(' ', '(', ')')) : text;

    /// <summary>Copies the name without its brackets: a branch or a region in them is read, a piece of the form stays in place, a remark goes.</summary>
    private static ReadOnlySpan<char> WithoutBrackets(string full, Span<char> buffer, ref string? branch, ref string? region)
    {
        var length = 0;
        ReadOnlySpan<char> rest = full;
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('(');
            var close = open < 0 ? -1 : rest[open..].IndexOf(')');
            var plain = open < 0 ? rest : rest[..open];
            foreach (var letter in plain)
            {
                if (letter is not ' ' and not ')')
                    buffer[length++] = letter;
            }

            if (open < 0)
                break;
            var inside = close < 0 ? rest[(open + 1)..] : rest[(open + 1)..(open + close)];
            rest = close < 0 ? default : rest[(open + close + 1)..];
            if (LegalForms.Branch(inside) is not null)
            {
                branch ??= inside.ToString();
            }
            else if (IsRegion(inside, out var found))
            {
                region ??= found;
            }
            else if (LegalForms.IsPiece(inside) || length == 0)
            {
                foreach (var letter in inside)
                {
                    if (letter is not ' ' and not '(')
                        buffer[length++] = letter;
                }
            }
        }

        return length > 0 ? buffer[..length] : full;
    }

    private static bool IsRegion(ReadOnlySpan<char> text, out string? region)
    {
        if (text is "中国" or "china")
        {
            region = "中国";
            return true;
        }

        var found = Regions.TryReadPrefix(text, out var read, out var length) && (length == text.Length || text[length..] is "市" or "区" or "县" or "总部");
        region = found ? read.ToString() : null;
        return found;
    }

    private static ReadOnlySpan<char> WithoutBranch(ReadOnlySpan<char> text, ref string? branch)
    {
        var end = LegalForms.EndOfInnerForm(text);
        if (end > 0 && (LegalForms.Branch(text[end..]) is not null || text[end..].IndexOf("公司") < 0))
        {
            branch ??= text[end..].ToString();
            return text[..end];
        }

        if (LegalForms.Branch(text) is not { } word || word == "店" || text.Length < word.Length + 2)
            return text;
        var head = text[..^word.Length];
        for (var length = Math.Min(6, head.Length - 2); length >= 2; length--)
        {
            if (Regions.TryReadPrefix(head[^length..], out _, out var read) && read == length)
            {
                branch ??= text[^(length + word.Length)..].ToString();
                return head[..^length];
            }
        }

        branch ??= word;
        return head;
    }

    private static ReadOnlySpan<char> WithoutListingMarks(ReadOnlySpan<char> text)
    {
        foreach (var mark in Listed)
        {
            if (text.Length >= mark.Length + 2 && text.StartsWith(mark) && CompanyText.IsIdeograph(text[mark.Length]))
            {
                text = text[mark.Length..];
                break;
            }
        }

        foreach (var mark in ListedAfter)
        {
            if (text.Length >= mark.Length + 2 && text.EndsWith(mark) && (mark != "股" || text[^2] is 'a' or 'b' or 'h')
                && (mark == "股" || CompanyText.IsIdeograph(text[^(mark.Length + 1)]) || text.EndsWith("b退")))
            {
                text = text[..^mark.Length];
            }
        }

        return text;
    }

    /// <summary>Takes the region off the start; <paramref name="named"/> is the last place of it, as it would stand for a core.</summary>
    private static string? TakeRegion(ref ReadOnlySpan<char> text, out string? named)
    {
        named = null;
        if (Regions.TryReadPrefix(text, out var region, out var length))
        {
            for (var at = length - 2; at >= 0; at--)
            {
                if (Regions.TryReadPrefix(text[at..length], out _, out var read) && read == length - at)
                {
                    var place = text[at..length];
                    named = (place.Length > 2 && place[^1] is '市' or '省' ? place[..^1] : place).ToString();
                    break;
                }
            }

            text = text[length..];
            TakeDistrict(ref text);
            return region.ToString();
        }

        if (text.Length > 2 && text.StartsWith("中国"))
        {
            named = "中国";
            text = text[2..];
            return "中国";
        }

        return null;
    }

    private static void TakeDistrict(ref ReadOnlySpan<char> text)
    {
        foreach (var district in Districts)
        {
            if (text.Length >= district.Length + 2 && text.StartsWith(district))
            {
                text = text[district.Length..];
                return;
            }
        }

        if (text.Length >= 5 && text[2] is '区' or '县' && text[1] is not ('社' or '园' or '景' or '小' or '特' or '校' or '库') && text[3] is not ('块' or '域'))
            text = text[3..];
    }

    /// <summary>集团 inside the name: before a core it sets off the parent; before trade words alone it only says that this is a group.</summary>
    private static string? TakeParent(ref ReadOnlySpan<char> text, ref CompanyStructure structure, Span<char> buffer)
    {
        var at = text.IndexOf("集团");
        if (at < 2 || at + 2 >= text.Length)
            return null;
        var rest = text[(at + 2)..];
        if (rest.Length >= 2 && !IsTradeOnly(rest))
        {
            var parent = text[..at].ToString();
            text = rest;
            return parent;
        }

        structure |= CompanyStructure.Group;
        var joined = string.Concat(text[..at], rest);
        joined.CopyTo(buffer);
        text = buffer[..joined.Length];
        return null;
    }

    private static bool IsTradeOnly(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IndustryWords.ReadLast(text, allowWhole: true) is { } word)
            text = text[..^word.Length];
        return text.IsEmpty;
    }

    private static string TakeTrades(ReadOnlySpan<char> text, string? named, out IReadOnlyList<string> trades)
    {
        if (text.Length < 2 && named is not null)
        {
            trades = [];
            return string.Concat(named, text);
        }

        var words = new List<string>(4);
        while (IndustryWords.ReadLast(text, allowWhole: named is not null) is { } word)
        {
            words.Add(word);
            text = text[..^word.Length];
        }

        words.Reverse();
        trades = words;
        if (!text.IsEmpty)
            return text.ToString();
        if (words.Count < 2 || !IndustryWords.CanBeCore(words[0]))
            return named!;
        trades = words[1..];
        return words[0];
    }
}
