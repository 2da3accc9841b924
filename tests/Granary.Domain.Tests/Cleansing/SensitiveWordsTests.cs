using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Cleansing;

namespace Granary.Domain.Tests.Cleansing;

public sealed class SensitiveWordsTests
{
    [Fact]
    public void Words_are_found_whatever_their_case_and_width()
    {
        var list = new SensitiveWords(["Casino", "代开发票"], []);
        Assert.Equal(["casino"], list.Find("best ＣＡＳＩＮＯ in town"));
        Assert.Equal(["代开发票", "casino"], list.Find("我们代开发票，也有 cAsInO"));
        Assert.Empty(list.Find("cas ino 发票"));
    }

    [Fact]
    public void A_word_within_an_innocent_one_does_not_count_but_beside_it_does()
    {
        var list = new SensitiveWords(["ass", "赌博"], ["class", "反赌博法", "assistant"]);
        Assert.Empty(list.Find("a first class ASSISTANT, 反赌博法"));
        Assert.Equal(["ass"], list.Find("a class ass"));
        Assert.Equal(["赌博"], list.Find("反赌博法与赌博"));
    }

    [Fact]
    public void Words_that_overlap_or_contain_each_other_are_all_found() =>
        Assert.Equal(["he", "she", "hers", "his"], new SensitiveWords(["he", "she", "his", "hers"], []).Find("he shershis"));

    [Fact]
    public void A_word_is_reported_once() => Assert.Equal(["ab"], new SensitiveWords(["ab"], []).Find("ab ab ab"));

    [Fact]
    public void Letters_beyond_the_basic_plane_are_found() => Assert.Equal(["𠮷野"], new SensitiveWords(["𠮷野"], []).Find("在𠮷野家"));

    [Fact]
    public void An_empty_list_finds_nothing() => Assert.Empty(new SensitiveWords(["", "  "], ["x"]).Find("anything x"));

    [Fact]
    public void It_finds_what_searching_word_by_word_finds() =>
        Prop.ForAll(Gen.Elements('a', 'b', 'c').ArrayOf().ToArbitrary(), Gen.Elements('a', 'b', 'c').NonEmptyListOf().ListOf().ToArbitrary(), (letters, picked) =>
        {
            var text = new string(letters);
            var words = picked.Select(letters => new string([.. letters])).Distinct().ToList();
            var found = new SensitiveWords(words, []).Find(text);
            return found.Order(StringComparer.Ordinal).SequenceEqual(
                words.Where(word => text.Contains(word, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }).Check(Run.Property);

    [Fact]
    public void Ten_thousand_words_cost_one_pass()
    {
        var words = Enumerable.Range(0, 12_000).Select(static i => $"敏感{i:D5}词").ToList();
        var list = new SensitiveWords(words, []);
        Assert.Equal(12_000, list.Count);
        Assert.Equal(["敏感11999词"], list.Find(string.Concat(Enumerable.Repeat("敏感1199敏感", 500)) + "敏感11999词"));
    }
}
