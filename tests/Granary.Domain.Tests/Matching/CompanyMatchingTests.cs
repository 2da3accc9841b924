using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class CompanyMatchingTests
{
    public static TheoryData<string, string, MatchLevel> Pairs()
    {
        var data = new TheoryData<string, string, MatchLevel>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Matching", "company-pairs.tsv")))
        {
            if (line.Length > 0 && line[0] != '#' && line.Split('\t') is [var one, var other, var level])
                data.Add(one, other, Enum.Parse<MatchLevel>(level, ignoreCase: true));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_pair_of_names_has_the_level_that_a_person_gives(string one, string other, MatchLevel expected) =>
        Assert.Equal(expected, Compare(one, other));

    [Theory]
    [InlineData("纷享销客", "北京纷扬科技有限公司", MatchLevel.Exact)]
    [InlineData("纷享销客", "纷扬科技", MatchLevel.Strong)]
    [InlineData("北京纷享销客有限公司", "北京纷扬科技有限公司", MatchLevel.Exact)]
    [InlineData("纷享销客", "北京纷扬科技有限公司（上海分公司）", MatchLevel.Strong)]
    [InlineData("纷享销客", "上海纷扬贸易有限公司", MatchLevel.Weak)]
    [InlineData("纷享销客", "销售易", MatchLevel.None)]
    [InlineData("ShareCRM", "纷享销客", MatchLevel.Exact)]
    public void An_alias_stands_for_its_company(string one, string other, MatchLevel expected)
    {
        var aliases = new CompanyAliases([new("纷享销客", "北京纷扬科技有限公司"), new("ShareCRM", "北京纷扬科技有限公司"), new("无", "北京纷扬科技有限公司")]);

        Assert.Equal(expected, CompanyMatching.Compare(Name(one), Name(other), aliases));
        Assert.Equal(expected, CompanyMatching.Compare(Name(other), Name(one), aliases));
    }

    [Fact]
    public void Without_the_table_a_product_is_no_company() =>
        Assert.Equal(MatchLevel.None, CompanyMatching.Compare(Name("纷享销客"), Name("北京纷扬科技有限公司"), CompanyAliases.None));

    [Theory]
    [InlineData("纷享销客")]
    [InlineData("北京纷扬")]
    public void Records_under_an_alias_or_its_company_are_looked_up_both_ways(string sought)
    {
        var aliases = new CompanyAliases([new("纷享销客", "北京纷扬科技有限公司")]);

        var names = aliases.NamesFor(Name(sought)).Select(name => name.Full);

        Assert.Contains("纷享销客", names);
        Assert.Contains(names, name => name.Contains("纷扬", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("绿盟科技", "北京神州绿盟信息安全科技股份有限公司")]
    [InlineData("浙海德曼", "浙江海德曼智能装备股份有限公司")]
    [InlineData("陕国投A", "陕西省国际信托股份有限公司")]
    [InlineData("杭钢", "杭州钢铁股份有限公司")]
    [InlineData("正海磁材", "烟台正海磁性材料股份有限公司")]
    [InlineData("新诺威", "石药集团新诺威制药股份有限公司")]
    public void The_search_box_finds_the_company_by_its_keys(string sought, string stored)
    {
        var keys = CompanySearchKeys.For(Name(sought), CompanyAliases.None);
        var name = Name(stored);

        Assert.True(
            keys.Exact.Contains(name.ExactKey)
            || keys.Cores.Any(core => name.Core.StartsWith(core, StringComparison.Ordinal) || (name.Core.Length >= 2 && core.StartsWith(name.Core, StringComparison.Ordinal)))
            || (name.TailKey is { } tail && keys.Tails.Contains(tail)));
    }

    [Fact]
    public void The_closest_name_is_the_most_similar()
    {
        var sought = Name("纷扬科技");
        string[] ranked = ["纷扬科技", "北京纷扬科技有限公司", "上海纷扬贸易有限公司", "北京紫光科技有限公司"];

        var similarity = ranked.Select(name => CompanyMatching.Similarity(sought, Name(name))).ToList();

        Assert.Equal(similarity.OrderDescending(), similarity);
        Assert.Equal(similarity.Distinct(), similarity);
    }

    private static MatchLevel Compare(string one, string other) => CompanyMatching.Compare(Name(one), Name(other), CompanyAliases.None);

    private static CompanyName Name(string raw) => CompanyName.Parse(raw)!;
}
