using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class PartnerRegistrationTests
{
    [Theory]
    [InlineData(RegistrationState.Accepted, false, new ConflictKind[0], "x", AcceptanceRefusal.NotAsked)]
    [InlineData(RegistrationState.Expired, false, new ConflictKind[0], "x", AcceptanceRefusal.NotAsked)]
    [InlineData(RegistrationState.Asked, true, new ConflictKind[0], "x", AcceptanceRefusal.OwnRequest)]
    [InlineData(RegistrationState.Asked, false, new[] { ConflictKind.Lead, ConflictKind.Protected }, "x", AcceptanceRefusal.Protected)]
    [InlineData(RegistrationState.Asked, false, new[] { ConflictKind.Lead }, " ", AcceptanceRefusal.ReasonRequired)]
    [InlineData(RegistrationState.Asked, false, new[] { ConflictKind.Opportunity, ConflictKind.Asked }, "客户指定", null)]
    [InlineData(RegistrationState.Asked, false, new ConflictKind[0], null, null)]
    public void A_registration_is_accepted_by_somebody_else_where_nobody_is_protected_and_with_a_reason_where_anything_stands_against_it(
        RegistrationState state, bool own, ConflictKind[] conflicts, string? reason, AcceptanceRefusal? refusal) =>
        Assert.Equal(refusal, PartnerRegistrations.Refusal(state, own, conflicts, reason));
}
