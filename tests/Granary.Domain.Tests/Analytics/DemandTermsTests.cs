using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class DemandTermsTests
{
    [Fact]
    public void A_product_is_counted_once_for_each_text_that_names_it()
    {
        var terms = DemandTerms.Count(["采购 CRM，crm 要能对接", "想看ＣＲＭ演示", "ERP"], ["CRM", "ERP"]);

        Assert.Equal([("crm", 2, true), ("erp", 1, true)], terms.Select(t => (t.Text, t.Count, t.Known)));
    }

    [Fact]
    public void A_longer_known_word_is_not_counted_for_the_shorter_within_it() =>
        Assert.Equal([("智能制造", 1)], DemandTerms.Count(["智能制造"], ["制造", "智能制造"]).Select(t => (t.Text, t.Count)));

    [Fact]
    public void A_term_that_occurs_as_often_as_its_pieces_stands_for_them()
    {
        var terms = DemandTerms.Count(["需要数据安全", "数据安全的方案", "想了解数据安全", "数据分析"], []);

        Assert.Equal([("数据", 4), ("数据安全", 3)], terms.Select(t => (t.Text, t.Count)));
    }

    [Fact]
    public void What_every_requirement_says_is_no_term_and_words_of_trade_stay_whole() =>
        Assert.Equal([("智能", 3), ("私有化部署", 3)], DemandTerms.Count(["需要私有化部署", "希望私有化部署，智能", "私有化部署；智能", "智能"], []).Select(t => (t.Text, t.Count)));

    [Fact]
    public void Latin_words_are_whole_and_small_ones_are_left_out() =>
        Assert.Equal([("mes", 3)], DemandTerms.Count(["we need MES", "MES for the plant", "the mes"], []).Select(t => (t.Text, t.Count)));

    [Fact]
    public void What_occurs_rarely_is_no_term() => Assert.Empty(DemandTerms.Count(["仓储系统", null, " "], []));

    [Fact]
    public void No_more_terms_are_given_than_asked_for() => Assert.Equal(2, DemandTerms.Count(["ab cd ef", "ab cd ef", "ab cd ef"], [], most: 2).Count);
}
