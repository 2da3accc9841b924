namespace Granary.Web.Tests.Architecture;

public sealed class RoomOrderTests
{
    /// <summary>Uses against the order that are meant, each with its reason.</summary>
    private static readonly Dictionary<(string From, string To), string> Meant = [];

    [Fact]
    public void Every_room_stands_in_the_plan()
    {
        var known = Rooms.InOrder.Concat(Rooms.Beside).Concat(Rooms.Ground).Append("");
        Violations.None(Rooms.Types.Select(t => Rooms.Of(t)!).Distinct().Except(known));
    }

    [Fact]
    public void A_room_uses_only_earlier_rooms()
    {
        var wrong = from type in Rooms.Types
                    from used in References.Of(type).OfType<Type>()
                    let room = Rooms.Of(type)
                    let other = Rooms.Of(used)
                    where other is not null && !Rooms.MayUse(room, other) && !Meant.ContainsKey((room, other))
                    select $"{References.Outermost(type).FullName} uses {References.Outermost(used).FullName}";
        Violations.None(wrong);
    }

    [Fact]
    public void Every_exception_from_the_order_is_still_needed()
    {
        var used = Rooms.Types
            .SelectMany(t => References.Of(t).OfType<Type>().Select(u => (From: Rooms.Of(t)!, To: Rooms.Of(u) ?? "")))
            .ToHashSet();
        Violations.None(Meant.Keys.Where(m => Rooms.MayUse(m.From, m.To) || !used.Contains(m)).Select(m => $"{m.From} → {m.To}"));
    }

    [Theory]
    [InlineData("Assignment", "Scoring", true)]
    [InlineData("Scoring", "Assignment", false)]
    [InlineData("Scoring", "Policies", true)]
    [InlineData("Policies", "Scoring", false)]
    [InlineData("People", "Capture", true)]
    [InlineData("Storage", "People", true)]
    [InlineData("Storage", "Capture", false)]
    [InlineData("Intake", "Ownership", true)]
    [InlineData("Intake", "FollowUp", false)]
    [InlineData("", "Insight", true)]
    public void The_order_says_who_may_use_whom(string from, string to, bool allowed) => Assert.Equal(allowed, Rooms.MayUse(from, to));
}
