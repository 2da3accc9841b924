using FsCheck;
using FsCheck.Fluent;
using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Domain.Cleansing;
using Granary.Domain.Scoring;

namespace Granary.Application.Tests.Desk;

public sealed class LeadFilterTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void A_filter_reads_back_from_the_address_it_was_written_to()
    {
        var texts = ArbMap.Default.GeneratorFor<NonWhiteSpaceString>().Select(s => s.Get.Trim()).Where(s => s.Length is > 0 and < 100 && IsText(s));
        var days = Gen.Choose(0, 100_000).Select(n => (DayOrInstant?)new DayOrInstant(DateOnly.FromDayNumber(700_000 + n)));
        var filters =
            from flags in Gen.Choose(0, 63)
            from several in texts.ListOf(3)
            from q in Gen.OrNull(texts)
            from company in Gen.OrNull(texts)
            from owner in ArbMap.Default.GeneratorFor<Guid>()
            from status in Gen.SubListOf(Enum.GetValues<LeadStatus>())
            from priority in Gen.SubListOf(Enum.GetValues<Priority>())
            from sort in Gen.Elements(Enum.GetValues<LeadSort>())
            from day in days
            select new LeadFilter
            {
                Mine = (flags & 1) != 0,
                Unowned = (flags & 2) != 0,
                InMyTray = (flags & 4) != 0,
                Ascending = (flags & 8) != 0,
                Findings = (flags & 16) != 0 ? Finding.Sensitive | Finding.PossibleDuplicate : Finding.None,
                Owners = [owner],
                Pools = [.. several.Distinct()],
                Channels = [.. several.Distinct()],
                Tags = [.. several.Distinct()],
                Campaigns = [.. several.Distinct()],
                Statuses = [.. status],
                Priorities = [.. priority],
                Cells = ["A1", "D4"],
                ReceivedFrom = day,
                ReceivedTo = new DayOrInstant(new DateTimeOffset(2026, 11, 2, 1, 30, 0, TimeSpan.Zero)),
                Import = owner,
                Sort = sort,
                Company = company,
                Q = q,
            };
        Prop.ForAll(Arb.From(filters), filter =>
        {
            var read = LeadFilter.Parse("?" + filter, out var errors);
            return errors.Count == 0 && read.ToString() == filter.ToString()
                && read.Tags.SequenceEqual(filter.Tags) && read.Statuses.SequenceEqual(filter.Statuses) && read.Q == filter.Q
                && read.ReceivedFrom == filter.ReceivedFrom && read.ReceivedTo == filter.ReceivedTo;
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_left_out()
    {
        var filter = LeadFilter.Parse("status=sleeping&status=working&owner=nobody&sort=name&receivedFrom=yesterday&columns=a", out var errors);
        Assert.Equal([LeadStatus.Working], filter.Statuses);
        Assert.Empty(filter.Owners);
        Assert.True(filter.IsUsualOrder);
        Assert.Equal(["owner", "receivedFrom", "sort", "status"], errors.Select(e => e.Field).Order());
    }

    [Fact]
    public void Days_are_those_of_the_organisation_and_count_whole()
    {
        var day = DayOrInstant.Parse("2026-11-02")!.Value;
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 16, 0, 0, TimeSpan.Zero), day.Start(Shanghai));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 16, 0, 0, TimeSpan.Zero), day.End(Shanghai));
    }

    [Theory]
    [InlineData("sort=-receivedAt", LeadSort.ReceivedAt, false)]
    [InlineData("sort=score", LeadSort.Score, true)]
    [InlineData("sort=-changed", LeadSort.ChangedAt, false)]
    public void The_order_is_a_name_with_a_minus_for_descending(string query, LeadSort sort, bool ascending)
    {
        var filter = LeadFilter.Parse(query);
        Assert.Equal((sort, ascending), (filter.Sort, filter.Ascending));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("_____________________________________")]
    public void A_cursor_of_somebody_elses_making_is_none(string text) => Assert.Null(LeadCursor.Parse(text, LeadSort.ReceivedAt));

    [Fact]
    public void A_cursor_belongs_to_its_order()
    {
        var cursor = new LeadCursor(LeadSort.Score, 80, Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
        Assert.Equal(cursor, LeadCursor.Parse(cursor.ToString(), LeadSort.Score));
        Assert.Null(LeadCursor.Parse(cursor.ToString(), LeadSort.ReceivedAt));
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
