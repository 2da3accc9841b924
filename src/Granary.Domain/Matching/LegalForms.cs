namespace Granary.Domain.Matching;

/// <summary>Legal forms that end a Chinese name, and what ends a branch (§5.2).</summary>
internal static class LegalForms
{
    /// <summary>Longest first. <c>公司</c> alone is how people talk, not how a name is registered.</summary>
    private static readonly (string Text, bool Registered)[] Forms =
    [
        ("股份有限责任公司", true), ("个人独资企业", true), ("股份有限公司", true), ("有限责任公司", true), ("个体工商户", true), ("专业合作社", true),
        ("有限合伙", true), ("普通合伙", true), ("合伙企业", true), ("有限公司", true), ("股份公司", true), ("集团公司", true), ("株式会社", true), ("有限会社", true),
        ("合同会社", true), ("주식회사", true), ("유한회사", true), ("总公司", true), ("事务所", true), ("经营部", true), ("门市部", true), ("工作室", true), ("合作社", true),
        ("公司", false), ("有限", false), ("商行", true), ("中心", true), ("总厂", true), ("厂", true), ("店", true),
    ];

    private static readonly (string Text, CompanyStructure Structure)[] Structures =
        [("集团", CompanyStructure.Group), ("控股", CompanyStructure.Holding), ("股份", CompanyStructure.JointStock)];

    private static readonly string[] Branches =
    [
        "办事处", "代表处", "联络处", "营业部", "营业厅", "经营部", "门市部", "项目部", "销售部", "采购部", "事业部", "分公司", "子公司", "营业所",
        "分厂", "分店", "分行", "支行", "分所", "分部", "支公司", "分中心", "分社", "分校", "分院", "门店", "旗舰店", "店",
    ];

    /// <summary>The legal form a name ends with; at least two letters stay before it. Null when it ends with none.</summary>
    public static string? ReadLast(ReadOnlySpan<char> name, out bool registered)
    {
        foreach (var (text, isRegistered) in Forms)
        {
            if (name.Length >= text.Length + 2 && name.EndsWith(text, StringComparison.Ordinal))
            {
                registered = isRegistered;
                return text;
            }
        }

        registered = false;
        return null;
    }

    /// <summary>Takes a Japanese or Korean form off the start; null when there is none.</summary>
    public static string? TakeFirst(ref ReadOnlySpan<char> name)
    {
        foreach (var form in (ReadOnlySpan<string>)["株式会社", "有限会社", "合同会社", "주식회사", "유한회사"])
        {
            if (name.Length >= form.Length + 2 && name.StartsWith(form, StringComparison.Ordinal))
            {
                name = name[form.Length..];
                return form;
            }
        }

        return null;
    }

    /// <summary>Takes 集团, 控股 and 股份 off the end while at least two letters stay.</summary>
    public static CompanyStructure TakeStructure(ref ReadOnlySpan<char> name)
    {
        var structure = CompanyStructure.None;
        for (var found = true; found;)
        {
            found = false;
            foreach (var (text, flag) in Structures)
            {
                if (name.Length >= text.Length + 2 && name.EndsWith(text, StringComparison.Ordinal))
                {
                    name = name[..^text.Length];
                    structure |= flag;
                    found = true;
                }
            }
        }

        return structure;
    }

    /// <summary>The word for a branch that the text ends with; null for none.</summary>
    public static string? Branch(ReadOnlySpan<char> text)
    {
        foreach (var word in Branches)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
                return word;
        }

        return null;
    }

    /// <summary>Whether a bracket holds a piece of the form, such as <c>集团</c>, to be read in its place.</summary>
    public static bool IsPiece(ReadOnlySpan<char> text) =>
        text is "集团" or "控股" or "股份" or "有限" or "集团公司";

    /// <summary>Where a registered form stands inside the name, so that what follows is a branch; −1 for nowhere.</summary>
    public static int EndOfInnerForm(ReadOnlySpan<char> name)
    {
        foreach (var form in (ReadOnlySpan<string>)["有限公司", "有限责任公司", "股份公司"])
        {
            var at = name.IndexOf(form, StringComparison.Ordinal);
            if (at >= 2 && at + form.Length < name.Length)
                return at + form.Length;
        }

        return -1;
    }
}
