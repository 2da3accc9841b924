using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Tests.Capture;

public sealed class CustomFieldTests
{
    private static readonly CustomChoice[] Cities = [new("bj", "北京"), new("sh", "上海"), new("gz", "Guangzhou")];

    [Theory]
    [InlineData(CustomFieldKind.Text, " 备注 ", "备注")]
    [InlineData(CustomFieldKind.Number, "1,234.50", "1234.5")]
    [InlineData(CustomFieldKind.Number, "-0.000000001", "-0.000000001")]
    [InlineData(CustomFieldKind.Money, "99.90", "99.9")]
    [InlineData(CustomFieldKind.Date, "2026年3月7日", "2026-03-07")]
    [InlineData(CustomFieldKind.Date, "2026/3/7", "2026-03-07")]
    [InlineData(CustomFieldKind.Choice, "上海", "sh")]
    [InlineData(CustomFieldKind.Choice, "guangzhou", "gz")]
    [InlineData(CustomFieldKind.MultiChoice, "广州、北京", null)]
    [InlineData(CustomFieldKind.MultiChoice, "sh、北京", "bj,sh")]
    [InlineData(CustomFieldKind.User, "0199F0A0-0000-7000-8000-000000000001", "0199f0a0-0000-7000-8000-000000000001")]
    [InlineData(CustomFieldKind.YesNo, "是", "true")]
    [InlineData(CustomFieldKind.YesNo, "0", "false")]
    [InlineData(CustomFieldKind.Text, "   ", null)]
    public void A_value_is_kept_in_one_form(CustomFieldKind kind, string typed, string? kept) => Assert.Equal(kept, Field(kind).Read(typed, out _));

    [Theory]
    [InlineData(CustomFieldKind.Number, "twelve", "not_a_number")]
    [InlineData(CustomFieldKind.Number, "1e9", "not_a_number")]
    [InlineData(CustomFieldKind.Money, "1.001", "too_precise")]
    [InlineData(CustomFieldKind.Date, "2026-02-30", "not_a_date")]
    [InlineData(CustomFieldKind.Choice, "深圳", "not_a_choice")]
    [InlineData(CustomFieldKind.MultiChoice, "北京,深圳", "not_a_choice")]
    [InlineData(CustomFieldKind.User, "张三", "not_a_user")]
    [InlineData(CustomFieldKind.YesNo, "maybe", "not_a_choice")]
    public void A_value_of_another_kind_is_refused(CustomFieldKind kind, string typed, string code)
    {
        Assert.Null(Field(kind).Read(typed, out var error));
        Assert.Equal(("custom.city", code), (error!.Field, error.Code));
    }

    [Fact]
    public void What_was_kept_reads_as_itself()
    {
        foreach (var (kind, typed) in ((CustomFieldKind, string)[])[(CustomFieldKind.Number, "0012.3400"), (CustomFieldKind.Date, "2026.1.2"), (CustomFieldKind.MultiChoice, "上海|北京"), (CustomFieldKind.YesNo, "否")])
        {
            var kept = Field(kind).Read(typed, out _);

            Assert.Equal(kept, Field(kind).Read(kept, out _));
        }
    }

    [Fact]
    public void Bounds_hold()
    {
        var field = Field(CustomFieldKind.Money) with { Min = 0, Max = 100 };

        Assert.Null(field.Read("100.01", out var error));
        Assert.Equal("out_of_range", error!.Code);
        Assert.Equal("100", field.Read("100.00", out _));
    }

    [Fact]
    public void A_definition_names_what_is_wrong_with_it()
    {
        var field = new CustomField { Key = "1st", Name = "", Kind = CustomFieldKind.Choice, Min = 2, Max = 1, Choices = [new("a", "A"), new("b", "a"), new("B", "b")] };

        Assert.Equal(
            [("key", "malformed"), ("name", "required"), ("choices[2].id", "malformed"), ("choices[1]", "duplicate"), ("min", "out_of_range")],
            field.Validate().Select(e => (e.Field, e.Code)));
        Assert.Equal("choices", Assert.Single(Field(CustomFieldKind.Choice) with { Choices = [] } is var empty ? empty.Validate() : []).Field);
    }

    [Fact]
    public void A_definition_does_not_take_the_meaning_from_values()
    {
        var field = Field(CustomFieldKind.Choice);

        Assert.Empty(field.ChangeErrors(field with { Kind = CustomFieldKind.MultiChoice, Choices = [Cities[0]] }, new HashSet<string> { "bj" }));
        Assert.Equal(
            [("kind", "cannot_change"), ("key", "cannot_change")],
            field.ChangeErrors(field with { Kind = CustomFieldKind.Date, Key = "town" }, new HashSet<string>()).Select(e => (e.Field, e.Code)).OrderByDescending(e => e.Field));
        Assert.Equal("in_use", Assert.Single(field.ChangeErrors(field with { Choices = [Cities[0]] }, new HashSet<string> { "sh" })).Code);
    }

    [Fact]
    public void Rules_see_it_by_its_kind()
    {
        Assert.Equal(FactKind.Number, Field(CustomFieldKind.Money).Fact.Kind);
        Assert.Equal(["bj", "sh", "gz"], Field(CustomFieldKind.MultiChoice).Fact.Choices);
        Assert.Equal("custom.city", Field(CustomFieldKind.Text).Fact.Name);
    }

    private static CustomField Field(CustomFieldKind kind) => new() { Key = "city", Name = "城市", Kind = kind, Choices = Cities };
}
