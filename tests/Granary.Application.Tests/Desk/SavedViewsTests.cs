using Granary.Application.Desk;
using Granary.Testing;

namespace Granary.Application.Tests.Desk;

public sealed class SavedViewsTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_view_keeps_filters_and_no_number_or_address_of_a_person(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("张"));
        var views = new SavedViews(shop.Store, shop.Time);

        foreach (var contact in new[] { "13800138000", "+86 138 0013 8000", "someone@example.com" })
        {
            var error = Assert.Single(await views.Save(viewer, "找人", LeadFilter.All with { Q = contact }, shared: true, Ct));
            Assert.Equal(("q", "contact_data"), (error.Field, error.Code));
        }

        Assert.Empty(await views.Of(viewer, Ct));
        Assert.Empty(await views.Save(viewer, "找公司", LeadFilter.All with { Q = "海康" }, shared: true, Ct));
        Assert.Equal("海康", LeadFilter.Parse(Assert.Single(await views.Of(viewer, Ct)).Query).Q);
    }
}
