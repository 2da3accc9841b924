using System.Globalization;
using Granary.Domain.Matching;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The duplicate policies as their editor posts them.</summary>
public sealed class DuplicatesForm : PolicyForm
{
    public ChoiceRow Default { get; set => field = value ?? new(); } = new();

    public List<ChoiceRow> Channels { get; set => field = value ?? []; } = [];

    /// <summary>The policies that come with the product.</summary>
    public static IReadOnlyList<DuplicatePolicy> BuiltIn { get; } = [DuplicatePolicy.Business, DuplicatePolicy.Consumer];

    /// <summary>The form of the policies.</summary>
    public static DuplicatesForm Of(DuplicatePolicies policies) => new()
    {
        Default = ChoiceRow.Of(policies.Default),
        Channels = [.. policies.Channels.Select(c => ChoiceRow.Of(c.Policy, c.Channel))],
    };

    /// <summary>The policies, and which words cannot be understood.</summary>
    public (DuplicatePolicies Policies, IReadOnlyList<FieldError> Errors) Read(DuplicatePolicies stored)
    {
        List<FieldError> errors = [];
        var known = stored.Channels.Select(c => c.Policy).Prepend(stored.Default).ToList();
        return (
            stored with
            {
                Default = Default.Read(known, "default", errors),
                Channels = [.. Channels.Select((row, i) => new ChannelDuplicatePolicy(row.Channel?.Trim() ?? "", row.Read(known, $"channels[{i}].policy", errors)))],
            },
            errors);
    }

    /// <summary>Which policy, and what can be set of it.</summary>
    public sealed class ChoiceRow
    {
        /// <summary>The channel that has it; nothing for the default.</summary>
        public string? Channel { get; set; }

        /// <summary>Name of the policy.</summary>
        public string? Policy { get; set; } = DuplicatePolicy.Business.Name;

        /// <summary>Days that earlier leads count; empty is for ever.</summary>
        public string? LookBack { get; set; }

        public string? Level { get; set; } = WireName.Of(MatchLevel.Strong);

        internal static ChoiceRow Of(DuplicatePolicy policy, string? channel = null) => new()
        {
            Channel = channel,
            Policy = policy.Name,
            LookBack = Text(policy.Rules.FirstOrDefault(r => r.Target == MatchTarget.Lead)?.LookBackDays),
            Level = WireName.Of(policy.Rules.FirstOrDefault(IsByCompany)?.CompanyLevel ?? MatchLevel.Strong),
        };

        /// <summary>The policy: rules of its own stay, look-back and level are set in each that has them.</summary>
        internal DuplicatePolicy Read(IReadOnlyList<DuplicatePolicy> known, string path, List<FieldError> errors)
        {
            var basis = known.FirstOrDefault(p => p.Name == Policy) ?? BuiltIn.FirstOrDefault(p => p.Name == Policy) ?? DuplicatePolicy.Business;
            var days = MaybeWhole(LookBack, $"{path}.lookBack", errors);
            var level = Member<MatchLevel>(Level, $"{path}.level", errors);
            return basis with
            {
                Rules =
                [
                    .. basis.Rules.Select(rule => rule with
                    {
                        LookBackDays = rule.Target == MatchTarget.Lead ? days : rule.LookBackDays,
                        CompanyLevel = IsByCompany(rule) ? level : rule.CompanyLevel,
                    }),
                ],
            };
        }

        private static bool IsByCompany(DuplicateRule rule) => rule.Keys.Contains(MatchKeyKind.Company);

        /// <summary>The days that are offered, and the one that is set.</summary>
        internal IReadOnlyList<int> Days =>
            [.. new[] { 30, 90, 180, 365 }.Concat(int.TryParse(LookBack, CultureInfo.InvariantCulture, out var own) ? [own] : []).Distinct().Order()];
    }
}
