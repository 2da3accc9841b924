using Granary.Application.Storage;

namespace Granary.Application.Tests.Storage;

public sealed class ClockTests
{
    [Fact]
    public void Ids_are_ordered_by_their_instant_and_never_the_same()
    {
        var at = new DateTimeOffset(2026, 11, 29, 8, 0, 0, 123, TimeSpan.FromHours(8));

        var ids = Enumerable.Range(0, 5_000).Select(i => Clock.NewId(at.AddMilliseconds(i / 50))).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 0x80), (id.Version, id.ToByteArray(true)[8] & 0xc0)));
        var instants = ids.Select(id => BitConverter.ToInt64([.. id.ToByteArray(true)[..6].Reverse(), 0, 0]));
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => at.AddMilliseconds(i / 50).ToUnixTimeMilliseconds()), instants);
    }
}
