using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Cleansing;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13800138000")]
    [InlineData("138 0013-8000")]
    [InlineData("138-0013-8000")]
    [InlineData("+86-13800138000")]
    [InlineData("+86 138 0013 8000")]
    [InlineData("(+86)13800138000")]
    [InlineData("+0086 13800138000")]
    [InlineData("008613800138000")]
    [InlineData("8613800138000")]
    [InlineData("013800138000")]
    [InlineData("１３８００１３８０００")]
    [InlineData("＋８６　１３８－００１３－８０００")]
    [InlineData("\u202D138 0013 8000\u202C")]
    [InlineData(" 138.0013.8000 ")]
    public void Every_way_of_typing_a_mobile_number_is_one_number(string raw)
    {
        var phone = Parse(raw);
        Assert.Equal(new PhoneNumber("+8613800138000", null), phone);
        Assert.True(phone.IsMobile);
        Assert.Null(phone.AreaRegion);
        Assert.Equal("138****8000", phone.Masked(ContactMasks.BuiltIn.Phone));
    }

    [Theory]
    [InlineData("010-62345678", "+861062345678", null, "北京", "010-****5678")]
    [InlineData("(010) 6234 5678", "+861062345678", null, "北京", "010-****5678")]
    [InlineData("0512-62345678", "+8651262345678", null, "江苏/苏州", "0512-****5678")]
    [InlineData("051262345678", "+8651262345678", null, "江苏/苏州", "0512-****5678")]
    [InlineData("51262345678", "+8651262345678", null, "江苏/苏州", "0512-****5678")]
    [InlineData("+86 512 62345678", "+8651262345678", null, "江苏/苏州", "0512-****5678")]
    [InlineData("+86 (0)512 62345678", "+8651262345678", null, "江苏/苏州", "0512-****5678")]
    [InlineData("86-10-62345678", "+861062345678", null, "北京", "010-****5678")]
    [InlineData("0310-6234567", "+863106234567", null, "河北/邯郸", "0310-****567")]
    [InlineData("0512-62345678-123", "+8651262345678", "123", "江苏/苏州", "0512-****5678")]
    [InlineData("0512-62345678转8001", "+8651262345678", "8001", "江苏/苏州", "0512-****5678")]
    [InlineData("0512-62345678（转 8001）", "+8651262345678", "8001", "江苏/苏州", "0512-****5678")]
    [InlineData("0512 6234 5678 ext. 12", "+8651262345678", "12", "江苏/苏州", "0512-****5678")]
    [InlineData("0512-62345678 分机 12", "+8651262345678", "12", "江苏/苏州", "0512-****5678")]
    [InlineData("0310-6234567-8", "+863106234567", "8", "河北/邯郸", "0310-****567")]
    public void A_landline_keeps_its_area_and_extension(string raw, string e164, string? extension, string region, string masked)
    {
        var phone = Parse(raw);
        Assert.Equal(new PhoneNumber(e164, extension), phone);
        Assert.False(phone.IsMobile);
        Assert.Equal(region, phone.AreaRegion);
        Assert.Equal(masked, phone.Masked(ContactMasks.BuiltIn.Phone));
        Assert.Equal(phone, Parse(phone.Full));
    }

    [Theory]
    [InlineData("400-820-8820", "+864008208820", null)]
    [InlineData("4008208820", "+864008208820", null)]
    [InlineData("400-820-8820-66", "+864008208820", "66")]
    [InlineData("800 820 8820", "+868008208820", null)]
    [InlineData("95588", "+8695588", null)]
    public void Service_numbers_are_valid_and_have_no_region(string raw, string e164, string? extension)
    {
        var phone = Parse(raw);
        Assert.Equal(new PhoneNumber(e164, extension), phone);
        Assert.Equal(phone, Parse(phone.Full));
        Assert.Null(phone.AreaRegion);
        Assert.False(phone.IsMobile);
    }

    [Theory]
    [InlineData("+852 9123 4567", "+85291234567")]
    [InlineData("00852-91234567", "+85291234567")]
    [InlineData("+1 (415) 555-2671", "+14155552671")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("+971 50 123 9876", "+971501239876")]
    [InlineData("+97150123-9876", "+971501239876")]
    public void A_number_abroad_is_valid_by_its_length(string raw, string e164)
    {
        var phone = Parse(raw);
        Assert.Equal(e164, phone.E164);
        Assert.False(phone.IsMobile);
        Assert.Null(phone.AreaRegion);
        Assert.DoesNotContain(e164[4..^4], phone.Masked(ContactMasks.BuiltIn.Phone));
    }

    [Theory]
    [InlineData(null, PhoneFault.Characters)]
    [InlineData("", PhoneFault.Characters)]
    [InlineData("无", PhoneFault.Characters)]
    [InlineData("138abcd8000", PhoneFault.Characters)]
    [InlineData("138xxxx8000", PhoneFault.Characters)]
    [InlineData("138****8000", PhoneFault.Characters)]
    [InlineData("13800138000+", PhoneFault.Characters)]
    [InlineData("1380013800", PhoneFault.Length)]
    [InlineData("138001380000", PhoneFault.Length)]
    [InlineData("86", PhoneFault.Length)]
    [InlineData("+86", PhoneFault.Length)]
    [InlineData("+", PhoneFault.Characters)]
    [InlineData("+852 1234", PhoneFault.Length)]
    [InlineData("+1 415 555 267", PhoneFault.Length)]
    [InlineData("+1234567890123456", PhoneFault.Length)]
    [InlineData("1380013800013800138000138001", PhoneFault.Length)]
    [InlineData("010-6234567", PhoneFault.Length)]
    [InlineData("010-12345679", PhoneFault.Length)]
    [InlineData("12012345670", PhoneFault.MobilePrefix)]
    [InlineData("15412340987", PhoneFault.MobilePrefix)]
    [InlineData("62345678", PhoneFault.AreaCodeMissing)]
    [InlineData("0733-6234567", PhoneFault.AreaCodeUnknown)]
    [InlineData("13888888888", PhoneFault.MadeUp)]
    [InlineData("13812345678", PhoneFault.MadeUp)]
    [InlineData("13887654321", PhoneFault.MadeUp)]
    [InlineData("13934567890", PhoneFault.MadeUp)]
    [InlineData("0512-66666666", PhoneFault.MadeUp)]
    [InlineData("400-888-8888", PhoneFault.MadeUp)]
    [InlineData("+852 88888888", PhoneFault.MadeUp)]
    public void A_refused_number_names_the_rule(string? raw, string expected)
    {
        Assert.False(PhoneNumber.TryParse(raw, out var phone, out var fault));
        Assert.Equal(expected, fault);
        Assert.Equal(default, phone);
    }

    [Theory]
    [InlineData("13800138000-1234")]
    [InlineData("13812345679")]
    [InlineData("13800000001")]
    [InlineData("19912121212")]
    public void A_memorable_number_is_not_made_up(string raw) => Parse(raw);

    [Fact]
    public void A_number_never_prints_itself() => Assert.DoesNotContain("0013", $"{Parse("13800138000")}");

    [Fact]
    public void What_is_read_reads_again_as_itself() =>
        Prop.ForAll<uint, byte>((tail, prefix) =>
        {
            var raw = $"1{3 + prefix % 7}{prefix % 10}{tail % 100_000_000:D8}";
            return !PhoneNumber.TryParse(raw, out var phone, out _)
                || (PhoneNumber.TryParse(phone.E164, out var again, out _) && again == phone);
        }).Check(Run.Property);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason() =>
        Prop.ForAll<string>(text => PhoneNumber.TryParse(text, out _, out var fault) == (fault is null)).Check(Run.Property);

    private static PhoneNumber Parse(string raw)
    {
        Assert.True(PhoneNumber.TryParse(raw, out var phone, out var fault), fault);
        Assert.Null(fault);
        return phone;
    }
}
