using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Policies;

public sealed class TypedConditionTests
{
    private static readonly CustomFieldsPolicy Fields = new()
    {
        Fields =
        [
            new() { Key = "seats", Name = "席位", Kind = CustomFieldKind.Number },
            new() { Key = "fee", Name = "费用", Kind = CustomFieldKind.Money },
            new() { Key = "due", Name = "到期", Kind = CustomFieldKind.Date },
            new() { Key = "level", Name = "级别", Kind = CustomFieldKind.Choice, Choices = [new("high", "高"), new("low", "低")] },
            new() { Key = "uses", Name = "用途", Kind = CustomFieldKind.MultiChoice, Choices = [new("sales", "销售"), new("service", "服务")] },
            new() { Key = "keeper", Name = "对接人", Kind = CustomFieldKind.User },
            new() { Key = "listed", Name = "上市", Kind = CustomFieldKind.YesNo },
            new() { Key = "remark", Name = "备注" },
        ],
    };

    [Theory]
    [InlineData("seats", "90", Comparison.AtLeast, "100", false)]
    [InlineData("seats", "1000", Comparison.AtLeast, "100", true)]
    [InlineData("seats", "9", Comparison.Below, "10", true)]
    [InlineData("seats", "-1", Comparison.Below, "0", true)]
    [InlineData("fee", "5", Comparison.AnyOf, "5.00", true)]
    [InlineData("fee", "5", Comparison.NoneOf, "5.00", false)]
    [InlineData("due", "2026-11-02", Comparison.AtLeast, "2026-11-02", true)]
    [InlineData("due", "2026-11-02", Comparison.Below, "2026-11-02", false)]
    [InlineData("due", "2026-09-30", Comparison.Below, "2026-10-01", true)]
    [InlineData("listed", "true", Comparison.AnyOf, "true", true)]
    [InlineData("uses", "sales,service", Comparison.AnyOf, "service", true)]
    [InlineData("uses", "sales", Comparison.NoneOf, "service", true)]
    [InlineData("remark", "007", Comparison.AnyOf, "7", false)]
    [InlineData("remark", "官网/百度", Comparison.AnyOf, "官网", true)]
    [InlineData("level", "high", Comparison.AnyOf, "hi", false)]
    // What nobody gave a type is compared as what it looks like.
    [InlineData("loose", "1000", Comparison.AtLeast, "90", true)]
    [InlineData("loose", "2026-12-01", Comparison.AtLeast, "2026-11-30", true)]
    [InlineData("loose", "many", Comparison.AtLeast, "90", false)]
    // A value from before the field had its type meets no bound.
    [InlineData("seats", "many", Comparison.AtLeast, "1", false)]
    [InlineData("seats", "many", Comparison.Below, "1", false)]
    public void A_condition_compares_by_the_type_of_the_field(string key, string fact, Comparison comparison, string value, bool holds) =>
        Assert.Equal(holds, new Condition($"custom.{key}", comparison, [value]).Holds(Of(key, fact)));

    [Theory]
    [InlineData("seats", Comparison.Contains, "1", "comparison", "not_comparable")]
    [InlineData("seats", Comparison.AtLeast, "many", "values[0]", "not_a_number")]
    [InlineData("seats", Comparison.AnyOf, "2026-11-02", "values[0]", "not_a_number")]
    [InlineData("due", Comparison.AtLeast, "5", "values[0]", "not_a_date")]
    [InlineData("due", Comparison.AnyOf, "soon", "values[0]", "not_a_date")]
    [InlineData("due", Comparison.Contains, "2026", "comparison", "not_comparable")]
    [InlineData("level", Comparison.AtLeast, "high", "comparison", "not_comparable")]
    [InlineData("level", Comparison.AnyOf, "middle", "values", "not_a_choice")]
    [InlineData("uses", Comparison.NoneOf, "other", "values", "not_a_choice")]
    [InlineData("listed", Comparison.Below, "true", "comparison", "not_comparable")]
    [InlineData("listed", Comparison.AnyOf, "maybe", "values", "not_a_choice")]
    [InlineData("keeper", Comparison.AnyOf, "Zhang", "values[0]", "not_a_user")]
    [InlineData("keeper", Comparison.Contains, "Z", "comparison", "not_comparable")]
    [InlineData("remark", Comparison.AtLeast, "5", "comparison", "not_comparable")]
    public void A_comparison_that_the_type_does_not_have_is_refused_at_its_place(string key, Comparison comparison, string value, string place, string code)
    {
        var error = Assert.Single(new[] { new Condition($"custom.{key}", comparison, [value]) }.Validate("when", Typed));

        Assert.Equal(($"when[0].{place}", code), (error.Field, error.Code));
    }

