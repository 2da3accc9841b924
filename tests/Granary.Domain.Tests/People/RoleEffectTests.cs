using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

public sealed class RoleEffectTests
{
    [Fact]
    public void What_other_roles_grant_already_is_neither_gained_nor_lost()
    {
        var (before, after) = (Grants((Permission.ViewLeads, DataScope.Own), (Permission.ClaimLeads, DataScope.Pools)), Grants((Permission.ViewLeads, DataScope.Own | DataScope.Team)));

        var effect = RoleEffect.Of([Grants(), Grants((Permission.ViewLeads, DataScope.All)), Grants((Permission.ClaimLeads, DataScope.All))], before, after);

        Assert.Equal((3, 3), (effect.Holders, effect.Affected));
        Assert.Equal(
            [new RoleEffectLine(Permission.ViewLeads, DataScope.Team, DataScope.None, 2), new RoleEffectLine(Permission.ClaimLeads, DataScope.None, DataScope.Pools, 2)],
            effect.Lines);
    }

    [Fact]
    public void Nobody_is_affected_by_a_change_that_changes_nothing_for_them()
    {
        var effect = RoleEffect.Of([Grants((Permission.ManagePeople, DataScope.All))], Grants(), Grants((Permission.ManagePeople, DataScope.Own)));

        Assert.Equal((1, 0), (effect.Holders, effect.Affected));
        Assert.Empty(effect.Lines);
        Assert.Equal(0, RoleEffect.Of([], Grants(), Grants((Permission.ViewLeads, DataScope.All))).Affected);
    }

    [Fact]
    public void From_everything_to_the_department_everything_is_lost_and_the_department_kept_as_what_is_left()
    {
        var effect = RoleEffect.Of([Grants()], Grants((Permission.ViewLeads, DataScope.All)), Grants((Permission.ViewLeads, DataScope.Own | DataScope.Team)));

        Assert.Equal([new RoleEffectLine(Permission.ViewLeads, DataScope.None, DataScope.All, 1)], effect.Lines);
    }

    [Theory]
    [InlineData(DataScope.All | DataScope.Own, DataScope.All)]
    [InlineData(DataScope.DepartmentTree | DataScope.Team | DataScope.Pools, DataScope.DepartmentTree | DataScope.Pools)]
    [InlineData(DataScope.Own | DataScope.Team, DataScope.Own | DataScope.Team)]
    public void A_scope_that_another_covers_says_nothing(DataScope given, DataScope whole) => Assert.Equal(whole, RoleEffect.Whole(given));

    private static Dictionary<Permission, DataScope> Grants(params (Permission Permission, DataScope Scope)[] grants) => grants.ToDictionary(g => g.Permission, g => g.Scope);
}
