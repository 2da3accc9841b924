namespace Granary.Domain.Matching;

/// <summary>Reads a Chinese company name from both ends: branch and legal form off the end, region off the start, then trade words off the end.</summary>
internal static class ChineseNameReader
{
    private const string Group = "集团";

    private static readonly string[] Listed = ["sst", "st", "pt", "退市"];
    private static readonly string[] ListedAfter = ["退", "股", "a", "b", "h", " u", " w", "u", "w"];
    public static CompanyName Read(string full)
    {
        Span<char> buffer = stackalloc char[full.Length];
        string? branch = null, bracketRegion = null;
        var text = WithoutBrackets(full, buffer, ref branch, ref bracketRegion);
        text = WithoutBranch(text, ref branch);
        var form = TakeForm(ref text, out var registered);
        var structure = LegalForms.TakeStructure(ref text);
        if (form is not null && form.StartsWith("股份", StringComparison.Ordinal))
            structure |= CompanyStructure.JointStock;
        if (form == "集团公司")
            structure |= CompanyStructure.Group;

        var region = CompanyPlace.Take(ref text, out var place);
        region = TakeUnit(ref text, ref structure) ?? region;
        var parent = TakeParent(ref text, ref structure, buffer);
        if (parent is not null && CompanyPlace.Take(ref text, out var inner) is { } innerRegion)
            (region, place) = (innerRegion, inner);
        var core = TakeTrades(text, place, out var trades);
        var isPlace = core == place;

        return new CompanyName
        {
            Full = full,
            Region = region ?? bracketRegion,
            Place = place,
            Core = core,
            IsPlace = isPlace,
            IndustryWords = trades,
            Trade = string.Concat(trades),
            LegalForm = form,
            Branch = branch,
            Parent = parent,
            IsRegistered = registered,
            Structure = structure,
            ExactKey = KeyOf(full),
            CoreKey = core.Length > 2 && CompanyText.AllIdeographs(core) ? core[..2] : KeyOf(core),
            TailKey = isPlace && trades.Count > 0 ? Acronym(core, trades) : core.Length > 2 && CompanyText.AllIdeographs(core) ? core[^2..] : null,
        };
    }

    /// <summary>How people shorten a name of region and trade: 杭州钢铁 is 杭钢.</summary>
    private static string Acronym(string place, IReadOnlyList<string> trades) => string.Create(2, (place, trades[0]), static (letters, from) =>
        (letters[0], letters[1]) = (from.place[0], from.Item2[0]));

    private static string? TakeForm(ref ReadOnlySpan<char> text, out bool registered)
    {
        registered = true;
        if (LegalForms.TakeFirst(ref text) is { } first)
            return first;
        var form = LegalForms.ReadLast(text, out registered);
        if (form is { Length: 1 } && IndustryWords.ReadLast(text, allowWhole: true) is not null)
            (form, registered) = (null, false);
        text = form is null ? WithoutListingMarks(text) : text[..^form.Length];
        return form;
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
            else if (CompanyPlace.IsRegion(inside, out var found))
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
            if (CompanyPlace.IsWholly(head[^length..]))
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

    /// <summary>The region that a group's company is for, behind the group's name: 北京 of 移动通信集团北京.</summary>
    private static string? TakeUnit(ref ReadOnlySpan<char> text, ref CompanyStructure structure)
    {
        var at = text.IndexOf(Group);
        if (at < 2 || !CompanyPlace.IsRegion(text[(at + 2)..], out var region))
            return null;
        structure |= CompanyStructure.Group;
        text = text[..at];
        return region;
    }

    /// <summary>集团 inside the name: before a core it sets off the parent; before trade words alone it only says that this is a group.</summary>
    private static string? TakeParent(ref ReadOnlySpan<char> text, ref CompanyStructure structure, Span<char> buffer)
    {
        var at = text.IndexOf(Group);
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

    private static string TakeTrades(ReadOnlySpan<char> text, string? place, out IReadOnlyList<string> trades)
    {
        if (text.Length < 2 && place is not null)
        {
            trades = IndustryWords.SingleLast(text) is { } only ? [only] : [];
            return trades.Count > 0 ? place : string.Concat(place, text);
        }

        var words = new List<string>(4);
        while (IndustryWords.ReadLast(text, allowWhole: place is not null) is { } word)
        {
            words.Add(word);
            text = text[..^word.Length];
        }

        if (text.Length > 2 && IndustryWords.SingleLast(text) is { } letter)
        {
            words.Add(letter);
            text = text[..^1];
        }

        words.Reverse();
        trades = words;
        if (!text.IsEmpty)
            return text.ToString();
        if (words.Count < 2 || !(IndustryWords.CanBeCore(words[0]) || (place == CompanyPlace.Country && words[^1] == "银行")))
            return place!;
        trades = words[1..];
        return words[0];
    }
}
