namespace Granary.Web.Tests.Architecture;

public sealed class RoomOrderTests
{
    private const string KindsOfPolicies = "The list of kinds names the policy record of each room, and nothing else of it.";

    /// <summary>Uses against the order that are meant, by full type names, each with its reason.</summary>
    private static readonly Dictionary<string, string> Meant = new()
    {
        ["Granary.Application.Storage.GranaryDb uses Granary.Application.Capture.Lead"] = "Collation of two columns on one of the databases only.",
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Assignment.AssignmentPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Cleansing.CleansingPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.FollowUp.SlaPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Qualification.QualificationPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Qualification.NamedAccountPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Opportunities.OpportunityPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Review.ReviewPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Campaigns.CampaignPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Matching.DuplicatePolicies"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Ownership.PoolPolicy"] = KindsOfPolicies,
        ["Granary.Application.Policies.PolicyKind uses Granary.Domain.Scoring.ScoreModel"] = KindsOfPolicies,
        ["Granary.Application.People.Accounts uses Granary.Application.Assignment.UserLoad"] = "Whoever joins gets the counter that caps look at.",
    };

    [Fact]
    public void Every_room_stands_in_the_plan()
    {
        var known = Rooms.InOrder.Concat(Rooms.Beside).Concat(Rooms.Ground).Append("");
        Violations.None(Rooms.Types.Select(t => Rooms.Of(t)!).Distinct().Except(known));
    }

    [Fact]
    public void A_room_uses_only_earlier_rooms() => Violations.None(AgainstTheOrder().Except(Meant.Keys));

    [Fact]
    public void Every_exception_from_the_order_is_still_needed() => Violations.None(Meant.Keys.Except(AgainstTheOrder()));

    [Theory]
    [InlineData("Assignment", "Scoring", true)]
    [InlineData("Scoring", "Assignment", false)]
    [InlineData("Scoring", "Policies", true)]
    [InlineData("Policies", "Scoring", false)]
    [InlineData("People", "Capture", true)]
    [InlineData("Scoring", "Settings", true)]
    [InlineData("Settings", "Ownership", true)]
    [InlineData("Storage", "Ownership", false)]
    [InlineData("Storage", "People", true)]
    [InlineData("Storage", "Capture", false)]
    [InlineData("Hosting", "Settings", true)]
    [InlineData("Intake", "Ownership", true)]
    [InlineData("Intake", "FollowUp", false)]
    [InlineData("", "Insight", true)]
    public void The_order_says_who_may_use_whom(string from, string to, bool allowed) => Assert.Equal(allowed, Rooms.MayUse(from, to));

    private static IEnumerable<string> AgainstTheOrder() =>
        from type in Rooms.Types
        from used in References.Of(type).OfType<Type>()
        let room = Rooms.Of(type)
        let other = Rooms.Of(used)
        where other is not null && !Rooms.MayUse(room, other)
        select $"{References.Outermost(type).FullName} uses {References.Outermost(used).FullName}";
}
