using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class CompanyNameTests
{
    [Theory]
    [InlineData("北京纷扬科技有限公司", "北京", "纷扬", "科技", "有限公司", null)]
    [InlineData("北京纷扬科技有限公司（上海分公司）", "北京", "纷扬", "科技", "有限公司", "上海分公司")]
    [InlineData("北京纷扬科技有限公司上海分公司", "北京", "纷扬", "科技", "有限公司", "上海分公司")]
    [InlineData("北京纷扬科技有限公司深圳办事处", "北京", "纷扬", "科技", "有限公司", "深圳办事处")]
    [InlineData("纷扬科技", null, "纷扬", "科技", null, null)]
    [InlineData("北京纷扬", "北京", "纷扬", "", null, null)]
    [InlineData("腾讯科技（深圳）有限公司", "广东/深圳", "腾讯", "科技", "有限公司", null)]
    [InlineData("江苏省昆山市沪光汽车电器股份有限公司", "江苏/苏州", "沪光", "汽车 电器", "股份有限公司", null)]
    [InlineData("苏州工业园区和顺电气股份有限公司", "江苏/苏州", "和顺", "电气", "股份有限公司", null)]
    [InlineData("西门子（中国）有限公司", "中国", "西门子", "", "有限公司", null)]
    [InlineData("西门子中国有限公司", "中国", "西门子", "", "有限公司", null)]
    [InlineData("青岛银行股份有限公司", "山东/青岛", "青岛", "银行", "股份有限公司", null)]
    [InlineData("马鞍山钢铁股份有限公司", "安徽/马鞍山", "马鞍山", "钢铁", "股份有限公司", null)]
    [InlineData("上海现代制药股份有限公司", "上海", "现代", "制药", "股份有限公司", null)]
    [InlineData("北京市金杜律师事务所", "北京", "金杜", "律师", "事务所", null)]
    [InlineData("义乌市小商品批发中心", "浙江/金华", "小商品", "批发", "中心", null)]
    [InlineData("金陵饭店", null, "金陵", "饭店", null, null)]
    [InlineData("Acme Technologies (Shanghai) Co., Ltd.", "上海", "acme", "technologies", "co ltd", null)]
    [InlineData("The Boeing Company", null, "boeing", "", "company", null)]
    [InlineData("Müller Optik GmbH & Co. KG", null, "muller optik", "", "gmbh and co kg", null)]
    public void A_name_is_read_into_its_parts(string raw, string? region, string core, string industries, string? form, string? branch)
    {
        var name = CompanyName.Parse(raw)!;

        Assert.Equal((region, core, industries), (name.Region, name.Core, string.Join(' ', name.IndustryWords)));
        Assert.Equal((form, branch), (name.LegalForm, name.Branch));
    }

    [Theory]
    [InlineData("石药集团新诺威制药股份有限公司", "新诺威", "石药", CompanyStructure.JointStock)]
    [InlineData("江西煌上煌集团食品股份有限公司", "煌上煌", null, CompanyStructure.Group | CompanyStructure.JointStock)]
    [InlineData("上海丰华（集团）股份有限公司", "丰华", null, CompanyStructure.Group | CompanyStructure.JointStock)]
    [InlineData("新城控股集团股份有限公司", "新城", null, CompanyStructure.Group | CompanyStructure.Holding | CompanyStructure.JointStock)]
    [InlineData("Tata Steel Holdings Pte Ltd", "tata", null, CompanyStructure.Holding)]
    public void The_group_is_read_apart_from_the_core(string raw, string core, string? parent, CompanyStructure structure)
    {
        var name = CompanyName.Parse(raw)!;

        Assert.Equal((core, parent, structure), (name.Core, name.Parent, name.Structure));
    }

    [Theory]
    [InlineData("*ST长生", "长生")]
    [InlineData("S*ST龙昌", "龙昌")]
    [InlineData("特力A", "特力")]
    [InlineData("新城B股", "新城")]
    [InlineData("武锅B退", "武锅")]
    [InlineData("退市昆机", "昆机")]
    public void Marks_of_the_exchange_are_no_part_of_a_short_name(string raw, string core) =>
        Assert.Equal(core, CompanyName.Parse(raw)!.Core);

    [Theory]
    [InlineData("株洲旗滨集团股份有限公司", "旗滨")]
    [InlineData("株式会社日立製作所", "日立制作所")]
    [InlineData("阿里巴巴（中国）有限公司", "阿里巴巴")]
    [InlineData("上海张江区块链科技有限公司", "张江")]
    [InlineData("北京华联综合超市股份有限公司", "华联")]
    public void Letters_that_only_look_like_a_form_or_a_place_stay(string raw, string core) =>
        Assert.Equal(core, CompanyName.Parse(raw)!.Core);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u3000\t")]
    [InlineData("。。。")]
    [InlineData("无")]
    [InlineData("暂无")]
    [InlineData("个人")]
    [InlineData("N/A")]
    [InlineData("公司")]
    [InlineData("test")]
    public void A_word_that_stands_for_no_company_is_none(string? raw) => Assert.Null(CompanyName.Parse(raw));

    [Theory]
    [InlineData("()")]
    [InlineData("(")]
    [InlineData("（上海）")]
    [InlineData("有限公司上海分公司")]
    [InlineData("Inc.")]
    [InlineData("& & &")]
    [InlineData("中国")]
    [InlineData("\ud800北京")]
    [InlineData("🚀🚀")]
    public void Odd_texts_are_read_without_harm(string raw)
    {
        if (CompanyName.Parse(raw) is { } name)
            Assert.NotEmpty(name.Core);
    }

    [Fact]
    public void A_name_of_any_length_gives_keys_of_bounded_length() =>
        Assert.Equal(CompanyName.Longest, CompanyName.Parse(new string('长', 100_000))!.ExactKey.Length);
}
