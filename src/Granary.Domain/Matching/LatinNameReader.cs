namespace Granary.Domain.Matching;

/// <summary>Reads a company name in Latin letters: legal form, structure, place and trade words off the end.</summary>
internal static class LatinNameReader
{
    public static CompanyName Read(string full)
    {
        string? region = null;
        var words = Words(full, ref region);
        var first = 0;
        while (first < words.Count - 1 && words[first] is "the" or "pt" or "ooo" or "oao" or "zao" or "pao" or "cv")
            first++;
        var prefix = first > 0 && words[first - 1] != "the" ? words[first - 1] : null;
        words.RemoveRange(0, first);

        var form = TakeForm(words) ?? prefix;
        var structure = CompanyStructure.None;
        for (var more = true; more && words.Count > 1;)
        {
            more = true;
            if (words[^1] is "group" or "grp")
                structure |= CompanyStructure.Group;
            else if (words[^1] is "holding" or "holdings")
                structure |= CompanyStructure.Holding;
            else if (region is null && LatinWords.Place(words[^1]) is { } place && words[^2] is not "of" and not "&" and not "and")
                region = place;
            else
                more = false;
            if (more)
                words.RemoveAt(words.Count - 1);
        }

        var trades = new List<string>(3);
        while (words.Count > 1 && LatinWords.IsTrade(words[^1]) && words[^2] is not "of" and not "&" and not "and")
        {
            trades.Insert(0, words[^1]);
            words.RemoveAt(words.Count - 1);
        }

        var core = string.Join(' ', words);
        return new CompanyName
        {
            Full = full,
            Region = region,
            Core = core,
            IndustryWords = trades,
            Trade = string.Join(' ', trades),
            LegalForm = form,
            IsRegistered = form is not null,
            Structure = structure,
            ExactKey = string.Concat(full.Split(' ', '(', ')')),
            CoreKey = string.Concat(core.Split(' ')),
            IsLatin = true,
        };
    }

    private static List<string> Words(string full, ref string? region)
    {
        var words = new List<string>(8);
        var plain = full;
        var open = full.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            var close = full.IndexOf(')', open);
            var inside = close < 0 ? full[(open + 1)..] : full[(open + 1)..close];
            region = LatinWords.Place(inside.Replace(" ", "", StringComparison.Ordinal));
            plain = close < 0 ? full[..open] : string.Concat(full.AsSpan(0, open), " ", full.AsSpan(close + 1));
        }

        foreach (var word in plain.Split((char[])[' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
            words.Add(word is "&" ? "and" : word);
        if (words.Count == 0)
            words.Add(full);
        return words;
    }

    private static string? TakeForm(List<string> words)
    {
        var start = words.Count;
        while (start > 1 && (LatinWords.IsForm(words[start - 1]) || (start < words.Count && words[start - 1] is "and" or "z" or "de" or "sp" or "s")))
            start--;
        while (start < words.Count && words[start] is "and")
            start++;
        if (start == words.Count)
            return null;
        var form = string.Join(' ', words[start..]);
        words.RemoveRange(start, words.Count - start);
        while (words.Count > 1 && words[^1] is "and")
            words.RemoveAt(words.Count - 1);
        return form;
    }
}
