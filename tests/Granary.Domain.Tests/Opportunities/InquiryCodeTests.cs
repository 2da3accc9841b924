using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class InquiryCodeTests
{
    private static readonly InquiryCodeFacts Facts = new() { Region = "HB", Province = "11", Customer = 1, Department = "HX", Product = "PL", On = new DateOnly(2021, 11, 5) };

    [Fact]
    public void The_built_in_pattern_gives_the_code_of_the_example()
    {
        var pattern = InquiryCodePattern.Parse("EN-{region}-{province}-{customer:0000}-{dept}-{product}-{yyyy}-{MM}-{serial:0000}");

        Assert.Equal("EN-HB-11-0001-HX-PL-2021-11-0001", pattern.Code(Facts, 1));
        Assert.Equal(InquiryCodePattern.Parse(InquiryCodePattern.BuiltIn), pattern);
    }

    [Fact]
    public void Codes_are_counted_within_what_stands_before_the_serial()
    {
        var pattern = InquiryCodePattern.Parse(InquiryCodePattern.BuiltIn);

        Assert.Equal("EN-HB-11-0001-HX-PL-2021-11-*", pattern.Series(Facts));
        Assert.NotEqual(pattern.Series(Facts), pattern.Series(Facts with { On = new DateOnly(2021, 12, 1) }));
    }

    [Fact]
    public void What_is_unknown_is_written_X_and_a_serial_outgrows_its_digits() =>
        Assert.Equal("X/12345", InquiryCodePattern.Parse("{region}/{serial:0000}").Code(new InquiryCodeFacts { On = new DateOnly(2026, 1, 1) }, 12_345));

    [Theory]
    [InlineData("", "required")]
    [InlineData("EN-{region}", "serial_required")]
    [InlineData("{serial}-{serial}", "serial_required")]
    [InlineData("{branch}-{serial}", "unknown_segment")]
    [InlineData("EN-{region-{serial}", "malformed")]
    [InlineData("EN;{serial}", "malformed")]
    [InlineData("<b>{serial}", "malformed")]
    public void A_pattern_that_gives_no_codes_is_refused(string pattern, string code) =>
        Assert.Equal(code, Assert.Single(InquiryCodePattern.Errors(pattern, "codePattern")).Code);

    [Fact]
    public void Too_long_a_pattern_is_refused() =>
        Assert.Equal("too_long", Assert.Single(InquiryCodePattern.Errors(new string('E', 100) + "{serial}", "codePattern")).Code);

    [Fact]
    public void Two_serials_of_a_series_never_give_one_code() => Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(1, 100_000).ToArbitrary(), (a, b) =>
    {
        var pattern = InquiryCodePattern.Parse(InquiryCodePattern.BuiltIn);
        return a == b || pattern.Code(Facts, a) != pattern.Code(Facts, b);
    }).Check(Run.Property);
}