    [Theory]
    [InlineData("loose", Comparison.AtLeast, "5")]
    [InlineData("loose", Comparison.Below, "2026-11-02")]
    [InlineData("seats", Comparison.AnyOf, "5")]
    [InlineData("due", Comparison.Below, "2026-11-02")]
    [InlineData("level", Comparison.Contains, "hi")]
    [InlineData("keeper", Comparison.AnyOf, "0190c7a0-0000-7000-8000-000000000001")]
    [InlineData("keeper", Comparison.Present, "x")]
    public void A_comparison_that_the_type_has_is_accepted(string key, Comparison comparison, string value) =>
        Assert.Empty(new[] { new Condition($"custom.{key}", comparison, [value]) }.Validate("when", Typed));

    [Fact]
    public void Dates_that_leave_no_day_between_them_never_fire() => Assert.Equal(1, Contradictions.First(
        [new("custom.due", Comparison.AtLeast, ["2026-11-02"]), new("custom.due", Comparison.Below, ["2026-11-02"])], Typed));

    [Fact]
    public void A_number_is_at_least_a_bound_or_below_it_never_both() => Prop.ForAll<int, int, byte>(static (fact, bound, decimals) =>
    {
        var (f, b) = (Text(fact, decimals), Text(bound, (byte)(decimals + 1)));
        var facts = Of("seats", f);
        var least = new Condition("custom.seats", Comparison.AtLeast, [b]).Holds(facts);
        return least != new Condition("custom.seats", Comparison.Below, [b]).Holds(facts) && least == decimal.Parse(f, CultureInfo.InvariantCulture) >= decimal.Parse(b, CultureInfo.InvariantCulture);
    }).Check(Run.Property);

    [Fact]
    public void A_day_is_on_or_after_a_bound_or_before_it_as_the_calendar_says() => Prop.ForAll<ushort, ushort>(static (fact, bound) =>
    {
        var (f, b) = (new DateOnly(2000, 1, 1).AddDays(fact % 36_500), new DateOnly(2000, 1, 1).AddDays(bound % 36_500));
        var facts = Of("due", $"{f:yyyy-MM-dd}");
        var least = new Condition("custom.due", Comparison.AtLeast, [$"{b:yyyy-MM-dd}"]).Holds(facts);
        return least == f >= b && least != new Condition("custom.due", Comparison.Below, [$"{b:yyyy-MM-dd}"]).Holds(facts);
    }).Check(Run.Property);

    [Fact]
    public void Any_of_and_none_of_are_opposites_whatever_the_type() => Prop.ForAll<int, int, byte>(static (fact, value, which) =>
    {
        var key = Fields.Fields[which % Fields.Fields.Count].Key;
        var facts = Of(key, Text(fact, 0));
        return new Condition($"custom.{key}", Comparison.AnyOf, [Text(value, 0)]).Holds(facts) != new Condition($"custom.{key}", Comparison.NoneOf, [Text(value, 0)]).Holds(facts);
    }).Check(Run.Property);

    [Fact]
    public void What_is_written_with_more_zeros_is_the_same_number() => Prop.ForAll<int, byte>(static (number, zeros) =>
        new Condition("custom.fee", Comparison.AnyOf, [$"{number}.{new string('0', (zeros % 8) + 1)}"]).Holds(Of("fee", $"{number}"))).Check(Run.Property);

    private static string Text(int number, byte decimals) => (number / (decimal)Math.Pow(10, decimals % 5)).ToString(CultureInfo.InvariantCulture);

    private static LeadFacts Of(string key, string value) =>
        new() { OfferAmount = 0, Custom = new Dictionary<string, string> { [key] = value }, CustomFields = Fields.Facts(CustomFieldOwner.Lead) };

    private static FactField? Typed(string name) => Fields.Facts(CustomFieldOwner.Lead).GetValueOrDefault(name[LeadFacts.CustomPrefix.Length..]) ?? LeadFacts.Field(name);
}
