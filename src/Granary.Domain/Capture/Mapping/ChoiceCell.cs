using System.Collections.Frozen;

namespace Granary.Domain.Capture.Mapping;

/// <summary>Choices in the words of files, Chinese and English; words are compared folded.</summary>
internal static class ChoiceCell
{
    private static readonly FrozenDictionary<string, BuyingRole> Roles = Words(
        (BuyingRole.DecisionMaker, "决策者 决策人 决策层 拍板人 关键人 关键决策人 老板 kp decisionmaker 决策 decider keyperson economicbuyer"),
        (BuyingRole.Influencer, "影响者 影响人 影响 推荐者 建议者 influencer recommender evaluator champion"),
        (BuyingRole.User, "使用者 使用人 用户 使用 最终用户 user enduser"));

    private static readonly FrozenDictionary<string, BudgetMatch> Matches = Words(
        (BudgetMatch.Full, "完全匹配 完全 匹配 满足 充足 高 full yes 是 complete"),
        (BudgetMatch.Partial, "部分匹配 部分 一般 中 partial partly"),
        (BudgetMatch.None, "不匹配 无预算 无 不满足 不足 低 none no 否"));

    private static readonly FrozenDictionary<string, bool> Answers = Words(
        (true, "是 有 已 同意 愿意 对 真 yes y true t 1 √ ✓ ✔ on agreed"),
        (false, "否 无 未 不同意 不愿意 没有 错 假 no n false f 0 × ✗ off"));

    private static readonly FrozenDictionary<string, CompanySize> Sizes = Words(
        (CompanySize.Large, "大型 大 大企业 大型企业 特大型 集团 large l big enterprise"),
        (CompanySize.Medium, "中型 中 中等 中型企业 medium m mid midmarket middle midsize"),
        (CompanySize.Small, "小型 小 小企业 小型企业 小微 微型 小微企业 small s smb micro startup"));

    public static bool TryRole(string value, out BuyingRole role) => Roles.TryGetValue(Word(value), out role);

    public static bool TryMatch(string value, out BudgetMatch match) => Matches.TryGetValue(Word(value), out match);

    public static bool TryYesNo(string value, out bool yes) => Answers.TryGetValue(Word(value), out yes);

    public static bool TrySize(string value, out CompanySize size) => Sizes.TryGetValue(Word(value), out size);

    // end-user, End User and endUser are one word; −1 is not 1.
    private static string Word(string value)
    {
        var folded = CellText.Fold(value);
        return folded.StartsWith('-') ? folded : string.Concat(folded.Split(' ', '-', '_'));
    }

    private static FrozenDictionary<string, T> Words<T>(params (T Value, string Words)[] lists)
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (value, words) in lists)
        {
            foreach (var word in words.Split(' '))
            {
                all.Add(word, value);
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
