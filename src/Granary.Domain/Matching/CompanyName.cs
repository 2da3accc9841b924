using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>
/// A company's name, read into its parts (§5.2): region · core 字号 · industry words · legal form · branch.
/// <para>Look-up: an exact match has the same <see cref="ExactKey"/>, or that of an alias. A strong match has the same
/// <see cref="Core"/>, or one that begins with it, or that it begins with: an equality and an index range in each direction.
/// <see cref="CompanyAliases.NamesFor"/> gives the names whose keys are to be looked up besides. The search box
/// adds what <see cref="CompanySearchKeys"/> says.</para>
/// </summary>
public sealed record CompanyName
{
    /// <summary>Longest name read, in characters; what is longer is cut.</summary>
    public const int Longest = 200;

    private static readonly FrozenSet<string> Placeholders = """
        无 没有 暂无 未知 不详 不清楚 不知道 未填 未填写 待定 待补充 保密 私人 个人 个体 个体户 个人用户 自由职业 自由职业者 自己 本人 学生 无业 退休 散户 其他 其它
        公司 有限公司 某公司 本公司 贵公司 我公司 小公司 一家公司 空 空白 测试 测试公司 某某公司 某某 xx xxx xxxx xx公司 xxx公司
        na n/a none null nil unknown personal individual self private test testing company freelance freelancer student other others no nothing
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);

    internal CompanyName()
    {
    }

    /// <summary>The normalised full name: NFKC, lower case, simplified letters, one kind of bracket, no needless space or mark.</summary>
    public required string Full { get; init; }

    /// <summary>The region named, as <c>province</c> or <c>province/city</c> in short form, <c>中国</c> for the country; null when none is.</summary>
    public string? Region { get; init; }

    /// <summary>The core 字号, never empty. A name of region and trade alone (<c>青岛银行</c>) has its region for a core.</summary>
    public required string Core { get; init; }

    /// <summary>Industry words in the order of the name; empty when there are none.</summary>
    public IReadOnlyList<string> IndustryWords { get; init; } = [];

    /// <summary>Legal form as written, such as <c>股份有限公司</c> or <c>gmbh</c>; null when the name has none.</summary>
    public string? LegalForm { get; init; }

    /// <summary>Branch, such as <c>上海分公司</c>; null for the head company.</summary>
    public string? Branch { get; init; }

    /// <summary>The group the name begins with (<c>石药集团</c>新诺威制药), without its region; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether the legal form is one that only a registered name carries, so that other trade words mean another company.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>What the name says of the company's structure.</summary>
    public CompanyStructure Structure { get; init; }

    /// <summary>Look-up key of exact matches: <see cref="Full"/> without brackets and spaces. At most <see cref="Longest"/> characters.</summary>
    public required string ExactKey { get; init; }

    /// <summary>
    /// A key that all strong matches share, for stores that look up by equality alone: the core, of which three Chinese letters
    /// and more keep the first two. Wider than <see cref="Core"/> and its ranges.
    /// </summary>
    public required string CoreKey { get; init; }

    /// <summary>
    /// Second look-up key of searches: the end of a longer core (<c>绿盟</c> of 神州绿盟), the acronym of a name of region and trade
    /// alone (<c>杭钢</c> of 杭州钢铁); null for others.
    /// </summary>
    public string? TailKey { get; init; }

    /// <summary>Trade words in one piece, as written.</summary>
    internal string Trade { get; init; } = "";

    /// <summary>The last place of the region before the core, without 市 and 省: <c>昆山</c> of 江苏昆山; null for none.</summary>
    internal string? Place { get; init; }

    /// <summary>The core is the place, because only trade words follow it.</summary>
    internal bool IsPlace { get; init; }

    /// <summary>Written in Latin letters: words count, not letters.</summary>
    internal bool IsLatin { get; init; }

    /// <summary>Reads a name. Null when there is none: empty text, marks only, or a word that stands for none (<c>无</c>, <c>个人</c>, <c>n/a</c>).</summary>
    /// <param name="raw">The name as typed; see <see cref="Longest"/>.</param>
    public static CompanyName? Parse(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw))
            return null;
        var text = CompanyText.Fold(raw);
        if (text.Length == 0 || Placeholders.Contains(text))
            return null;
        return CompanyText.HasIdeograph(text) ? ChineseNameReader.Read(text) : LatinNameReader.Read(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Full;
}

/// <summary>What a name says of the company's structure.</summary>
[Flags]
public enum CompanyStructure
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Group 集团.</summary>
    Group = 1,

    /// <summary>Holding 控股.</summary>
    Holding = 2,

    /// <summary>Joint stock 股份.</summary>
    JointStock = 4,
}
