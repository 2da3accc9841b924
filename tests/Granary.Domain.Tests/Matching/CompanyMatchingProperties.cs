using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class CompanyMatchingProperties
{
    private static readonly Config Often = Run.Property.WithMaxTest(3000);

    private static readonly Gen<string> Composed =
        from region in Gen.Elements("", "", "北京", "上海市", "江苏省苏州市", "昆山", "中国", "青岛")
        from core in Gen.Elements("纷扬", "纷扬科", "正海", "正海磁材", "东方", "东方日升", "神州纷扬", "青岛", "acme", "石药集团正海", "3m")
        from trades in Gen.Elements("科技", "信息", "磁性材料", "银行", "新能源", "technologies", "网络科", "医院").ArrayOf(2)
        from count in Gen.Choose(0, 2)
        from form in Gen.Elements("", "", "股份", "集团", "有限公司", "集团股份有限公司", "（中国）有限公司", "有限公司（上海分公司）", " Co., Ltd.", "公司")
        select region + core + string.Concat(trades.Take(count)) + form;

    private static readonly Arbitrary<string> Names = Composed.ToArbitrary();
    private static readonly Arbitrary<(string A, string B)> Pairs = Composed.Two().Select(static pair => (pair.Item1, pair.Item2)).ToArbitrary();

    [Fact]
    public void Any_text_can_be_read() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => CompanyName.Parse(text) is not { } name || (name.Core.Length > 0 && name.CoreKey.Length > 0)).Check(Run.Property);

    [Fact]
    public void A_normalised_name_reads_as_the_name_itself() =>
        Prop.ForAll(Names, raw =>
        {
            var (name, again) = (CompanyName.Parse(raw)!, CompanyName.Parse(CompanyName.Parse(raw)!.Full)!);
            return (name.Full, name.ExactKey, name.Core, name.Region) == (again.Full, again.ExactKey, again.Core, again.Region)
                && name.IndustryWords.SequenceEqual(again.IndustryWords);
        }).Check(Often);

    [Fact]
    public void A_name_matches_itself_exactly_and_others_symmetrically() =>
        Prop.ForAll(Pairs, pair =>
        {
            var (a, b) = (CompanyName.Parse(pair.A)!, CompanyName.Parse(pair.B)!);
            return CompanyMatching.Compare(a, a) == MatchLevel.Exact && CompanyMatching.Compare(a, b) == CompanyMatching.Compare(b, a);
        }).Check(Often);

    [Fact]
    public void What_matches_is_found_by_its_keys() =>
        Prop.ForAll(Pairs, pair =>
        {
            var (a, b) = (CompanyName.Parse(pair.A)!, CompanyName.Parse(pair.B)!);
            return CompanyMatching.Compare(a, b) switch
            {
                MatchLevel.Exact => a.ExactKey == b.ExactKey,
                MatchLevel.Strong => a.CoreKey == b.CoreKey && IsReached(a, b),
                _ => true,
            };
        }).Check(Often);

    [Fact]
    public void What_matches_by_alias_is_found_by_the_keys_of_one_of_the_names() =>
        Prop.ForAll(Pairs, Pairs, (pair, entry) =>
        {
            var aliases = new CompanyAliases([new CompanyAlias("纷享销客", entry.A), new CompanyAlias(pair.A, entry.B)]);
            var (sought, stored) = (CompanyName.Parse(pair.A)!, CompanyName.Parse(pair.B)!);
            return CompanyMatching.Compare(sought, stored, aliases) < MatchLevel.Strong
                || aliases.NamesFor(sought).Any(name => IsReached(name, stored));
        }).Check(Often);

    [Fact]
    public void Similarity_lies_between_0_and_1_and_follows_the_level() =>
        Prop.ForAll(Pairs, pair =>
        {
            var (a, b) = (CompanyName.Parse(pair.A)!, CompanyName.Parse(pair.B)!);
            var (similarity, level) = (CompanyMatching.Similarity(a, b), CompanyMatching.Compare(a, b));
            return Math.Abs(similarity - CompanyMatching.Similarity(b, a)) < 1e-12 && (level switch
            {
                MatchLevel.Exact => similarity == 1,
                MatchLevel.Strong => similarity is >= 0.7 and < 1,
                MatchLevel.Weak => similarity is >= 0.3 and < 0.7,
                _ => similarity is >= 0 and < 0.3,
            });
        }).Check(Often);

    private static bool IsReached(CompanyName sought, CompanyName stored) =>
        sought.ExactKey == stored.ExactKey
        || sought.Core.StartsWith(stored.Core, StringComparison.Ordinal)
        || stored.Core.StartsWith(sought.Core, StringComparison.Ordinal);
}
